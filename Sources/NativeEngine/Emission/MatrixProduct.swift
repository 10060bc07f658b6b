import Engines
import HostLibraries

/// A sum of products that is a product of matrices in memory, for a library.
///
/// The factors may be views of what is in memory: transposes are folded into the product.
struct MatrixProduct {
  /// A factor as a matrix whose rows, or columns, are contiguous.
  struct Factor {
    let value: Int
    let offset: Int
    /// Whether the matrix in memory is the transpose of the factor.
    let isTransposed: Bool
    /// The distance of rows in memory.
    let leading: Int
    /// The distances of factors, by batch axis.
    let batchStrides: [Int]
  }

  let lhs: Factor
  let rhs: Factor
  let rows: Int
  let columns: Int
  let inner: Int
  let batch: [Int]
  let dtype: DType
  let function: (name: String, address: UInt)

  /// Smaller products are loops, which cost no call.
  static var smallest: Int { 24 * 24 * 24 }

  /// The product, where it is of this kind and worth it.
  init?(_ value: Int, _ unit: UnitEmitter) {
    let graph = unit.graph
    guard case .pure(.contraction(let product), let operands) = graph.values[value].origin,
      let function = BLAS.shared?.product(graph.values[value].type.dtype)
    else { return nil }
    let type = graph.values[value].type
    let shapes = operands.map { graph.values[$0].type.shape }
    let batch = product.batch.map { shapes[0][$0.lhs] }
    let summed = product.contracting.map { shapes[0][$0.lhs] }
    let freeCounts = shapes.map { $0.rank - product.batch.count - product.contracting.count }
    let kept = type.shape.dimensions
    let sizes = kept + summed
    func count(_ range: Range<Int>) -> Int { sizes[range].reduce(1, *) }
    let rowAxes = batch.count..<(batch.count + freeCounts[0])
    let columnAxes = rowAxes.upperBound..<(rowAxes.upperBound + freeCounts[1])
    let innerAxes = kept.count..<sizes.count
    (rows, columns, inner) = (count(rowAxes), count(columnAxes), count(innerAxes))
    let limit = Int(Int32.max)
    guard rows * columns * inner >= Self.smallest, min(rows, columns) >= 4, inner >= 4,
      max(rows, columns, inner) < limit
    else { return nil }
    let places = sizes.indices.map { sizes[$0] == 1 ? AffineIndex(0) : AffineIndex(axis: $0) }
    let terms = unit.terms(of: value, at: places)
    func factor(_ index: Int, _ first: Range<Int>, _ second: Range<Int>) -> Factor? {
      guard let (root, place) = unit.strided(terms[index].0, at: terms[index].1),
        let outer = Self.stride(place, first, sizes), let within = Self.stride(place, second, sizes)
      else { return nil }
      let strides = batch.indices.map { place.factor(of: $0) }
      let (outerCount, withinCount) = (count(first), count(second))
      if within == 1 && outer >= withinCount && outer < limit {
        return Factor(value: root, offset: place.constant, isTransposed: false, leading: outer, batchStrides: strides)
      }
      if outer == 1 && within >= outerCount && within < limit {
        return Factor(value: root, offset: place.constant, isTransposed: true, leading: within, batchStrides: strides)
      }
      return nil
    }
    guard let lhs = factor(0, rowAxes, innerAxes), let rhs = factor(1, innerAxes, columnAxes) else { return nil }
    (self.lhs, self.rhs) = (lhs, rhs)
    self.batch = batch
    dtype = type.dtype
    self.function = function
  }

  /// The distance of elements along several axes that are walked through as one; nothing where that is not even.
  private static func stride(_ place: AffineIndex, _ axes: Range<Int>, _ sizes: [Int]) -> Int? {
    var stride: Int?
    var count = 1
    for axis in axes.reversed() where sizes[axis] != 1 {
      let factor = place.factor(of: axis)
      if let stride {
        guard factor == stride * count else { return nil }
      } else {
        stride = factor
      }
      count *= sizes[axis]
    }
    return stride
  }

  /// Writes the call, for each batch.
  func write(to value: Int, _ unit: UnitEmitter) {
    let function = unit.function
    let name = unit.module.libraryFunction(
      self.function, result: "void", parameters: Self.parameters(dtype))
    let result = unit.pointer(value)
    let (a, b) = (unit.pointer(lhs.value), unit.pointer(rhs.value))
    func call(_ offsets: (lhs: String, rhs: String, result: String)) {
      let factors = [(a, offsets.lhs), (b, offsets.rhs), (result, offsets.result)].map {
        function.address($0, $1, dtype)
      }
      // Row-major is 101, as it is 111, transposed 112.
      let sizes =
        "i32 101, i32 \(lhs.isTransposed ? 112 : 111), i32 \(rhs.isTransposed ? 112 : 111), "
        + "i32 \(rows), i32 \(columns), i32 \(inner)"
      let (one, zero) = scalars(function)
      function.run(
        "call void \(name)(\(sizes), \(one), ptr \(factors[0]), i32 \(lhs.leading), ptr \(factors[1]), "
          + "i32 \(rhs.leading), \(zero), ptr \(factors[2]), i32 \(columns))")
    }
    forEachBatch(0, ("\(lhs.offset)", "\(rhs.offset)", "0"), rows * columns, function, call)
  }

  private func forEachBatch(
    _ axis: Int, _ offsets: (lhs: String, rhs: String, result: String), _ size: Int, _ function: FunctionEmitter,
    _ call: @escaping ((lhs: String, rhs: String, result: String)) -> Void
  ) {
    guard axis < batch.count else { return call(offsets) }
    let stride = batch[(axis + 1)...].reduce(size, *)
    function.text.loop(from: "0", to: "\(batch[axis])") { index in
      func moved(_ offset: String, _ stride: Int) -> String {
        function.add("add i64 \(offset), \(function.add("mul i64 \(index), \(stride)"))")
      }
      let next = (
        moved(offsets.lhs, lhs.batchStrides[axis]), moved(offsets.rhs, rhs.batchStrides[axis]),
        moved(offsets.result, stride)
      )
      forEachBatch(axis + 1, next, size, function, call)
    }
  }

  /// The factors 1 and 0, which are passed by address where they are complex.
  private func scalars(_ function: FunctionEmitter) -> (String, String) {
    if !dtype.isComplex {
      return ("\(dtype.register) \(constantText(1, dtype))", "\(dtype.register) \(constantText(0, dtype))")
    }
    let slots = [1.0, 0.0].map { number -> String in
      let slot = function.text.frame("[2 x \(dtype.register)]", alignment: 16)
      function.store(function.constant(number, dtype), at: slot)
      return "ptr \(slot)"
    }
    return (slots[0], slots[1])
  }

  private static func parameters(_ dtype: DType) -> String {
    let scalar = dtype.isComplex ? "ptr" : dtype.register
    return "i32, i32, i32, i32, i32, i32, \(scalar), ptr, i32, ptr, i32, \(scalar), ptr, i32"
  }
}
