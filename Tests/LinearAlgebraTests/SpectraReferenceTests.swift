import Jacobi
import JacobiTesting
import Testing

/// Values and derivatives against those with 50 digits, also where eigenvalues are equal.
@Suite struct SpectraReferenceTests {
  typealias Reference = SpectraReferences

  private func expectClose(
    _ x: Tensor, _ y: [[Double]], _ tolerance: Double, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    SpectraTests.expectClose(x, Tensor(y), tolerance, sourceLocation: sourceLocation)
  }

  @Test func values() {
    let (values, vectors) = symmetricEigen(Tensor(Reference.symmetric))
    SpectraTests.expectClose(values, Tensor(Reference.symmetricValues), 1e-14)
    expectClose(vectors, Reference.symmetricVectors, 1e-14)
    let general = eigenvalues(Tensor(Reference.general))
    SpectraTests.expectClose(realPart(general), Tensor(Reference.generalReal), 1e-13)
    SpectraTests.expectClose(imaginaryPart(general), Tensor(Reference.generalImaginary), 1e-13)
    let tall = Tensor(Reference.tall)
    SpectraTests.expectClose(singularValues(tall), Tensor(Reference.tallValues), 1e-14)
    expectClose(pseudoInverse(tall), Reference.tallInverse, 1e-14)
    expectClose(polar(tall).unitary, Reference.tallPolar, 1e-14)
  }

  static let functions: [(SpectralFunction, [[Double]], [[Double]], [[Double]])] = [
    (.exponential, Reference.exponentialValue, Reference.exponentialFirst, Reference.exponentialSecond),
    (.logarithm, Reference.logarithmValue, Reference.logarithmFirst, Reference.logarithmSecond),
    (.squareRoot, Reference.squareRootValue, Reference.squareRootFirst, Reference.squareRootSecond),
  ]

  /// Matrix functions with a repeated eigenvalue, to the second order.
  @Test(arguments: functions.indices) func matrixFunctions(_ index: Int) {
    let (function, value, first, second) = Self.functions[index]
    let (a, e) = (Tensor(Reference.tied), Tensor(Reference.change))
    let size = value.joined().reduce(1) { max($0, abs($1)) }
    expectClose(matrixFunction(a, function), value, 1e-14 * size)
    let slope = { (a: Tensor) in jvp({ matrixFunction($0, function) }, at: a, along: e).tangent }
    expectClose(slope(a), first, 1e-13 * size)
    expectClose(jvp(slope, at: a, along: e).tangent, second, 1e-12 * size)
    expectClose(jit(slope)(a), first, 1e-13 * size)
  }

  @Test func projector() {
    let (a, e) = (Tensor(Reference.tied), Tensor(Reference.change))
    // The one below the limit is the rest of the identity.
    let slope = { (a: Tensor) in -jvp({ matrixFunction($0, .step(above: 3)) }, at: a, along: e).tangent }
    expectClose(slope(a), Reference.projectorFirst, 1e-14)
    expectClose(jvp(slope, at: a, along: e).tangent, Reference.projectorSecond, 1e-14)
  }

  /// Sums of functions of equal eigenvalues: tr f(A) has the gradient f'(A), by all ways.
  @Test(arguments: [0, 1e-18, 1e-12, 1e-8, 1e-4]) func sumsOverTies(_ gap: Double) {
    let basis = qr(SolvingTests.numbers([4, 4])).q
    let a = matmul(basis * Tensor([2, 2 + gap, 2 - gap, 3]), basis.transposed())
    let exact = matmul(basis * exp(Tensor([2, 2 + gap, 2 - gap, 3])), basis.transposed())
    for function in [
      { (a: Tensor) in exp(symmetricEigenvalues(a)).sum() }, { exp(symmetricEigen($0).values).sum() },
      { spectralSum($0, .exponential) }, { matrixFunction($0, .exponential).trace() },
    ] {
      SpectraTests.expectClose(grad(function)(a), exact, 1e-12)
      SpectraTests.expectClose(grad(jit(function))(a), exact, 1e-12)
      let e = SpectraTests.hermitian([4, 4])
      SpectraTests.expectClose(jvp(function, at: a, along: e).tangent, (exact * e).sum(), 1e-11)
    }
    // Second derivatives: exact by the function of the matrix.
    let e = SpectraTests.hermitian([4, 4])
    let curvature = hvp({ spectralSum($0, .exponential) }, at: a, along: e)
    let slope = jvp({ matrixFunction($0, .exponential) }, at: a, along: e).tangent
    SpectraTests.expectClose(curvature, slope, 1e-11)
  }

  /// Where a derivative does not exist, or is not to be had from values and vectors, it is nan, and never a wrong number.
  @Test func ties() {
    let identity = Tensor.eye(3)
    // This is exp, by the choice of a basis.
    let naive = { (a: Tensor) in
      let (values, vectors) = symmetricEigen(a)
      return matmul(vectors * exp(values), vectors.transposed()).sum()
    }
    #expect(Bool(isNaN(grad(naive)(identity)).any()))
    #expect(Bool(isNaN(jvp(naive, at: identity, along: SpectraTests.hermitian([3, 3])).tangent)))
    #expect(Bool(isNaN(hessian { symmetricEigenvalues($0).sum() + 0 * $0.sum() }(identity)).any()))
    let tied = Tensor(SpectraReferences.tied)
    #expect(Bool(isNaN(grad(naive)(tied)).any()), "equal up to rounding")
    // A vector of a single value has its derivative, whatever the others are.
    let single = grad { symmetricEigen($0).vectors[0..<3, 2].sum() }(tied)
    #expect(Bool(isFinite(single).all()))
    let exact = grad { a in
      // It is the image of the projector, normalized.
      let image = matmul(matrixFunction(a, .step(above: 3)), Tensor([1.0, 2, 2]))
      return image.sum() / image.norm()
    }(tied)
    SpectraTests.expectClose(single, exact, 1e-13)
    // Equal shares, as those of max at a tie.
    SpectraTests.expectClose(grad { symmetricEigenvalues($0)[2] }(identity), identity / 3, 1e-15)
  }

  /// Sums of singular values that are equal, or zero.
  @Test func singularTies() {
    let basis = qr(SolvingTests.numbers([3, 3])).q
    for scale in [1.0, 0.25] {
      let a = scale * basis
      for function in [{ (a: Tensor) in singularValues(a).sum() }, { svd($0).s.sum() }, { nuclearNorm($0) }] {
        SpectraTests.expectClose(grad(function)(a), basis, 1e-14)
      }
    }
    // Of rank 1: the subgradient of the smallest norm.
    let (u, v) = (Tensor([3.0, 4]) / 5, Tensor([1.0, 2, 2]) / 3)
    let thin = outer(u, v) * 7
    for function in [{ (a: Tensor) in singularValues(a).sum() }, { svd($0).s.sum() }, { nuclearNorm($0) }] {
      SpectraTests.expectClose(grad(function)(thin), outer(u, v), 1e-14)
      SpectraTests.expectClose(grad(function)(Tensor.zeros([2, 3])), Tensor.zeros([2, 3]), 0)
    }
    #expect(Bool(isNaN(hessian { nuclearNorm($0) }(thin)).any()))
    #expect(Bool(isNaN(grad { matmul(svd($0).u, svd($0).vh).sum() }(Tensor.eye(3))).any()))
    let smooth = hessian { nuclearNorm($0) }(Tensor.eye(2))
    // At the identity it is the projector onto antisymmetric matrices, halved: dW = (dA - dAᵀ) / 2.
    SpectraTests.expectClose(
      smooth.reshaped([4, 4]), [[0, 0, 0, 0], [0, 0.5, -0.5, 0], [0, -0.5, 0.5, 0], [0, 0, 0, 0]], 1e-15)
  }

  /// The divided differences of close points, for all functions, against nested derivatives.
  @Test func closeEigenvalues() throws {
    let basis = qr(SolvingTests.numbers([3, 3])).q
    let e = SpectraTests.hermitian([3, 3])
    for gap in [1e-3, 1e-6, 1e-9, 1e-13] {
      let a = matmul(basis * Tensor([1, 1 + gap, 1.3]), basis.transposed())
      let functions: [(SpectralFunction, (Tensor) -> Tensor)] = [
        (.power(3), { matmul($0, matmul($0, $0)) }), (.inverse, { inverse($0) }),
        (.power(-2), { inverse(matmul($0, $0)) }),
      ]
      for (function, other) in functions {
        func second(_ f: @escaping (Tensor) -> Tensor) -> Tensor {
          jvp({ jvp(f, at: $0, along: e).tangent }, at: a, along: e).tangent
        }
        let exact = second(other)
        let size = 1 + Double(abs(exact).max())
        SpectraTests.expectClose(second { matrixFunction($0, function) }, exact, 1e-12 * size)
      }
      // The square of the root, and the exponential of the logarithm, are the matrix.
      let root = { (a: Tensor) in matmul(matrixFunction(a, .squareRoot), matrixFunction(a, .squareRoot)) }
      SpectraTests.expectClose(jvp(root, at: a, along: e).tangent, e, 1e-12)
      SpectraTests.expectClose(
        jvp({ jvp(root, at: $0, along: e).tangent }, at: a, along: e).tangent, Tensor.zeros([3, 3]), 1e-11)
      let again = { (a: Tensor) in matrixFunction(matrixFunction(a, .logarithm), .exponential) }
      SpectraTests.expectClose(jvp(again, at: a, along: e).tangent, e, 1e-12)
      SpectraTests.expectClose(
        jvp({ jvp(again, at: $0, along: e).tangent }, at: a, along: e).tangent, Tensor.zeros([3, 3]), 1e-11)
      let unit = { (a: Tensor) in
        matmul(matrixFunction(a, .sine), matrixFunction(a, .sine))
          + matmul(matrixFunction(a, .cosine), matrixFunction(a, .cosine))
      }
      SpectraTests.expectClose(
        jvp({ jvp(unit, at: $0, along: e).tangent }, at: a, along: e).tangent, Tensor.zeros([3, 3]), 1e-11)
    }
  }
}
