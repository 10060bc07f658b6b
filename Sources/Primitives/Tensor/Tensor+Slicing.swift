// Ranges whose end counts from the end of the axis. `1..<(-1)` cannot mean one: Swift's own range stops the program as its
// bounds are in the wrong order, before a tensor sees it.

infix operator ..- : RangeFormationPrecedence
prefix operator ..-

/// For the brackets of a tensor: from an element up to the last so many, which are left out: `x[1..-1]` is `x[1:-1]` of NumPy.
///
/// ```swift
/// let second = u[2...] - 2 * u[1..-1] + u[..-2]   // second differences
/// ```
///
/// A negative first bound counts from the end. More elements than there are is an error.
public func ..- (lower: Int, dropped: Int) -> TensorIndex {
  TensorIndex(.fromEnd(lower: lower, dropping: dropped))
}

/// For the brackets of a tensor: all but the last so many elements: `x[..-2]` is `x[:-2]` of NumPy.
public prefix func ..- (dropped: Int) -> TensorIndex {
  TensorIndex(.fromEnd(lower: nil, dropping: dropped))
}

extension TensorIndexConvertible where Self == TensorIndex {
  /// All elements of an axis but some at its beginning and some at its end: `x[.dropping(first: 1, last: 1)]` is `x[1..-1]`.
  public static func dropping(first: Int = 0, last: Int = 0) -> TensorIndex {
    TensorIndex(.fromEnd(lower: first, dropping: last))
  }
}

extension Tensor {
  /// All elements along an axis but some at its beginning and some at its end: `x.dropping(first: 1, last: 1)` is
  /// `x[1..-1]`. More elements than there are is an error.
  public func dropping(first: Int = 0, last: Int = 0, axis: Int = 0) -> Tensor {
    guard let place = checkedAxis(axis, "dropping") else { return Tensor(.invalid) }
    guard first >= 0 else {
      return invalidTensor(
        TensorError(.index, "dropping", "\(first) elements cannot be left out", hint: "counts are at least 0"))
    }
    let all = [TensorIndex](repeating: .all, count: place)
    return selected(all + [.dropping(first: first, last: last)])
  }
}
