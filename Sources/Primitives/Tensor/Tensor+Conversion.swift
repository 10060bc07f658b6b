extension Tensor {
  /// The same numbers with another element type.
  ///
  /// Between floating-point types it is differentiable. To integers it truncates toward zero; `nan` and numbers out of
  /// range are an error. To `bool` it tells what is not zero. A complex tensor becomes real by ``realPart(_:)`` or
  /// `abs(_:)`, not by conversion.
  public func asType(_ dtype: DType) -> Tensor {
    if !isInvalid && self.dtype == dtype { return settled }
    return Convert(to: dtype).bind(self).settled
  }
}

/// The real part of each element; a real tensor itself.
public func realPart(_ x: Tensor) -> Tensor {
  if x.isInvalid { return poisoned(RealPart.name) }
  return x.dtype.isComplex ? RealPart().bind(x) : x
}

/// The imaginary part of each element; zeros for a real tensor.
public func imaginaryPart(_ x: Tensor) -> Tensor {
  if x.isInvalid { return poisoned(ImaginaryPart.name) }
  return x.dtype.isComplex ? ImaginaryPart().bind(x) : Tensor.zeros(like: x)
}

/// Complex numbers from their real and imaginary parts, which broadcast: float64 gives complex128, float32 complex64.
public func complex(_ real: Tensor, _ imaginary: Tensor) -> Tensor {
  broadcasting(MakeComplex(), real, imaginary).settled
}

/// The complex conjugate of each element; a tensor that is not complex itself.
public func conjugate(_ x: Tensor) -> Tensor {
  if x.isInvalid { return poisoned(Conjugate.name) }
  return x.dtype.isComplex ? Conjugate().bind(x) : x
}

/// The angle of each complex number, between -π and π; for real numbers 0 or π.
public func phase(_ x: Tensor) -> Tensor { atan2(y: imaginaryPart(x), x: realPart(x)) }
