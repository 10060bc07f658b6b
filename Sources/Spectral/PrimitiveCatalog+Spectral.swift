import Primitives

extension PrimitiveCatalog {
  /// Fourier transforms.
  public static var spectral: [any Primitive.Type] { [FFT.self, RealFFT.self, InverseRealFFT.self] }
}
