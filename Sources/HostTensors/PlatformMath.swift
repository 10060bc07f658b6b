#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

// The C library's functions whose meaning differs from that of swift-numerics.

/// x to the power of y by IEEE 754; swift-numerics answers `nan` for every negative base and for 0 to the power of 0.
@usableFromInline
func ieeePower(_ x: Double, _ y: Double) -> Double { pow(x, y) }

/// x to the power of y by IEEE 754.
@usableFromInline
func ieeePower(_ x: Float, _ y: Float) -> Float { powf(x, y) }
