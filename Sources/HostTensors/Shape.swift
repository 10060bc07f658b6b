/// The sizes of a tensor's axes, outermost first. A scalar has the empty shape.
///
/// Every size of a tensor's shape is at least zero. Elements are laid out row-major: the last axis varies fastest.
public struct Shape: Hashable, Sendable {
  /// The size of each axis.
  public let dimensions: [Int]

  /// A shape with the given sizes; each must be at least zero.
  ///
  /// A shape with a negative size has no ``checkedCount``. Creating a tensor or a program with such a shape throws.
  @inlinable
  public init(_ dimensions: [Int]) { self.dimensions = dimensions }

  /// The shape of a scalar.
  public static let scalar = Shape([])

  /// The number of axes.
  @inlinable
  public var rank: Int { dimensions.count }

  /// Whether this is the shape of a scalar.
  @inlinable
  public var isScalar: Bool { dimensions.isEmpty }

  /// The size of one axis.
  ///
  /// An axis that is not there is an error: it stops the process, or inside of `catchingTensorErrors` is recorded, and the
  /// size is 1.
  @inlinable
  public subscript(axis: Int) -> Int {
    dimensions.indices.contains(axis) ? dimensions[axis] : sizeOfMissingAxis(axis)
  }

  /// The number of elements: the product of the sizes, 1 for a scalar.
  ///
  /// Call it on shapes of tensors that exist; for a shape that comes from outside use ``checkedCount``.
  @inlinable
  public var count: Int { dimensions.reduce(1, &*) }

  /// Whether a size is negative, so that no tensor has this shape.
  package var hasNegativeSize: Bool { dimensions.contains { $0 < 0 } }

  /// The number of elements, or nothing when an offset in bytes would not fit into an `Int`, or when a size is negative.
  ///
  /// As in NumPy that holds for empty tensors, too, without the sizes that are 0: so the products and sums of some of a
  /// tensor's sizes never overflow.
  public var checkedCount: Int? {
    var product = 1
    for size in dimensions where size != 0 {
      if size < 0 { return nil }
      let (next, overflow) = product.multipliedReportingOverflow(by: size)
      if overflow || next > Int.max / 32 { return nil }
      product = next
    }
    return dimensions.contains(0) ? 0 : product
  }

  /// The row-major strides in elements: how far apart neighbours along each axis lie.
  public var strides: [Int] {
    var strides = [Int](repeating: 1, count: rank)
    var stride = 1
    for axis in (0..<rank).reversed() {
      strides[axis] = stride
      stride &*= dimensions[axis]
    }
    return strides
  }
}

extension Shape {
  /// The shape that both broadcast to by NumPy's rule: aligned at the last axis, sizes equal or one of them 1.
  public static func broadcast(_ a: Shape, _ b: Shape) -> Shape? {
    if a == b { return a }
    let rank = Swift.max(a.rank, b.rank)
    var sizes = [Int](repeating: 1, count: rank)
    for axis in 0..<rank {
      let inA = axis - (rank - a.rank)
      let inB = axis - (rank - b.rank)
      let sizeA = inA < 0 ? 1 : a[inA]
      let sizeB = inB < 0 ? 1 : b[inB]
      if sizeA == sizeB || sizeB == 1 {
        sizes[axis] = sizeA
      } else if sizeA == 1 {
        sizes[axis] = sizeB
      } else {
        return nil
      }
    }
    return Shape(sizes)
  }

  /// This shape with a new axis of the given size in front.
  public func prepending(_ size: Int) -> Shape { Shape([size] + dimensions) }

  /// This shape without the given axes.
  public func removing(_ axes: [Int]) -> Shape {
    Shape(dimensions.indices.filter { !axes.contains($0) }.map { dimensions[$0] })
  }

  /// This shape with size 1 at the given axes.
  public func keeping(_ axes: [Int]) -> Shape {
    Shape(dimensions.indices.map { axes.contains($0) ? 1 : dimensions[$0] })
  }
}

/// A shape is a sequence of its sizes: `for size in x.shape`, `[4] + x.shape`, `x.shape.map { ... }`. Their number is
/// ``rank``, as ``count`` is that of the elements.
extension Shape: Sequence {
  /// The sizes from the first axis to the last.
  @inlinable
  public func makeIterator() -> IndexingIterator<[Int]> { dimensions.makeIterator() }
}

extension Shape: CustomStringConvertible, ExpressibleByArrayLiteral {
  /// Such as `[2, 3]`; `[]` for a scalar.
  public var description: String { "[" + dimensions.map(String.init).joined(separator: ", ") + "]" }

  /// A shape with the given sizes.
  public init(arrayLiteral elements: Int...) { self.init(elements) }
}
