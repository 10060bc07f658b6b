import Jacobi
import TestSupport
import Testing

/// Reading and writing parts of tensors.
@Suite struct IndexingTests {
  let x = counting([3, 4])

  @Test func reading() {
    expectEqual(x[1], [5.0, 6, 7, 8])
    expectEqual(x[-1, -1], Tensor(12.0))
    expectEqual(x[1..., 0], [5.0, 9])
    expectEqual(x[0, 1...2], [2.0, 3])
    expectEqual(x[0, 1..<2], [2.0])
    expectEqual(x[..<(-1), ...1], [[1.0, 2], [5, 6]])
    expectEqual(x[-2 ... -1, 3], [8.0, 12])
    expectEqual(x[..., 0], [1.0, 5, 9])
    expectEqual(x[0, ...], x[0])
    expectEqual(x[...], x)
    expectEqual(x[.ellipsis, 0], [1.0, 5, 9])
    expectEqual(x[.newAxis, 0, .newAxis, 1..<3, .newAxis], Tensor(shape: [1, 1, 2, 1], scalars: [2.0, 3]))
    expectEqual(x[.strided(by: 2), .strided(by: -1)], [[4.0, 3, 2, 1], [12, 11, 10, 9]])
    expectEqual(x[0, .strided(from: 3, to: 0, by: -2)], [4.0, 2])
    expectEqual(x[.all, 2], [3.0, 7, 11])
    #expect(x[1..<1].shape == [0, 4])
    #expect(x[3...].shape == [0, 4])
    #expect(Tensor(2.0)[...].shape == [])
    #expect(Tensor(2.0)[.newAxis].shape == [1])
  }

  @Test func indexTensorsAndMasks() {
    let i: Tensor = [2, 0]
    expectEqual(x[i], [[9.0, 10, 11, 12], [1, 2, 3, 4]])
    expectEqual(x[[2, -1]], [[9.0, 10, 11, 12], [9, 10, 11, 12]])
    expectEqual(x[1..., Tensor([[0, -1], [1, 1]] as [[Int32]])], [[[5.0, 8], [6, 6]], [[9, 12], [10, 10]]])
    expectEqual(x[i, [1, -1]], [10.0, 4])
    expectEqual(x[Tensor([[0], [1]] as [[Int64]]), [0, 1, 2]], [[1.0, 2, 3], [5, 6, 7]])
    expectEqual(counting([2, 3, 4])[1, [0, 2], [1, 3]], [14.0, 24])
    expectEqual(x[x .> 9], [10.0, 11, 12])
    expectEqual(x[Tensor([true, false, true])], [[1.0, 2, 3, 4], [9, 10, 11, 12]])
    expectEqual(x[0, Tensor([true, false, true, false])], [1.0, 3])
    #expect(x[x .> 99].shape == [0])
    expectEqual(x.take([[0, 1]], axis: 1), x[.all, .newAxis, 0..<2])
  }

  @Test func writing() {
    var y = x
    y[0, 1] = 20
    y[2] = 0
    y[1, 2...] += 100
    expectEqual(y, [[1.0, 20, 3, 4], [5, 6, 107, 108], [0, 0, 0, 0]])
    expectEqual(x[0, 1], Tensor(2.0))
    y[..., 0] = [7, 8, 9]
    expectEqual(y[.all, 0], [7.0, 8, 9])
    y[[0, 0, 1], 1] = [1, 2, 3]
    expectEqual(y[.all, 1], [2.0, 3, 0])
    y[y .> 100] = -1
    expectEqual(y[1], [8.0, 3, -1, -1])
    y[.strided(by: 2), [3, 0]] = [[1, 2], [3, 4]]
    expectEqual(y, [[2.0, 2, 3, 1], [8, 3, -1, -1], [4, 0, 0, 3]])
    y[[2, 0]] *= 2
    expectEqual(y[.all, 0], [4.0, 8, 8])
    var v: Tensor = [1, 2, 3]
    v[0] = Tensor(5.0)
    v[-1] *= 2
    expectEqual(v, [5.0, 2, 6])
    var f = Tensor([Float(1), 2])
    f[0] = 7
    expectEqual(f, Tensor([Float(7), 2]))
    var literal: Tensor = [1, 2]
    literal[0] = Tensor(Float(3))
    expectEqual(literal, Tensor([Float(3), 2]))
    var scalar: Tensor = 3
    scalar[...] = 4
    #expect(Double(scalar) == 4)
    let sum = Tensor([0.0, 0]).adding([1, 2, 3], at: [0, 1, 0])
    expectEqual(sum, [4.0, 2])
  }

  @Test func differentiating() {
    expectGradient({ x in sin(x[1..., [0, 0, 2]] * x[0, 1]).sum() }, at: counting([3, 3]) / 5)
    expectGradient({ x in sin(x[x .> 0.9]).sum() }, at: counting([2, 4]) / 5)
    func setting(_ x: Tensor) -> Tensor {
      var y = x * x
      y[0] = sin(x[1])
      y[1...] += x[0]
      y[[0, 0, 2]] = x[..<3] * 3
      y[.strided(by: -2)] *= y[0]
      return (y * counting([4])).sum()
    }
    expectGradient(setting, at: counting([4]) / 3)
    let h = hessian(setting)(counting([4]) / 3)
    expectEqual(h, jacobian(grad(setting), mode: .forward)(counting([4]) / 3))
    // A concrete variable that takes traced elements.
    expectEqual(
      grad { x in
        var y = Tensor.zeros([3])
        for i in 0..<3 { y[i] = x[i] * Double(i) }
        return y.sum()
      }([1.0, 1, 1]), [0.0, 1, 2])
    // What is overwritten contributes nothing, even where it is not finite.
    expectEqual(
      grad { x in
        var y = log(x)
        y[0] = 0
        return y.sum()
      }([0.0, 2]), [0.0, 0.5])
    expectGradient({ x in x.adding(x * 2, at: [1, 1, 0]).prod() }, at: [1.0, 2, 3])
    expectGradient({ x in (x.sorted() * counting([4])).sum() }, at: [3.0, 1, 4, 2])
    expectEqual(vmap { x in x[[1, 0]] }(x), x[.all, [1, 0]])
    expectEqual(
      vmap { (x: Tensor) -> Tensor in
        var y = x
        y[1] = x[0]
        y[[2, 3]] = x[1]
        return y
      }(x), [[1.0, 1, 2, 2], [5, 5, 6, 6], [9, 9, 10, 10]])
  }

  @Test func sorting() {
    let values = [3.0, -.infinity, .nan, 1, 3, 2]
    expectEqual(Tensor(values).sorted(), Tensor([-.infinity, 1.0, 2, 3, 3, .nan]))
    expectEqual(Tensor(values).argsorted(), Tensor([1, 3, 5, 0, 4, 2] as [Int64]))
    expectEqual(Tensor(values).argsorted(descending: true), Tensor([0, 4, 5, 3, 1, 2] as [Int64]))
    expectEqual(Tensor([[3, 1], [2, 5]] as [[Int32]]).sorted(axis: 0), Tensor([[2, 1], [3, 5]] as [[Int32]]))
  }

  @Test func errors() {
    #expect(
      message { _ = self.x[3] }
        == "subscript: index 3 is outside axis 0 of shape [3, 4] | indices go from 0 to 2, or from -1 down to -3")
    #expect(
      message { _ = self.x[0, -5] }
        == "subscript: index -5 is outside axis 1 of shape [3, 4] | indices go from 0 to 3, or from -1 down to -4")
    #expect(
      message { _ = self.x[1..<7] }
        == "subscript: range 1..<7 is outside axis 0 of shape [3, 4] | bounds go from 0 to 3, or from -1 down to -3")
    #expect(
      message { _ = self.x[0, 0, 0] }
        == "subscript: 3 indices for a tensor of shape [3, 4], which has 2 axes | give at most one index for each axis; "
        + ".newAxis makes a new one")
    #expect(
      message { _ = Tensor(1.0)[0] }
        == "subscript: a scalar cannot be indexed: it has no axes | leave the index out, or begin with a tensor that has "
        + "axes, such as [x, y]")
    #expect(
      message { _ = self.x[[0, 3]] }
        == "subscript: index 3 is outside axis 0, which has size 3 | indices go from 0 to 2, or from -1 down to -3")
    #expect(
      message { _ = self.x[Tensor([0.5, 1])] }
        == "subscript: the indices have type float64[2]; indices are integers | make them from integers, for example "
        + "Tensor([0, 2] as [Int64]), or convert with x.asType(.int64)")
    #expect(
      message { _ = self.x[[0], ..., [1], .newAxis, [0]] } != "no error")
    #expect(
      message { _ = self.x[Tensor([true, false])] }
        == "subscript: a mask of size 2 does not fit axis 0 of shape [3, 4] | a mask has the sizes of the axes that it covers"
    )
    #expect(
      message {
        var y = self.x
        y[0] = [1, 2, 3]
      }
        == "subscript: a tensor of shape [3] does not fit a part of shape [4] | its shape must broadcast to that of the part"
    )
    #expect(
      message {
        var y = self.x
        y[0] = Tensor([Float(1)])
      } != "no error")
    #expect(
      message {
        var y = Tensor([1, 2] as [Int64])
        y[0] = 2.5
      } != "no error")
    for wrong in [Int.min, .max] {
      #expect(message { _ = self.x[wrong] } != "no error")
      #expect(message { _ = self.x[0, wrong] } != "no error")
      #expect(message { _ = self.x[wrong...] } != "no error")
      #expect(message { _ = self.x[...wrong] } != "no error")
      #expect(message { _ = self.x[.strided(from: wrong)] } != "no error")
      #expect(message { _ = self.x[.strided(to: wrong)] } != "no error")
      #expect(message { _ = self.x[[wrong]] } != "no error")
    }
    _ = x[.strided(by: .max)]
    #expect(message { _ = self.x[.strided(by: .min)] } != "no error")
    #expect(message { _ = self.x[.strided(by: 0)] } != "no error")
  }
}
