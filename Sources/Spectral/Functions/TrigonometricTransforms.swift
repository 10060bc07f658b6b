import Primitives

// Cosine and sine transforms, composed from Fourier transforms as in J. Makhoul, A fast cosine transform in one and two
// dimensions (1980). Factors are those of SciPy.

/// Returns the discrete cosine transform of real numbers along an axis.
///
/// Type 2, the default, is y_k = 2 Σ_j x_j cos(π k (2 j + 1) / 2 n). With the norm `.ortho` the transform is an orthogonal matrix.
///
/// - Parameters:
///   - x: real numbers with at least one axis; for type 1 at least two numbers along it.
///   - type: 1, 2, 3 or 4, with the formulas of SciPy.
///   - axis: the axis; by default the last one.
///   - norm: which direction is divided; by default the inverse one.
/// - Returns: real numbers of the same shape.
public func dct(_ x: Tensor, type: Int = 2, axis: Int = -1, norm: FourierNorm = .backward) -> Tensor {
  trigonometric("dct", x, type, axis, norm, isSine: false)
}

/// Returns the inverse of ``dct(_:type:axis:norm:)``.
public func idct(_ x: Tensor, type: Int = 2, axis: Int = -1, norm: FourierNorm = .backward) -> Tensor {
  trigonometric("idct", x, inverseType(type), axis, norm.exchanged, isSine: false)
}

/// Returns the discrete sine transform of real numbers along an axis.
///
/// Type 2, the default, is y_k = 2 Σ_j x_j sin(π (k + 1) (2 j + 1) / 2 n). With the norm `.ortho` the transform is an orthogonal
/// matrix.
///
/// - Parameters:
///   - x: real numbers with at least one axis.
///   - type: 1, 2, 3 or 4, with the formulas of SciPy.
///   - axis: the axis; by default the last one.
///   - norm: which direction is divided; by default the inverse one.
/// - Returns: real numbers of the same shape.
public func dst(_ x: Tensor, type: Int = 2, axis: Int = -1, norm: FourierNorm = .backward) -> Tensor {
  trigonometric("dst", x, type, axis, norm, isSine: true)
}

/// Returns the inverse of ``dst(_:type:axis:norm:)``.
public func idst(_ x: Tensor, type: Int = 2, axis: Int = -1, norm: FourierNorm = .backward) -> Tensor {
  trigonometric("idst", x, inverseType(type), axis, norm.exchanged, isSine: true)
}

/// Types 2 and 3 are each other's inverse, but for a factor; types 1 and 4 their own.
private func inverseType(_ type: Int) -> Int { type == 2 ? 3 : type == 3 ? 2 : type }

private func trigonometric(
  _ operation: String, _ x: Tensor, _ type: Int, _ axis: Int, _ norm: FourierNorm, isSine: Bool
) -> Tensor {
  if x.isInvalid { return poisoned(operation) }
  return reporting { () throws(TensorError) in
    let place = try checkedAxes([axis], nil, of: x, operation)[0]
    guard x.dtype.isReal else {
      throw TensorError(.dtype, operation, "expected elements of float32 or float64, got \(x.dtype)")
    }
    guard (1...4).contains(type) else {
      throw TensorError(.shape, operation, "type must be 1, 2, 3 or 4, got \(type)")
    }
    let least = type == 1 && !isSine ? 2 : 1
    guard x.shape[place] >= least else {
      throw TensorError(
        .shape, operation, "expected at least \(counted(least, "element")) along axis \(place), got shape \(x.shape)")
    }
    return try naming(operation) {
      let order = (0..<x.rank).filter { $0 != place } + [place]
      let back = (0..<x.rank).map { axis in order.firstIndex(of: axis)! }
      let isLast = place == x.rank - 1
      let lines = TrigonometricTransform(count: x.shape[place], type: type, isSine: isSine, norm: norm)
      let result = lines(isLast ? x : x.transposed(order))
      return isLast ? result : result.transposed(back)
    }
  }
}

/// A cosine or sine transform along the last axis.
private struct TrigonometricTransform {
  let count: Int
  let type: Int
  let isSine: Bool
  let norm: FourierNorm

  func callAsFunction(_ x: Tensor) -> Tensor {
    let isOrtho = norm == .ortho
    let x = isOrtho ? x * weights(2.0.squareRoot(), at: type == 1 || type == 3, like: x) : x
    let y = unscaled(x) * scale
    return isOrtho ? y * weights(0.5.squareRoot(), at: type == 1 || type == 2, like: y) : y
  }

  /// What all results are multiplied by.
  private var scale: Double {
    let whole = Double(type > 1 ? 2 * count : isSine ? 2 * (count + 1) : 2 * (count - 1))
    return switch norm {
    case .backward: 1
    case .ortho: 1 / whole.squareRoot()
    case .forward: 1 / whole
    }
  }

  /// A weight for the elements that an orthogonal matrix takes apart, and 1 for the others.
  private func weights(_ weight: Double, at applies: Bool, like x: Tensor) -> Tensor {
    let places = !applies || isSine && type == 1 ? [] : type == 1 ? [0, count - 1] : isSine ? [count - 1] : [0]
    return Tensor((0..<count).map { places.contains($0) ? weight : 1 }).asType(x.dtype)
  }

  private func unscaled(_ x: Tensor) -> Tensor {
    switch (type, isSine) {
    case (1, false):
      let inner = x[..., 1..<(count - 1)].flipped(axis: -1)
      return realPart(rfft(Tensor.concatenated([x, inner], axis: -1)))
    case (1, true):
      let zero = Tensor.zeros(Array(x.shape.dimensions.dropLast()) + [1], dtype: x.dtype)
      let spectrum = rfft(Tensor.concatenated([zero, x, zero, -x.flipped(axis: -1)], axis: -1))
      return -imaginaryPart(spectrum[..., 1...count])
    case (2, false): return cosine2(x)
    // sin(π (n - k) (2 j + 1) / 2 n) = (-1)^j cos(π k (2 j + 1) / 2 n)
    case (2, true): return cosine2(x * signs(x)).flipped(axis: -1)
    case (3, false): return cosine3(x)
    case (3, true): return cosine3(x.flipped(axis: -1)) * signs(x)
    default:
      // (2 j + 1) (2 k + 1) = 2 j + 4 j k + (2 k + 1), with the first in front of the transform, the last behind it.
      let turned = complex(x, Tensor.zeros(like: x)) * roots(x) { (-2 * $0, 8 * count) }
      let spectrum = fft(turned, count: 2 * count)[..., 0..<count] * roots(x) { (-(2 * $0 + 1), 8 * count) }
      return isSine ? -2 * imaginaryPart(spectrum) : 2 * realPart(spectrum)
    }
  }

  /// 2 Σ_j x_j cos(π k (2 j + 1) / 2 n), from the elements at even places and then those at odd ones, backwards.
  private func cosine2(_ x: Tensor) -> Tensor {
    let order = (0..<count).map { 2 * $0 < count ? 2 * $0 : 2 * (count - $0) - 1 }
    return 2 * realPart(fft(x.take(order, axis: -1)) * roots(x) { (-$0, 4 * count) })
  }

  /// x_0 + 2 Σ_j x_j cos(π (2 k + 1) j / 2 n), which is the transpose of the former but for x_0.
  private func cosine3(_ x: Tensor) -> Tensor {
    let halved = x * Tensor((0..<count).map { $0 == 0 ? 1.0 : 2 }).asType(x.dtype)
    let inner = realPart(ifft(complex(halved, Tensor.zeros(like: x)) * roots(x) { ($0, 4 * count) }, norm: .forward))
    let order = (0..<count).map { $0 % 2 == 0 ? $0 / 2 : count - 1 - $0 / 2 }
    return inner.take(order, axis: -1)
  }

  /// 1, -1, 1, ...
  private func signs(_ x: Tensor) -> Tensor {
    Tensor((0..<count).map { $0 % 2 == 0 ? 1.0 : -1 }).asType(x.dtype)
  }

  /// Roots of unity exp(2πi step / whole) for each place.
  private func roots(_ x: Tensor, _ angle: (Int) -> (step: Int, whole: Int)) -> Tensor {
    let all = (0..<count).map { place -> (cosine: Double, sine: Double) in
      let (step, whole) = angle(place)
      let root = unitRoot(Int(step.magnitude) % whole, of: whole)
      return step < 0 ? (root.cosine, -root.sine) : root
    }
    return complex(Tensor(all.map(\.cosine)), Tensor(all.map(\.sine))).asType(x.dtype.complexified ?? .complex128)
  }
}
