import Jacobi
import Testing

/// Laws on the samples of the structural, indexing, reduction, product and composite primitives.
@Suite struct SampleLawTests {
  static let primitives: [any Primitive.Type] =
    PrimitiveCatalog.structural + PrimitiveCatalog.indexing + PrimitiveCatalog.reduction
    + PrimitiveCatalog.linearAlgebra + PrimitiveCatalog.composite

  static let samples: [(String, PrimitiveSample)] = primitives.flatMap { type in
    type.samples.map { ("\($0.primitive) \($0.operands.map(\.shape))", $0) }
  }

  @Test func everyPrimitiveHasSamples() {
    for type in Self.primitives { #expect(type.samples.count >= 3, "\(type.name)") }
  }

  @Test func typesAreWhatEvaluationGives() throws {
    for (name, sample) in Self.samples {
      for dtype in DType.allCases {
        let types = sample.operands.map { TensorType($0.dtype ?? dtype, $0.shape) }
        guard sample.dtypes.contains(dtype) else {
          #expect(throws: TensorError.self, "\(name) \(dtype)") { _ = try sample.primitive.resultTypes(of: types) }
          continue
        }
        let operands = operands(sample, dtype: dtype)
        let results = sample.primitive.bind(operands)
        #expect(results.map(\.type) == (try sample.primitive.resultTypes(of: types)), "\(name) \(dtype)")
      }
    }
  }

  @Test func derivativesAgreeWithDifferences() {
    for (name, sample) in Self.samples where sample.dtypes.contains(.float64) {
      let operands = operands(sample, dtype: .float64)
      let primitive = sample.primitive
      for index in operands.indices where operands[index].dtype == .float64 {
        let f = { (x: Tensor) -> Tensor in
          var all = operands
          all[index] = x
          return primitive.bind(all)[0]
        }
        let y = f(operands[index])
        guard y.dtype == .float64, !primitive.traits.contains(.discrete) else { continue }
        let v = pattern(operands[index].shape, seed: 7)
        let w = pattern(y.shape, seed: 11)
        let step = 1e-6
        let difference = (f(operands[index] + v * step) - f(operands[index] - v * step)) / (2 * step)
        let tangent = jvp(f, at: operands[index], along: v).tangent
        close(tangent, difference, 1e-7, name)
        let adjoint = vjp(f, at: operands[index]).pullback(w)
        close((adjoint * v).sum(), (tangent * w).sum(), 1e-12, name)
        // The second order: the same for the pullback.
        let g = { (x: Tensor) -> Tensor in vjp(f, at: x).pullback(w) }
        let second = (g(operands[index] + v * step) - g(operands[index] - v * step)) / (2 * step)
        close(jvp(g, at: operands[index], along: v).tangent, second, 1e-6, name)
        close(
          vjp(g, at: operands[index]).pullback(v), jvp(g, at: operands[index], along: v).tangent, 1e-10,
          name + " symmetric")
      }
    }
  }

  @Test func complexAdjointsAgreeWithTangents() {
    for (name, sample) in Self.samples where sample.dtypes.contains(.complex128) {
      let operands = operands(sample, dtype: .complex128)
      for index in operands.indices where operands[index].dtype == .complex128 {
        let f = { (x: Tensor) -> Tensor in
          var all = operands
          all[index] = x
          return sample.primitive.bind(all)[0]
        }
        let y = f(operands[index])
        guard y.dtype.isDifferentiable, !sample.primitive.traits.contains(.discrete) else { continue }
        let v = complex(pattern(operands[index].shape, seed: 3), pattern(operands[index].shape, seed: 5))
        let w =
          y.dtype.isComplex ? complex(pattern(y.shape, seed: 7), pattern(y.shape, seed: 9)) : pattern(y.shape, seed: 7)
        let tangent = jvp(f, at: operands[index], along: v).tangent
        let adjoint = vjp(f, at: operands[index]).pullback(w)
        close(realPart(conjugate(adjoint) * v).sum(), realPart(conjugate(w) * tangent).sum(), 1e-12, name)
      }
    }
  }

  @Test func batchesAreExamplesStacked() {
    for (name, sample) in Self.samples {
      let dtype = sample.dtypes.contains(.float64) ? DType.float64 : sample.dtypes[0]
      let count = sample.operands.count
      let examples = (0..<3).map { operands(sample, dtype: dtype, seed: $0 * 17) }
      for bits in 1..<(1 << count) {
        let isBatched = (0..<count).map { bits & (1 << $0) != 0 }
        let batch = (0..<count).map { index in
          isBatched[index] ? Tensor.stacked(examples.map { $0[index] }) : examples[0][index]
        }
        let actual = sample.primitive.batched(batch, isBatched: isBatched, size: 3)
        let expected = (0..<3).map { example in
          sample.primitive.bind((0..<count).map { isBatched[$0] ? examples[example][$0] : examples[0][$0] })[0]
        }
        close(actual[0], Tensor.stacked(expected), 1e-14, "\(name) \(isBatched)")
      }
    }
  }

  private func close(_ a: Tensor, _ b: Tensor, _ tolerance: Double, _ name: String) {
    #expect(a.type == b.type, "\(name)")
    guard a.type == b.type else { return }
    let (x, y) = (numbers(a), numbers(b))
    let isClose = zip(x, y).allSatisfy { abs($0 - $1) <= tolerance * Swift.max(1, abs($1)) }
    #expect(isClose, "\(name): \(x) is not \(y)")
  }

  /// Numbers in a domain that look random, all different.
  private func operands(_ sample: PrimitiveSample, dtype: DType, seed: Int = 0) -> [Tensor] {
    sample.operands.enumerated().map { position, operand in
      let dtype = operand.dtype ?? dtype
      switch operand.domain {
      case .indices(let limit):
        let scalars = (0..<operand.shape.count).map { Int64(($0 * 5 + seed + position + 1) % limit) }
        return Tensor(shape: operand.shape.dimensions, scalars: scalars).asType(dtype)
      case .flags:
        let scalars = (0..<operand.shape.count).map { ($0 * 5 + seed) % 3 != 0 }
        return Tensor(shape: operand.shape.dimensions, scalars: scalars)
      default:
        let x = pattern(operand.shape, seed: seed + 29 * position)
        switch dtype {
        case .complex128: return complex(x, pattern(operand.shape, seed: seed + 29 * position + 13))
        case .complex64: return complex(x.asType(.float32), x.asType(.float32))
        case .bool: return x .> 0
        default: return (dtype.isInteger ? x * 10 : x).asType(dtype)
        }
      }
    }
  }

  private func pattern(_ shape: Shape, seed: Int) -> Tensor {
    Tensor(
      shape: shape.dimensions,
      scalars: (0..<shape.count).map { index in
        let t = Double((index + seed) * 37 % 101) / 101
        return (t - 0.5) * 3 + (t < 0.5 ? -0.1 : 0.1)
      })
  }
}
