import Numerics

/// A Swift value that holds the elements of a tensor: a number, an array of numbers, an array of such arrays, and so on; parts
/// of arrays, too.
///
/// ``Tensor/init(_:)`` takes them. (One initializer for all, as every further one costs type-checking of formulas. `Int` is none
/// of them: a literal of three levels would be one of int64.)
public protocol TensorElements {
  /// The type of the elements in the tensor.
  associatedtype Scalar: TensorScalar

  /// The sizes of the axes, outermost first, as far as the first element of each level tells.
  var elementSizes: [Int] { get }

  /// Appends the elements in row-major order.
  ///
  /// - Parameter sizes: the sizes that they must have.
  /// - Returns: whether they have them.
  func appendScalars(to scalars: inout [Scalar], sizes: ArraySlice<Int>) -> Bool
}

extension TensorElements where Self: TensorScalar {
  /// None: it is one number.
  public var elementSizes: [Int] { [] }

  /// Appends the number.
  public func appendScalars(to scalars: inout [Self], sizes: ArraySlice<Int>) -> Bool {
    scalars.append(self)
    return true
  }
}

extension Float: TensorElements {}
extension Double: TensorElements {}
extension Int32: TensorElements {}
extension Int64: TensorElements {}
extension Bool: TensorElements {}
extension Complex: TensorElements where RealType: ComplexPart {}

extension Array: TensorElements where Element: TensorElements {
  /// The number of elements, and the sizes of the first.
  public var elementSizes: [Int] { self[...].elementSizes }

  /// Appends all elements.
  public func appendScalars(to scalars: inout [Element.Scalar], sizes: ArraySlice<Int>) -> Bool {
    self[...].appendScalars(to: &scalars, sizes: sizes)
  }
}

extension ArraySlice: TensorElements where Element: TensorElements {
  /// The number of elements, and the sizes of the first.
  public var elementSizes: [Int] { [count] + (first?.elementSizes ?? Element.emptySizes) }

  /// Appends all elements.
  public func appendScalars(to scalars: inout [Element.Scalar], sizes: ArraySlice<Int>) -> Bool {
    guard count == sizes.first else { return false }
    return allSatisfy { $0.appendScalars(to: &scalars, sizes: sizes.dropFirst()) }
  }
}

extension TensorElements {
  /// The sizes of an element that is missing: 0 for each level of arrays.
  fileprivate static var emptySizes: [Int] {
    guard let list = Self.self as? any EmptyElements.Type else { return [] }
    return list.empty
  }
}

/// Arrays, which can be empty.
private protocol EmptyElements { static var empty: [Int] { get } }
extension Array: EmptyElements where Element: TensorElements {
  static var empty: [Int] { [0] + Element.emptySizes }
}
extension ArraySlice: EmptyElements where Element: TensorElements {
  static var empty: [Int] { [0] + Element.emptySizes }
}

extension Tensor {
  /// A tensor with the elements of nested arrays, which must have one length at each level. A literal is a tensor of float64:
  /// `Tensor([[[1, 2]]])` has the numbers 1.0 and 2.0.
  @_disfavoredOverload
  public init<Elements: TensorElements>(_ elements: Elements) {
    let sizes = elements.elementSizes
    var scalars: [Elements.Scalar] = []
    guard elements.appendScalars(to: &scalars, sizes: sizes[...]) else {
      self = invalidTensor(
        TensorError(
          .shape, "Tensor",
          "the arrays inside have different lengths, where the first ones have the shape \(Shape(sizes))",
          hint: "all arrays of one level must have one length"))
      return
    }
    self.init(shape: sizes, scalars: scalars)
  }
}
