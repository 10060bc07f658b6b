/// What stands between the brackets of `x[0, 1..., .newAxis]`, for one axis or several.
public struct TensorIndex: Sendable {
  enum Kind: Sendable {
    /// One element, without the axis.
    case element(Int)
    /// A range; bounds that are left out are the ends.
    case range(lower: Int?, upper: Int?, includesUpper: Bool)
    /// A range that ends so many elements before the end of the axis.
    case fromEnd(lower: Int?, dropping: Int)
    /// Every `step`th element.
    case strided(from: Int?, to: Int?, by: Int)
    /// A new axis of size 1.
    case newAxis
    /// All axes that no other index takes.
    case ellipsis
    /// The elements at places, or those where a mask holds.
    case tensor(Tensor)
    /// The places where a mask over an axis of this size holds.
    case places(Tensor, size: Int)
  }

  let kind: Kind

  init(_ kind: Kind) { self.kind = kind }
}

/// A type whose values can stand between the brackets of `x[...]`: integers, ranges, ``TensorIndex/newAxis``, arrays and
/// tensors of integers, and boolean tensors.
public protocol TensorIndexConvertible {
  /// The index.
  var tensorIndex: TensorIndex { get }
}

extension TensorIndexConvertible where Self == TensorIndex {
  /// A new axis of size 1.
  public static var newAxis: TensorIndex { TensorIndex(.newAxis) }

  /// All axes that no other index takes. At the first or second place `...` means the same.
  public static var ellipsis: TensorIndex { TensorIndex(.ellipsis) }

  /// All elements of an axis.
  public static var all: TensorIndex { TensorIndex(.range(lower: nil, upper: nil, includesUpper: false)) }

  /// Every `step`th element from a first one up to an end that is left out. Negative bounds count from the end; bounds that
  /// are left out are the ends, so that `.strided(by: -1)` reverses an axis.
  public static func strided(from: Int? = nil, to: Int? = nil, by step: Int = 1) -> TensorIndex {
    TensorIndex(.strided(from: from, to: to, by: step))
  }
}

extension TensorIndex: TensorIndexConvertible {
  /// The index itself.
  public var tensorIndex: TensorIndex { self }
}

extension Int: TensorIndexConvertible {
  /// One element, without its axis; a negative index counts from the end.
  public var tensorIndex: TensorIndex { TensorIndex(.element(self)) }
}

extension Range: TensorIndexConvertible where Bound == Int {
  /// The elements from the lower bound up to the upper, which is left out; negative bounds count from the end.
  public var tensorIndex: TensorIndex {
    TensorIndex(.range(lower: lowerBound, upper: upperBound, includesUpper: false))
  }
}

extension ClosedRange: TensorIndexConvertible where Bound == Int {
  /// The elements from the lower bound through the upper; negative bounds count from the end.
  public var tensorIndex: TensorIndex {
    TensorIndex(.range(lower: lowerBound, upper: upperBound, includesUpper: true))
  }
}

extension PartialRangeFrom: TensorIndexConvertible where Bound == Int {
  /// The elements from the bound on; a negative bound counts from the end.
  public var tensorIndex: TensorIndex { TensorIndex(.range(lower: lowerBound, upper: nil, includesUpper: false)) }
}

extension PartialRangeUpTo: TensorIndexConvertible where Bound == Int {
  /// The elements before the bound; a negative bound counts from the end.
  public var tensorIndex: TensorIndex { TensorIndex(.range(lower: nil, upper: upperBound, includesUpper: false)) }
}

extension PartialRangeThrough: TensorIndexConvertible where Bound == Int {
  /// The elements through the bound; a negative bound counts from the end.
  public var tensorIndex: TensorIndex { TensorIndex(.range(lower: nil, upper: upperBound, includesUpper: true)) }
}

extension Array: TensorIndexConvertible where Element == Int {
  /// The elements at these places; negative ones count from the end.
  public var tensorIndex: TensorIndex { TensorIndex(.tensor(Tensor(map(Int64.init)))) }
}

extension Tensor: TensorIndexConvertible {
  /// The elements at the places that a tensor of integers names, or where a boolean tensor holds.
  public var tensorIndex: TensorIndex { TensorIndex(.tensor(self)) }
}

extension TensorIndex.Kind {
  /// What is taken of an axis.
  func slice(axis: Int, of shape: Shape) throws(TensorError) -> AxisSlice {
    let size = shape[axis]
    func outside(_ what: String) -> TensorError {
      TensorError(
        .index, "subscript", "\(what) is outside axis \(axis) of shape \(shape)",
        hint: size == 0 ? "the axis is empty" : "indices go from 0 to \(size - 1), or from -1 down to -\(size)")
    }
    func counted(_ bound: Int) -> Int { bound < 0 ? bound &+ size : bound }
    func bounds(_ what: String) -> TensorError {
      TensorError(
        .index, "subscript", "\(what) is outside axis \(axis) of shape \(shape)",
        hint: size == 0 ? "the axis is empty" : "bounds go from 0 to \(size), or from -1 down to -\(size)")
    }
    switch self {
    case .element(let index):
      let place = counted(index)
      guard place >= 0, place < size else { throw outside("index \(index)") }
      return AxisSlice(index: place)
    case .range(let lower, let upper, let includesUpper):
      let start = lower.map(counted) ?? 0
      let end = upper.map { counted($0) &+ (includesUpper ? 1 : 0) } ?? size
      guard 0 <= start, start <= size, 0 <= end, end <= size, start <= end else {
        let dots = upper == nil || includesUpper ? "..." : "..<"
        let text = "range \(lower.map(String.init) ?? "")\(dots)\(upper.map(String.init) ?? "")"
        guard 0 <= start, start <= size, 0 <= end, end <= size else {
          throw includesUpper ? outside(text) : bounds(text)
        }
        throw TensorError(
          .index, "subscript",
          "\(text) of axis \(axis) of shape \(shape) ends before it begins: from \(start) up to \(end)",
          hint: "negative bounds count from the end; .strided(from:to:by: -1) walks backwards")
      }
      return AxisSlice(start: start, count: end - start)
    case .fromEnd(let lower, let dropped):
      let text = "range \(lower.map(String.init) ?? "")..-\(dropped)"
      guard dropped >= 0 else {
        throw TensorError(
          .index, "subscript", "\(text) leaves out \(dropped) elements at the end of axis \(axis)",
          hint: "x[a..-b] goes from a up to the last b elements; b is at least 0")
      }
      let (start, end) = (lower.map(counted) ?? 0, size &- dropped)
      guard 0 <= start, start <= size, 0 <= end else { throw bounds(text) }
      guard start <= end else {
        throw TensorError(
          .index, "subscript",
          "\(text) of axis \(axis) of shape \(shape) ends before it begins: from \(start) up to \(end)",
          hint: "the axis has \(size) elements")
      }
      return AxisSlice(start: start, count: end - start)
    case .strided(let from, let to, let step):
      guard step != 0, step != .min else {
        throw TensorError(
          .index, "subscript", "a step of \(step) does not walk along axis \(axis)",
          hint: "a positive step walks forwards, a negative one backwards")
      }
      let start = from.map(counted) ?? (step > 0 ? 0 : size - 1)
      let end = to.map(counted) ?? (step > 0 ? size : -1)
      guard start >= -1, start <= size, end >= -1, end <= size else {
        let arguments = [from.map { "from: \($0)" }, to.map { "to: \($0)" }, step == 1 ? nil : "by: \(step)"]
        throw bounds(".strided(\(arguments.compactMap { $0 }.joined(separator: ", ")))")
      }
      let distance = step > 0 ? end - start : start - end
      let count = distance <= 0 ? 0 : (distance - 1) / Swift.abs(step) + 1
      // A walk that begins outside is empty, or wrong.
      if count > 0 && (start < 0 || start >= size) { throw outside("index \(from ?? start)") }
      return count == 0 ? AxisSlice(start: 0, count: 0) : AxisSlice(start: start, count: count, step: step)
    case .newAxis, .ellipsis, .tensor, .places: return .all(size)
    }
  }
}
