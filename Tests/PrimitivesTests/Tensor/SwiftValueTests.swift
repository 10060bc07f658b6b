import Jacobi
import TestSupport
import Testing

/// What Swift programs have at hand goes where one expects it: shapes, integers, parts of arrays.
@Suite struct SwiftValueTests {
  let x = Tensor([[1.0, 2, 3], [4, 5, 6]])

  @Test func shapesAreSequences() {
    var sizes: [Int] = []
    for size in x.shape { sizes.append(size) }
    #expect(sizes == [2, 3])
    #expect([4] + x.shape == [4, 2, 3])
    #expect(x.shape + [4] == [2, 3, 4])
    #expect(x.shape.map { $0 + 1 } == [3, 4])
    #expect(Array(x.shape) == [2, 3])
    #expect(x.shape.max() == 3)
  }

  @Test func shapesAsSizes() {
    #expect(Tensor.zeros(x.shape).type == x.type)
    #expect(Tensor.ones(x.shape, dtype: .int32).type == TensorType(.int32, [2, 3]))
    #expect(Tensor.full(x.shape, 2.5)[0, 0].scalars(as: Double.self) == [2.5])
    #expect(x.flattened().reshaped(x.shape).shape == [2, 3])
    #expect(Tensor(1.0).broadcast(to: x.shape).shape == [2, 3])
    #expect(Tensor(shape: x.shape, scalars: [1.0, 2, 3, 4, 5, 6]).shape == [2, 3])
    #expect(Tensor.zeros([4] + x.shape).shape == [4, 2, 3])
    #expect(Tensor.zeros([]).shape == [])
    #expect(Tensor.zeros([2, 3]).shape == [2, 3])
  }

  @Test func integersAreInt64() {
    let (n, m) = (3, 4)
    #expect(Tensor(n).type == TensorType(.int64, []))
    #expect(Tensor([n, m]).type == TensorType(.int64, [2]))
    #expect(Tensor([[n, m]]).type == TensorType(.int64, [1, 2]))
    #expect(Tensor([n, m, 5][1...]).scalars(as: Int.self) == [4, 5])
    #expect(Tensor(shape: [2], scalars: [n, m]).scalars(as: Int.self) == [3, 4])
    let places = [1, 0]
    #expect(x.take(places).scalars(as: Double.self) == [4, 5, 6, 1, 2, 3])
    #expect(x.take(places, axis: 1).shape == [2, 2])
    #expect(Tensor(Int.max).scalars(as: Int.self) == [.max])
  }

  /// Literals stay what they were: float64.
  @Test func literalsAreFloat64() {
    for literal in [Tensor(3), Tensor([1, 2]), Tensor([[1, 2], [3, 4]]), Tensor([[[1, 2]]]), Tensor([1, 2.5])] {
      #expect(literal.dtype == .float64)
    }
  }

  @Test func partsOfArraysAndThreeLevels() {
    let values = [1.0, 2, 3, 4]
    #expect(Tensor(values[1...]).scalars(as: Double.self) == [2, 3, 4])
    #expect(Tensor([[values, values]]).shape == [1, 2, 4])
    #expect(Tensor([[[Double]]]()).shape == [0, 0, 0])
    let ragged = [[[1.0, 2]], [[3.0]]]
    #expect(message { _ = Tensor(ragged) }.contains("have different lengths"))
  }

  @Test func pi() {
    expectClose(2 * .pi * Tensor([1.0, 2]), [6.283185307179586, 12.566370614359172])
    #expect((.pi * Tensor([Float(1)])).dtype == .float32)
    expectClose(grad { x in sin(.pi * x) }(1), Tensor(-Double.pi))
  }

  @Test func powers() {
    let (n, u) = (3, 2.0)
    let x = Tensor([2.0, 3])
    expectClose(pow(x, n), [8, 27])
    expectClose(pow(x, u), [4, 9])
    expectClose(u ** x, [4, 8])
    expectClose(pow(2, x), [4, 8])
  }
}

@Suite struct SlicingTests {
  let x = Tensor.arange(6)

  @Test func rangesThatEndBeforeTheEnd() {
    #expect(x[1 ..- 1].scalars(as: Double.self) == [1, 2, 3, 4])
    #expect(x[..-2].scalars(as: Double.self) == [0, 1, 2, 3])
    #expect(x[2 ..- 0].scalars(as: Double.self) == [2, 3, 4, 5])
    #expect(x[-3 ..- 1].scalars(as: Double.self) == [3, 4])
    #expect(x[3 ..- 3].shape == [0])
    let m = x.reshaped(2, 3)
    #expect(m[0, 1 ..- 1].scalars(as: Double.self) == [1])
    #expect(m[..., ..-1].scalars(as: Double.self) == [0, 1, 3, 4])
    #expect(m[0 ..- 1, 1 ..- 1].shape == [1, 1])
    let n = 2
    #expect(x[n ..- n].scalars(as: Double.self) == [2, 3])
  }

  @Test func dropping() {
    #expect(x.dropping(first: 1, last: 1).scalars(as: Double.self) == [1, 2, 3, 4])
    #expect(x[.dropping(last: 4)].scalars(as: Double.self) == [0, 1])
    let m = x.reshaped(2, 3)
    #expect(m.dropping(first: 1, axis: 1).scalars(as: Double.self) == [1, 2, 4, 5])
    #expect(m.dropping(first: 1, axis: -2).scalars(as: Double.self) == [3, 4, 5])
  }

  @Test func stencils() {
    let laplacian = { (u: Tensor) in u[2...] - 2 * u[1 ..- 1] + u[..-2] }
    #expect(laplacian(x * x).scalars(as: Double.self) == [2, 2, 2, 2])
    expectClose(grad { u in laplacian(u)[1] }(x), [0, 1, -2, 1, 0, 0])
    #expect(jit(laplacian)(x * x).scalars(as: Double.self) == [2, 2, 2, 2])
  }

  @Test func writing() {
    var y = x
    y[1 ..- 1] = 0
    #expect(y.scalars(as: Double.self) == [0, 0, 0, 0, 0, 5])
    y[..-4] += 3
    #expect(y.scalars(as: Double.self) == [3, 3, 0, 0, 0, 5])
  }

  @Test func errors() {
    #expect(message { _ = x[4 ..- 4] }.contains("range 4..-4 of axis 0 of shape [6] ends before it begins"))
    #expect(message { _ = x[1 ..- 7] }.contains("is outside axis 0"))
    #expect(message { _ = x[1 ..- (-1)] }.contains("b is at least 0"))
    #expect(message { _ = x.dropping(first: -1) }.contains("-1 elements cannot be left out"))
    #expect(message { _ = x.dropping(first: 1, axis: 2) }.contains("axis 2"))
  }
}

/// `bool` as a mask, and logic under Swift's names.
@Suite struct BoolTests {
  let mask = Tensor([true, false, true])

  @Test func countsAndShares() {
    #expect(mask.sum().scalars(as: Int.self) == [2])
    #expect(Tensor([[true, true], [false, true]]).sum(axis: 0).scalars(as: Int.self) == [1, 2])
    expectClose(mask.mean(), Tensor(2.0 / 3))
    #expect(jit { x in (x .> 0).sum() }([1, -1, 2]).scalars(as: Int.self) == [2])
    #expect(vmap { x in (x .> 0).sum() }([[1, -1], [2, 3]]).scalars(as: Int.self) == [1, 2])
  }

  @Test func multiplies() {
    expectClose(mask * Tensor([1.0, 2, 3]), [1, 0, 3])
    expectClose(Tensor([1.0, 2, 3]) * mask, [1, 0, 3])
    #expect((Tensor([Float(1), 2, 3]) * mask).dtype == .float32)
    #expect((Tensor([1, 2, 3] as [Int32]) * mask).dtype == .int32)
    expectClose(2.5 * mask, [2.5, 0, 2.5])
    expectClose(grad { x in (x * x * (x .> 0)).sum() }([1, -2, 3]), [2, 0, 6])
    #expect(message { _ = mask + Tensor([1.0, 2, 3]) }.contains("bool"))
  }

  @Test func logic() {
    let other = Tensor([true, true, false])
    #expect((mask & other).scalars(as: Bool.self) == [true, false, false])
    #expect((mask | other).scalars(as: Bool.self) == [true, true, true])
    #expect((!mask).scalars(as: Bool.self) == [false, true, false])
    #expect((~mask).scalars(as: Bool.self) == [false, true, false])
    let x = Tensor([1.0, 5, 9])
    #expect(((x .> 2) & (x .< 8) | !(x .== x)).scalars(as: Bool.self) == [false, true, false])
    let (a, b) = (Tensor([6, 5] as [Int64]), Tensor([3, 3] as [Int64]))
    #expect((a & b).scalars(as: Int.self) == [2, 1])
    #expect((a | b).scalars(as: Int.self) == [7, 7])
    #expect((~a).scalars(as: Int.self) == [-7, -6])
    #expect(message { _ = x & x }.contains("bool"))
  }
}
