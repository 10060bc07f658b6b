import Jacobi
import NativeEngine
import Testing

/// Batches of small matrices, whose code stands in the compiled program, give the numbers of the kernels for one matrix.
@Suite struct InlineTests {
  private static let batch = 40

  /// Matrices, of which one is zero, one has a zero on the diagonal, and one is not finite.
  private static func matrices(_ rows: Int, _ columns: Int, _ dtype: DType) -> Tensor {
    var a = SolvingTests.numbers([batch, rows, columns], dtype)
    a[3] = Tensor.zeros([rows, columns], dtype: dtype)
    a[4, 0, 0] = Tensor(0.0).asType(dtype)
    a[5, rows - 1, 0] = Tensor(Double.infinity).asType(dtype)
    return a
  }

  private func expectEqual(
    _ f: @escaping ([Tensor]) -> [Tensor], _ x: [Tensor], sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    for (eager, compiled) in zip(f(x), jit(f)(x)) {
      #expect(eager.type == compiled.type, sourceLocation: sourceLocation)
      let isSame =
        eager.dtype.isDifferentiable
        ? (eager .== compiled) .| ((eager .!= eager) .& (compiled .!= compiled)) : eager .== compiled
      #expect(Bool(isSame.all()), "\(x.map(\.type))", sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: SolvingTests.dtypes, [1, 3, 4, 8]) func factorizations(_ dtype: DType, _ n: Int) {
    let a = Self.matrices(n, n, dtype)
    let positive = SolvingTests.positive([Self.batch, n, n], dtype)
    expectEqual({ Cholesky().bind($0) }, [positive])
    expectEqual({ Cholesky().bind($0) }, [a])
    expectEqual({ LU().bind($0) }, [a])
    if n > 1 {
      expectEqual({ LU().bind($0) }, [Self.matrices(n, n - 1, dtype)])
      expectEqual({ LU().bind($0) }, [Self.matrices(n - 1, n, dtype)])
    }
  }

  @Test(arguments: SolvingTests.dtypes, [1, 4]) func solutions(_ dtype: DType, _ n: Int) {
    let a = Self.matrices(n, n, dtype)
    let b = SolvingTests.numbers([Self.batch, n, 3], dtype, phase: 1)
    for transform in MatrixTransform.allCases {
      for (isUpper, isUnit) in [(true, false), (false, true), (false, false)] {
        for absorbs in [false, true] {
          let solver = TriangularSolve(
            isUpper: isUpper, transform: transform, hasUnitDiagonal: isUnit, absorbsZeros: absorbs)
          expectEqual({ solver.bind($0) }, [a, b])
          expectEqual({ solver.bind($0) }, [a, b * (realPart(b) .> 0.5).asType(dtype)])
        }
      }
      let factors = LU().bind([a])
      for absorbs in [false, true] {
        let solver = FactoredSolve(transform: transform, absorbsZeros: absorbs)
        expectEqual({ solver.bind($0) }, [a, b, factors[0], factors[1]])
      }
    }
  }

  /// An order of rows that is none makes the solution `nan`, and no other one.
  @Test func wrongOrders() {
    let a = SolvingTests.numbers([Self.batch, 2, 2])
    let b = SolvingTests.numbers([Self.batch, 2, 1])
    let factors = LU().bind([a])
    var order = factors[1]
    order[2] = Tensor([Int64(0), 7])
    for transform in MatrixTransform.allCases {
      let f = { (x: [Tensor]) in FactoredSolve(transform: transform).bind(x) }
      let solution = jit(f)([a, b, factors[0], order])[0]
      #expect(Bool((solution[2] .!= solution[2]).any()))
      #expect(Bool((solution[3] .== f([a, b, factors[0], factors[1]])[0][3]).all()))
    }
  }

  @Test func gradients() {
    let a = SolvingTests.positive([Self.batch, 3, 3])
    let b = SolvingTests.numbers([Self.batch, 3, 1])
    let f = { (a: Tensor) in solve(a, b).sum() + (cholesky(a) ** 2 * 0.3).sum() + logDeterminant(a).logAbs.sum() }
    let (eager, compiled) = (grad(f)(a), jit(grad(f))(a))
    #expect(Double(abs(eager - compiled).max()) < 1e-12)
    let v = SolvingTests.numbers([Self.batch, 3, 3], phase: 4)
    let (eagerSecond, second) = (hvp(f, at: a, along: v), jit { a in hvp(f, at: a, along: v) }(a))
    #expect(Double(abs(eagerSecond - second).max()) < 1e-11)
  }

  /// No call of the host stands in the code.
  @Test(.enabled(if: NativeEngine().availability.isAvailable)) func codeStandsInTheProgram() throws {
    let f = grad { (a: Tensor) in cholesky(a).sum() + solve(a, Tensor.ones([Self.batch, 3, 1])).sum() }
    let program = try program(of: f, at: SolvingTests.positive([Self.batch, 3, 3])).optimized()
    #expect(!(try NativeEngine().assembly(of: program).written.contains("jacobi_evaluate_on_host")))
  }
}
