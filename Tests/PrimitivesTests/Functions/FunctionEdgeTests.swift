import Jacobi
import Testing

/// Values and derivatives at zeros, ties, infinities and `nan`, in both modes, eagerly and compiled.
@Suite struct FunctionEdgeTests {
  private let inf = Double.infinity
  private let nan = Double.nan

  /// The Jacobian of a function of a vector by both modes.
  private func jacobians(_ f: @escaping (Tensor) -> Tensor, _ x: Tensor) -> [(String, Tensor)] {
    [
      ("reverse", jacobian(f, mode: .reverse)(x)), ("forward", jacobian(f, mode: .forward)(x)),
      ("compiled", jit(jacobian(f, mode: .reverse))(x)),
    ]
  }

  private func check(
    _ f: @escaping (Tensor) -> Tensor, _ x: [Double], _ value: [Double], _ derivative: [[Double]],
    tolerance: Double = 1e-15, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    for (name, actual) in [("eager", f(Tensor(x))), ("compiled", jit(f)(Tensor(x)))] {
      compare(actual, value, "\(name) value", tolerance, sourceLocation)
    }
    for (mode, actual) in jacobians(f, Tensor(x)) {
      compare(actual, derivative.flatMap { $0 }, mode, tolerance, sourceLocation)
    }
  }

  private func compare(
    _ actual: Tensor, _ expected: [Double], _ what: String, _ tolerance: Double,
    _ sourceLocation: Testing.SourceLocation
  ) {
    let actual = numbers(actual)
    let isClose =
      actual.count == expected.count
      && zip(actual, expected).allSatisfy { $0 == $1 || abs($0 - $1) <= tolerance * abs($1) || $0.isNaN && $1.isNaN }
    if !isClose { Issue.record("\(what): \(actual), expected \(expected)", sourceLocation: sourceLocation) }
  }

  @Test func activations() {
    for f: (Tensor) -> Tensor in [{ silu($0) }, { gelu($0) }, { gelu($0, approximate: true) }] {
      check(
        f, [-inf, -1e300, inf, 1e300], [0, 0, inf, 1e300], [[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
      #expect(Double(f(Tensor(nan))).isNaN && Double(grad(f)(Tensor(nan))).isNaN)
      for x in [-inf, inf, -1e300] { #expect(Double(grad(grad(f))(Tensor(x))) == 0) }
      #expect(f(Tensor([Float(-0.5)])).dtype == .float32)
    }
    // Far below 0, relative to a value of 1e-197.
    #expect(abs(Double(gelu(-30)) / -1.4720141781444561e-196 - 1) < 1e-11)
    check({ elu($0) }, [-inf, inf, 0], [-1, inf, 0], [[0, 0, 0], [0, 1, 0], [0, 0, 1]])
  }

  /// The value and the derivative of a function of one number, in both modes, eagerly and compiled.
  private func checkNumber(
    _ f: @escaping (Tensor) -> Tensor, _ x: Double, _ value: Double, _ derivative: Double,
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    let actual = [f, { grad(f)($0) }, { jvp(f, at: $0, along: 1).tangent }].flatMap { g in
      [Double(g(Tensor(x))), Double(jit(g)(Tensor(x)))]
    }
    let expected = [value, value, derivative, derivative, derivative, derivative]
    #expect(actual == expected, "at \(x)", sourceLocation: sourceLocation)
  }

  @Test func logarithms() {
    checkNumber({ logit($0) }, 0, -inf, inf)
    checkNumber({ logit($0) }, 1, inf, inf)
    #expect(Double(logit(1 - 0x1p-53)) == 36.7368005696771)
    #expect(Double(logit(-0.1)).isNaN && Double(logit(1.1)).isNaN && Double(logit(0.5)) == 0)
    for f: (Tensor) -> Tensor in [{ xLogY(0, $0) }, { xLog1pY(0, $0 - 1) }] {
      for y in [0, 2, inf] { checkNumber(f, y, 0, 0) }
    }
    checkNumber({ xLogY($0, 0) }, 0, 0, -inf)
    checkNumber({ xLogY($0, 0) }, -2, inf, -inf)
    #expect(Double(xLogY(0, Tensor(nan))).isNaN && Double(xLogY(0, -1)) == 0)
    // The mixed derivative at x = 0 is 1 / y.
    #expect(Double(grad { y in grad { x in xLogY(x, y) }(0) }(4)) == 0.25)
    #expect(Double(grad { x in grad { y in xLogY(x, y) }(4) }(0)) == 0.25)
    checkNumber({ rsqrt($0) }, 0, inf, -inf)
    checkNumber({ rsqrt($0) }, 4, 0.5, -0.0625)
    checkNumber({ rsqrt($0) }, inf, 0, 0)
  }

  @Test func infinite() {
    let x = Tensor([1, inf, -inf, nan])
    #expect(isInfinite(x).scalars(as: Bool.self) == [false, true, true, false])
    #expect(isInfinite(complex(Tensor(nan), Tensor(inf))).scalars(as: Bool.self) == [true])
    #expect(isInfinite(Tensor([1, 2] as [Int64])).scalars(as: Bool.self) == [false, false])
    for x in [1.0, -3, 2e20, inf] { #expect(Double(sinc(Tensor(x))) == 0) }
    #expect(Double(sinc(0)) == 1 && Double(grad { sinc($0) }(Tensor(inf))) == 0)
  }

  @Test func cumulativeExtrema() {
    check(
      { $0.cummax(axis: 0) }, [1, 3, 2, 3, 3, 5], [1, 3, 3, 3, 3, 5],
      [
        [1, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0], [0, 0.5, 0, 0.5, 0, 0],
        [0, 1.0 / 3, 0, 1.0 / 3, 1.0 / 3, 0], [0, 0, 0, 0, 0, 1],
      ])
    check({ $0.cummin(axis: 0) }, [2, 2, 1], [2, 2, 1], [[1, 0, 0], [0.5, 0.5, 0], [0, 0, 1]])
    check({ $0.cummax(axis: 0) }, [1, nan, 3], [1, nan, nan], [[1, 0, 0], [0, 1, 0], [0, 1, 0]])
    check({ $0.cummax(axis: 0) }, [-inf, inf, inf], [-inf, inf, inf], [[1, 0, 0], [0, 1, 0], [0, 0.5, 0.5]])
    // The share of an element that is not the largest is a strong zero.
    let f = { (x: Tensor) in sqrt(x).cummax(axis: 0).sum() }
    #expect(grad(f)([4, 0]).scalars(as: Double.self) == [0.5, 0])
  }

  @Test func cumulativeProducts() {
    check({ $0.cumprod(axis: 0) }, [2, 0, 3], [2, 0, 0], [[1, 0, 0], [0, 2, 0], [0, 6, 0]])
    let third = { (x: Tensor) in x.cumprod(axis: 0)[2] }
    for mode in [JacobianMode.forward, .reverse] {
      #expect(numbers(jacobian(grad(third), mode: mode)([0, 0, 3])) == [0, 3, 0, 3, 0, 0, 0, 0, 0])
    }
    let z = complex(Tensor([1.0, 0]), Tensor([1.0, 2]))
    #expect(numbers(z.cumprod(axis: 0)) == [1, 1, -2, 2])
    #expect(Tensor([Int32.max, 2]).cumprod(axis: 0).scalars(as: Int32.self) == [.max, -2])
  }

  @Test func logarithmsOfRunningSums() {
    let f: (Tensor) -> Tensor = { $0.logCumSumExp(axis: 0) }
    // Equal shares, also where the logarithm of the number of elements has no digits beside them.
    check(
      f, [1e20, 1e20, 1e20], [1e20, 1e20, 1e20],
      [[1, 0, 0], [0.5, 0.5, 0], [1.0 / 3, 1.0 / 3, 1.0 / 3]])
    check(f, [-inf, -inf, 2], [-inf, -inf, 2], [[0, 0, 0], [0, 0, 0], [0, 0, 1]])
    check(
      f, [-800, -inf, -801], [-800, -800, -799.6867383124818],
      [
        [1, 0, 0], [1, 0, 0], [0.7310585786300049, 0, 0.2689414213699951],
      ], tolerance: 4e-16)
    check(f, [inf, 1, inf], [inf, inf, inf], [[1, 0, 0], [1, 0, 0], [0.5, 0, 0.5]])
    check(f, [1, inf], [1, inf], [[1, 0], [0, 1]])
    let small = 4.248354255291589e-18
    check(f, [40, 0], [40, 40], [[1, 0], [1, small]])
    check(f, [0, -40], [0, small], [[1, 0], [1, small]])
    check(f, [-40, 0], [-40, small], [[1, 0], [small, 1]])
    for (index, mode) in [JacobianMode.forward, .reverse, .forward, .reverse].enumerated() {
      let last = { (x: Tensor) in f(x)[1] }
      let gradient = index < 2 ? grad(last) : { jacobian(last, mode: .forward)($0) }
      let actual = numbers(jacobian(gradient, mode: mode)([40, 0]))
      let isClose = zip(actual, [small, -small, -small, small]).allSatisfy { abs($0 / $1 - 1) < 1e-14 }
      #expect(isClose, "\(actual)")
    }
  }

  @Test func quantilesWithInfinities() {
    let x = Tensor([1, inf, -inf, 3])
    #expect(x.quantile([0, 0.5, 1]).scalars(as: Double.self) == [-inf, 2, inf])
    #expect(Double(Tensor([inf, inf, inf]).median()) == inf && Double(Tensor([2, inf]).quantile(0)) == 2)
    #expect(Double(Tensor([1, nan]).median()).isNaN && Double(Tensor([nan, nan]).nanMedian()).isNaN)
    #expect(grad { $0.quantile(0.25) }([3, 1, 2, 4, 5]).scalars(as: Double.self) == [0, 0, 1, 0, 0])
    #expect(Double(grad { q in Tensor([1.0, 3, 7]).quantile(q) }(0.75)) == 8)
    // At equal elements the derivative goes to the one that the order puts there.
    #expect(grad { $0.median() }([1, 1, 1]).scalars(as: Double.self) == [0, 1, 0])
    #expect(Tensor([Float(1), 2]).quantile(0.5).dtype == .float32)
  }

  @Test func maskedReductions() {
    let x = Tensor([1, nan, -inf])
    #expect(Double(x.sum(where: Tensor([true, false, false]))) == 1)
    #expect(grad { square($0).sum(where: Tensor([true, false, false])) }(x).scalars(as: Double.self) == [2, 0, 0])
    #expect(Double(x.max(where: Tensor([false, false, true]))) == -inf)
    #expect(grad { $0.nanMax() }(Tensor([nan, -inf, -inf])).scalars(as: Double.self) == [0, 0.5, 0.5])
    #expect(grad { $0.nanMax() }(Tensor([nan, 4, 4, 1])).scalars(as: Double.self) == [0, 0.5, 0.5, 0])
    for empty in [
      x.mean(where: Tensor(false)), x.max(where: Tensor(false)),
      x.variance(where: Tensor([true, false, false]), correction: 1),
      x.standardDeviation(where: Tensor(false)),
    ] {
      #expect(Double(empty).isNaN)
    }
    #expect(Double(x.nanProd(axes: [0])) == -inf && Double(Tensor([nan]).nanSum()) == 0)
    #expect(numbers(grad { $0.nanStandardDeviation() }(Tensor([2, nan, 2]))) == [0, 0, 0])
    #expect(Tensor([1, 2] as [Int64]).sum(where: Tensor([true, false])).scalars(as: Int64.self) == [1])
  }

  @Test func interpolation() {
    let (xs, ys): (Tensor, Tensor) = ([0, 1, 3], [1, 2, 0])
    let f: (Tensor) -> Tensor = { interp($0, xs, ys) }
    check(
      f, [-1, 0, 1, 3, 4], [1, 1, 2, 0, 0],
      [
        [0, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, -1, 0, 0], [0, 0, 0, -1, 0], [0, 0, 0, 0, 0],
      ])
    #expect(Double(interp(2, [0, 2, 2], [1, 5, 9])) == 9)
    #expect(Double(interp(7, [0], [5])) == 5)
  }

  @Test func dynamicSlices() {
    let x = counting([3, 4])
    let f = { (x: Tensor, i: Tensor) in x.dynamicSlice(at: Tensor.stacked([i, i]), sizes: [2, 2]) }
    for (start, first) in [(0, 1.0), (1, 6), (5, 7), (-1, 7), (-9, 1), (-3, 2)] {
      let i = Tensor(Int64(start))
      let slices = [f(x, i), jit(f)(x, i), vmap(f, axes: [nil, 0])(x, Tensor([Int64(start)]))[0]]
      for slice in slices { #expect(Double(slice[0, 0]) == first && slice.shape == [2, 2], "\(start) \(slice)") }
    }
    let ones = Tensor.ones([2, 2])
    let g = { (i: Tensor) in x.dynamicUpdateSlice(ones, at: Tensor.stacked([i, 1])) }
    for result in [g(Tensor(Int64(9))), jit(g)(Tensor(Int64(9))), vmap(g)(Tensor([0, 9] as [Int64]))[1]] {
      #expect(numbers(result) == [1, 2, 3, 4, 5, 1, 1, 8, 9, 1, 1, 12])
    }
    #expect(
      numbers(x.dynamicUpdateSlice(Tensor.zeros([1, 4]), at: [1, 3])) == [1, 2, 3, 4, 0, 0, 0, 0, 9, 10, 11, 12])
    #expect(numbers(x.dynamicUpdateSlice(x * 2, at: [1, 3])) == numbers(x * 2))
  }

  @Test func oneHotRows() {
    let indices = Tensor([2, 0, -1] as [Int64])
    for rows in [
      indices.oneHot(classes: 3), jit { $0.oneHot(classes: 3) }(indices), vmap { $0.oneHot(classes: 3) }(indices),
    ] {
      #expect(numbers(rows) == [0, 0, 1, 1, 0, 0, 0, 0, 1])
    }
    #expect(indices.oneHot(classes: 4, dtype: .bool).type == TensorType(.bool, [3, 4]))
  }

  @Test func trianglesDropWhatIsNotFinite() {
    let x = Tensor([[1, inf], [nan, 2]])
    #expect(numbers(x.tril().triu()) == [1, 0, 0, 2])
    #expect(numbers(grad { sqrt($0.triu()).sum() }(x)).prefix(1) == [0.5])
    #expect(numbers(grad { ($0 * $0).tril().triu().sum() }(x)) == [2, 0, 0, 4])
  }
}
