import Jacobi
import TestSupport
import Testing

/// What the functions say to bad input: what is wrong, and what to write instead.
@Suite struct FunctionErrorTests {
  private let x = Tensor([1.0, 2, 3])
  private let i = Tensor([1, 0, 2] as [Int64])

  @Test func integerDivision() {
    #expect(
      message { _ = i / Tensor([1, 0, 0] as [Int64]) }
        == "integerQuotient: 0 is divided by 0 at [1] | replace zeros first: x / Tensor.where(y .== 0, 1, y)")
    #expect(message { _ = i % 0 }.hasPrefix("integerRemainder: 1 is divided by 0 at [0]"))
    #expect(
      message { _ = Tensor(Int32.min) / -1 }.hasPrefix(
        "integerQuotient: -2147483648 divided by -1 is not in the range of int32"))
    #expect(
      message { _ = x % 2 }
        == "integerRemainder: is not defined for float64 | fmod(x, y) has the sign of x, mod(x, y) that of y")
    #expect(message { _ = i / x }.contains("cannot mix int64[3] and float64[3]"))
    #expect(message { _ = i / 2.5 }.contains("2.5 is not a value of type int64"))
    #expect(message { _ = reciprocal(i) }.contains("divide: is not defined for int64"))
    #expect(message { _ = jit { $0 / Tensor(Int64(0)) }(i) }.contains("divided by 0"))
    var y = i
    y /= 2
    y %= 2
    #expect(y.scalars(as: Int64.self) == [0, 0, 1])
    #expect((7 / i[0]).scalars(as: Int64.self) == [7] && (7 % Tensor(Int64(4))).scalars(as: Int64.self) == [3])
  }

  /// An example of a batch that does not divide does not fail.
  @Test func divisionThatIsNotChosen() throws {
    let f = { (x: Tensor) in
      cond(x .!= 0) {
        12 / x
      } else: {
        x
      }
    }
    for g in [vmap(f), { jit(vmap(f))($0) }] {
      #expect(try catchingTensorErrors { g(Tensor([3, 0, -5] as [Int64])) }.scalars(as: Int64.self) == [4, 0, -2])
    }
  }

  @Test func statistics() {
    #expect(message { _ = x.quantile(1.5) }.hasPrefix("quantile: q is 1.5, which is not between 0 and 1"))
    #expect(message { _ = x.percentile(-1) }.contains("p is -1.0, which is not between 0 and 100"))
    #expect(message { _ = i.median() }.contains("median: is not defined for int64"))
    #expect(message { _ = Tensor.zeros([0]).median() }.contains("there are no elements along axes [0]"))
    #expect(message { _ = Tensor.zeros([2, 0]).nanMean(axis: 1) }.contains("there are no elements"))
    #expect(message { _ = Tensor.zeros([0]).nanMax() }.contains("there are no elements"))
    #expect(message { _ = Tensor.zeros([0]).maxWithIndex(axis: 0) }.contains("is empty"))
    #expect(message { _ = x.topK(4) }.contains("topK: 4 elements of axis -1 of shape [3], which has 3"))
    #expect(message { _ = x.sum(where: x) }.contains("sum(where:): the mask is float64[3]; it must be bool"))
    #expect(message { _ = x.sum(where: Tensor([true, false])) }.contains("does not broadcast to the shape [3]"))
    #expect(message { _ = i.max(where: i .> 0) }.contains("is not defined for int64"))
    #expect(message { _ = x.cumprod(axis: 1) }.contains("cumulativeProduct: axis 1 is not an axis"))
    #expect(message { _ = (x .> 0).cumprod(axis: 0) }.contains("is not defined for bool"))
  }

  @Test func shapes() {
    #expect(message { _ = cross(x, [1, 2]) }.contains("cross: axis -1 of the shapes [3] and [2] must have size 3"))
    #expect(message { _ = tensordot(x, x, axes: 2) }.contains("tensordot: 2 axes of the shapes [3] and [3]"))
    #expect(message { _ = tensordot(x, [1, 2], axes: 1) }.contains("do not fit"))
    #expect(message { _ = x.tril() }.contains("tril: a tensor of shape [3] has no triangle"))
    #expect(message { _ = x.diff(order: -1) }.contains("diff: the order is -1"))
    #expect(message { _ = trapezoid(x, x: [1, 2]) }.contains("trapezoid: places of shape [2] do not fit"))
    #expect(message { _ = trapezoid(i) }.contains("trapezoid: is not defined for int64"))
    #expect(message { _ = Tensor.meshgrid([Tensor.zeros([2, 2])]) }.contains("is not a vector"))
    #expect(message { _ = i.oneHot(classes: 2) }.contains("oneHot"))
    #expect(message { _ = i.oneHot(classes: -2) }.contains("is negative"))
    #expect(message { _ = x.dynamicSlice(at: 0, sizes: [4]) }.contains("a part of shape [4] does not fit"))
    #expect(message { _ = x.dynamicSlice(at: [0, 1], sizes: [2]) }.contains("starts of shape [2]"))
    #expect(message { _ = x.takeAlongAxis(Tensor([[0]] as [[Int64]]), axis: 0) }.contains("do not fit axis 0"))
    #expect(message { _ = interp(x, [1, 0], [1, 2]) }.contains("not in ascending order: see elements 0 and 1"))
    #expect(message { _ = interp(x, [1, 2], [1]) }.contains("are not points"))
    #expect(message { _ = Tensor.hstack([]) }.contains("hstack: there are no tensors"))
    #expect(message { _ = multivariateLogGamma(x, dimension: 0) }.contains("the dimension is 0"))
  }

  /// Results whose size depends on values, where a transform has none.
  @Test func counting() {
    let rows = Tensor([[1, 1], [2, 0]] as [[Int64]])
    #expect(message { _ = vmap { $0.unique() }(rows) } != "no error")
    #expect(message { _ = vmap { $0.nonzero()[0] }(rows) } != "no error")
    #expect(message { _ = vmap { $0.bincount() }(rows) } != "no error")
    #expect(numbers(vmap { $0.bincount(length: 3) }(rows)) == [0, 2, 0, 1, 0, 1])
    #expect(message { _ = Tensor([-1] as [Int64]).bincount() }.contains("-1 is not between 0"))
    #expect(message { _ = i.bincount(length: 2) }.contains("2 is not between 0 and 1"))
    #expect(message { _ = jit { $0.bincount(length: 2) }(Tensor([-1] as [Int64])) } != "no error")
    #expect(message { _ = x.bincount() }.contains("bincount: the indices have type float64"))
    #expect(message { _ = i.histogram() }.contains("histogram: is not defined for int64"))
    #expect(message { _ = x.histogram(bins: 0) }.contains("the number of bins is 0"))
    #expect(message { _ = Tensor([Double.nan]).histogram() }.contains("is not finite"))
    #expect(message { _ = Tensor(1.0).nonzero() }.contains("a scalar has no axes"))
    #expect(message { _ = isClose(x, x, relativeTolerance: -1) }.contains("a tolerance is -1.0"))
    #expect(message { _ = searchSorted(Tensor.zeros([2, 2]), x) }.contains("do not fit elements of shape [2, 2]"))
  }
}
