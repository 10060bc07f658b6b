import Foundation
import Jacobi
import Testing

/// What NumPy and SciPy computed; `Fixtures/fourier.py` writes it.
struct FourierFixture: Decodable, Sendable, CustomTestStringConvertible {
  /// The name of the function, with what is special.
  let function: String
  let length: Int
  let norm: String
  let count: Int
  /// The sum of all magnitudes.
  let total: Double
  /// Which elements are compared.
  let places: [Int]
  /// Their real and imaginary parts.
  let numbers: [[Double]]

  var testDescription: String { "\(function) of \(length), \(norm)" }

  var normalization: FourierNorm { norm == "ortho" ? .ortho : norm == "forward" ? .forward : .backward }

  static let all: [FourierFixture] = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "Fixtures/fourier.json")
    do { return try JSONDecoder().decode([FourierFixture].self, from: Data(contentsOf: file)) } catch {
      fatalError("fourier.json: \(error)")
    }
  }()

  /// The largest difference from a tensor, relative to the root of the mean square of the fixture's numbers.
  func distance(from y: Tensor) -> Double {
    guard y.count == count else { return .infinity }
    let flat = y.reshaped([count])
    let complexes = (flat.dtype.isComplex ? flat : flat.asType(flat.dtype.complexified!)).asType(.complex128)
    let own = complexes.scalars(as: Complex<Double>.self)
    let size = max(total / Double(count), 1e-300)
    let differences = zip(places, numbers).map { (own[$0] - Complex($1[0], $1[1])).length }
    let sum = own.map(\.length).reduce(0, +)
    return max(differences.max() ?? 0, abs(sum - total) / Double(count)) / size
  }
}

/// Real numbers between -1 and 1 that a formula gives, the same as in `Fixtures/fourier.py`.
func samples(_ shape: [Int], seed: UInt64, dtype: DType = .float64) -> Tensor {
  let numbers = (0..<shape.reduce(1, *)).map { j -> Double in
    let word = (UInt64(j + 1) &* 2_654_435_761 &+ seed &* 40503) % (1 << 32)
    let mixed = (word ^ (word >> 15)) &* 2_246_822_519 % (1 << 32)
    return Double(mixed) / Double(1 << 31) - 1
  }
  return Tensor(shape: shape, scalars: numbers).asType(dtype)
}

/// Complex numbers that a formula gives.
func complexSamples(_ shape: [Int], seed: UInt64, dtype: DType = .complex128) -> Tensor {
  complex(samples(shape, seed: seed), samples(shape, seed: seed + 1)).asType(dtype)
}
