import Primitives

/// Which direction of a Fourier transform of n numbers is divided, as in NumPy.
public enum FourierNorm: Sendable, Hashable, CaseIterable {
  /// The inverse transform is divided by n.
  case backward
  /// Both directions are divided by √n, so that they keep norms.
  case ortho
  /// The forward transform is divided by n.
  case forward

  /// The scale of a direction.
  func scale(isInverse: Bool) -> FourierScale {
    switch self {
    case .ortho: .inverseSquareRoot
    case .backward: isInverse ? .inverse : .one
    case .forward: isInverse ? .one : .inverse
    }
  }

  /// The norm with which the inverse transform has the scale of the forward one.
  var exchanged: FourierNorm {
    switch self {
    case .ortho: .ortho
    case .backward: .forward
    case .forward: .backward
    }
  }
}
