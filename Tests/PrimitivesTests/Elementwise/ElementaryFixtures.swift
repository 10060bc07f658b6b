import Foundation
import Jacobi

/// Values and derivatives computed by mpmath; `Fixtures/elementary.py` writes them.
struct ElementaryFixtures: Decodable {
  struct Real: Decodable {
    let x, value, first, second: [Double]
  }
  struct OfComplex: Decodable {
    let x, value, first, second: [[Double]]
  }
  struct Binary: Decodable {
    let x, y, value, dx, dy, dxx, dxy, dyy: [Double]
  }
  let real: [String: Real]
  let complex: [String: OfComplex]
  let binary: [String: Binary]

  static func load() throws -> ElementaryFixtures {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/elementary.json")
    return try JSONDecoder().decode(ElementaryFixtures.self, from: Data(contentsOf: file))
  }
}

/// The public functions with one operand, by the names of the fixtures.
let unaryFunctions: [(name: String, function: @Sendable (Tensor) -> Tensor)] = [
  ("exp", { exp($0) }), ("expMinusOne", { expMinusOne($0) }), ("log", { log($0) }),
  ("logOnePlus", { log(onePlus: $0) }), ("sqrt", { sqrt($0) }), ("square", { square($0) }),
  ("reciprocal", { reciprocal($0) }), ("sin", { sin($0) }), ("cos", { cos($0) }), ("tan", { tan($0) }),
  ("asin", { asin($0) }), ("acos", { acos($0) }), ("atan", { atan($0) }), ("sinh", { sinh($0) }),
  ("cosh", { cosh($0) }), ("tanh", { tanh($0) }), ("asinh", { asinh($0) }), ("acosh", { acosh($0) }),
  ("atanh", { atanh($0) }), ("sigmoid", { sigmoid($0) }), ("softplus", { softplus($0) }), ("erf", { erf($0) }),
  ("erfc", { erfc($0) }), ("log2", { log2($0) }), ("log10", { log10($0) }), ("exp2", { exp2($0) }),
  ("cbrt", { cbrt($0) }), ("logGamma", { logGamma($0) }), ("digamma", { digamma($0) }),
  ("trigamma", { polygamma(1, $0) }), ("polygamma4", { polygamma(4, $0) }), ("erfinv", { erfinv($0) }),
  ("rsqrt", { rsqrt($0) }), ("silu", { silu($0) }), ("gelu", { gelu($0) }),
  ("geluApproximate", { gelu($0, approximate: true) }), ("logit", { logit($0) }), ("sinc", { sinc($0) }),
]

/// Functions that stand in the table of extreme arguments alone.
let otherUnaryFunctions: [(name: String, function: @Sendable (Tensor) -> Tensor)] = [
  ("polygamma120", { polygamma(120, $0) }), ("polygamma170", { polygamma(170, $0) }), ("trunc", { trunc($0) }),
  ("logSigmoid", { logSigmoid($0) }),
]

/// The same, with two operands.
let otherBinaryFunctions: [(name: String, function: @Sendable (Tensor, Tensor) -> Tensor)] = [
  ("logAddExp", { logAddExp($0, $1) }), ("norm", { Tensor.stacked([$0, $1]).norm() }),
]

/// The public functions with two operands, by the names of the fixtures.
let binaryFunctions: [(name: String, function: @Sendable (Tensor, Tensor) -> Tensor)] = [
  ("power", { $0 ** $1 }), ("atan2", { atan2(y: $0, x: $1) }), ("hypot", { hypot($0, $1) }),
  ("fmod", { fmod($0, $1) }), ("xLogY", { xLogY($0, $1) }), ("xLog1pY", { xLog1pY($0, $1) }),
]

/// The distance of two numbers in units of the last place of the larger one.
func ulps<Number: BinaryFloatingPoint>(_ a: Number, _ b: Number) -> Number {
  a == b ? 0 : abs(a - b) / max(abs(a), abs(b)).ulp
}

/// Whether two numbers agree to a relative tolerance; equal infinities do, and `nan` agrees with nothing.
func agrees(_ a: Double, _ b: Double, _ tolerance: Double = 1e-13) -> Bool {
  a == b || abs(a - b) <= tolerance * max(abs(a), abs(b), 1e-3)
}
