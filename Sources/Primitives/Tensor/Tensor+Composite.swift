// Reductions and normalizations that are defined by other operations.

extension Tensor {
  /// The logarithm of the sum of the exponentials of all elements, without overflow.
  public func logSumExp() -> Tensor { logSumExp(axes: Array(0..<rank)) }

  /// The logarithm of the sum of exponentials along axes, without overflow. Real only. Where all elements are -∞ it is
  /// -∞, with derivative 0.
  public func logSumExp(axes: [Int], keepingDimensions: Bool = false) -> Tensor {
    reduced(axes, keepingDimensions, LogSumExp.name) { LogSumExp(axes: $0).bind($1) }
  }

  /// The logarithm of the sum of exponentials along one axis.
  public func logSumExp(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    logSumExp(axes: [axis], keepingDimensions: keepingDimensions)
  }

  /// The Euclidean norm of all elements.
  public func norm() -> Tensor { norm(axes: Array(0..<rank)) }

  /// The Euclidean norm along axes, without overflow: the square root of the sum of squared magnitudes. Real and complex
  /// only; the result is real. Its derivative at 0 is 0.
  public func norm(axes: [Int], keepingDimensions: Bool = false) -> Tensor {
    reduced(axes, keepingDimensions, Norm.name) { Norm(axes: $0).bind($1) }
  }

  /// The Euclidean norm along one axis.
  public func norm(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    norm(axes: [axis], keepingDimensions: keepingDimensions)
  }

  /// Exponentials that are scaled to add up to 1 along an axis. Real only.
  public func softmax(axis: Int = -1) -> Tensor {
    guard let place = checkedAxis(axis, Softmax.name) else { return Tensor(.invalid) }
    return Softmax(axes: [place]).bind(self)
  }

  /// The logarithm of ``softmax(axis:)``, accurate also where that is tiny. Real only.
  public func logSoftmax(axis: Int = -1) -> Tensor {
    guard let place = checkedAxis(axis, LogSoftmax.name) else { return Tensor(.invalid) }
    return LogSoftmax(axes: [place]).bind(self)
  }
}
