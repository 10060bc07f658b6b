import Numerics

// swift-numerics 1.1.1 gives the hyperbolic functions of numbers with a large negative real part, and the circular ones of
// numbers with a large imaginary part, a wrong sign in one of the parts. Here they are taken from the side where the signs
// are right. The witnesses have names of their own, so that `Complex.cosh` keeps one meaning for who imports both modules.

extension Complex where RealType: RealSemantics {
  /// The hyperbolic cosine, which is even.
  @_implements(ElementarySemantics,cosh(_:))
  public static func evenCosh(_ z: Complex) -> Complex { hyperbolicCosine(z.real < 0 ? -z : z) }

  /// The hyperbolic sine, which is odd.
  @_implements(ElementarySemantics,sinh(_:))
  public static func oddSinh(_ z: Complex) -> Complex {
    z.real < 0 ? -hyperbolicSine(-z) : hyperbolicSine(z)
  }

  /// The cosine: cosh(iz).
  @_implements(ElementarySemantics,cos(_:))
  public static func turnedCos(_ z: Complex) -> Complex { evenCosh(Complex(-z.imaginary, z.real)) }

  /// The sine: -i sinh(iz).
  @_implements(ElementarySemantics,sin(_:))
  public static func turnedSin(_ z: Complex) -> Complex {
    let w = oddSinh(Complex(-z.imaginary, z.real))
    return Complex(w.imaginary, -w.real)
  }
}

// Without the constraint to `RealSemantics`, so that the names are those of swift-numerics.
private func hyperbolicCosine<RealType: Real>(_ z: Complex<RealType>) -> Complex<RealType> { .cosh(z) }
private func hyperbolicSine<RealType: Real>(_ z: Complex<RealType>) -> Complex<RealType> { .sinh(z) }
