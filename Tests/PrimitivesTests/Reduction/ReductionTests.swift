import Foundation
import Jacobi
import TestSupport
import Testing

/// Reductions against loops, at the edges, and their derivatives.
@Suite struct ReductionTests {
  /// Folds the elements along an axis of a row-major array.
  private func fold(
    _ x: [Double], _ shape: [Int], _ axis: Int, _ combine: (Double, Double) -> Double
  ) -> [Double] {
    let inner = shape[(axis + 1)...].reduce(1, *)
    let outer = shape[..<axis].reduce(1, *)
    return (0..<(outer * inner)).map { line in
      let run = (0..<shape[axis]).map { x[(line / inner * shape[axis] + $0) * inner + line % inner] }
      return run.dropFirst().reduce(run[0], combine)
    }
  }

  @Test(arguments: [[5], [2, 3], [3, 100], [100, 3], [2, 70, 3], [1, 2000], [600, 20]])
  func everyAxis(shape: [Int]) {
    let scalars = (0..<shape.reduce(1, *)).map { Double(($0 * 37) % 101) / 10 - 5 }
    let x = Tensor(shape: shape, scalars: scalars)
    for axis in shape.indices {
      var kept = shape
      kept.remove(at: axis)
      func expect(_ actual: Tensor, _ combine: @escaping (Double, Double) -> Double) {
        expectEqual(actual, Tensor(shape: kept, scalars: fold(scalars, shape, axis, combine)), tolerance: 1e-11)
      }
      expect(x.sum(axis: axis), +)
      expect(x.max(axis: axis - shape.count), Swift.max)
      expect(x.min(axis: axis), Swift.min)
      let scaled = 1 + x / 100
      expectEqual(
        scaled.prod(axis: axis),
        Tensor(shape: kept, scalars: fold(scalars.map { 1 + $0 / 100 }, shape, axis, *)), tolerance: 1e-11)
      expectEqual(x.mean(axis: axis, keepingDimensions: true).squeezed(axis: axis), x.sum(axis: axis) / shape[axis])
      let positive = (x .> 0)
      expectEqual(positive.all(axis: axis), (x.min(axis: axis) .> 0))
      expectEqual(positive.any(axis: axis), (x.max(axis: axis) .> 0))
      expectEqual(
        x.takeAlongAxis(x.argmax(axis: axis, keepingDimensions: true), axis: axis).squeezed(axis: axis),
        x.max(axis: axis))
      let running = x.cumsum(axis: axis)
      expectEqual(
        running[.ellipsis].flipped(axis: axis).take([0], axis: axis).squeezed(axis: axis), x.sum(axis: axis),
        tolerance: 1e-11)
      expectEqual(
        x.flipped(axis: axis).cumsum(axis: axis).flipped(axis: axis), x.cumsum(axis: axis, reversed: true),
        tolerance: 1e-11)
    }
  }

  @Test func severalAxes() {
    let x = counting([2, 3, 4])
    expectEqual(x.sum(axes: [0, 2]), x.sum(axis: 2).sum(axis: 0))
    expectEqual(x.sum(axes: [-1, 1]), x.sum(axis: 2).sum(axis: 1))
    expectEqual(x.max(axes: [0, 2], keepingDimensions: true), x.max(axis: 2).max(axis: 0).reshaped([1, 3, 1]))
    expectEqual(x.variance(), Tensor((24.0 * 24 - 1) / 12))
    expectEqual(x.variance(axis: 2, correction: 1), Tensor.full([2, 3], Tensor(5.0 / 3)))
    expectEqual(x.standardDeviation(), Tensor(((24.0 * 24 - 1) / 12).squareRoot()))
    #expect(Int(x.argmax()) == 23)
    #expect(Int(x.argmin()) == 0)
    #expect(x.argmax(axis: 1).dtype == .int64)
  }

  /// Wherever it stands: long runs and rows are combined in several totals at once.
  @Test func oneNanIsTheExtremum() {
    for place in 0..<40 {
      var column = (0..<40).map { Double($0 * 7 % 11) }
      column[place] = .nan
      let rows = Tensor(column.map { [$0, 1, -$0] })
      let single = Tensor(column.map { Float($0) })
      for x in [Tensor(column), rows[.all, 0], rows[.all, 2], single] {
        #expect(Double(x.max()).isNaN && Double(x.min()).isNaN)
      }
      for extremum in [rows.max(axis: 0), rows.min(axis: 0)] {
        #expect(extremum.scalars(as: Double.self).map(\.isNaN) == [true, false, true])
      }
    }
  }

  @Test func edges() {
    #expect(Double(Tensor([1.0, .nan, 3]).max()).isNaN)
    #expect(Double(Tensor([.nan, 1.0, 3]).min()).isNaN)
    #expect(Int(Tensor([1.0, .nan, 3, .nan]).argmax()) == 1)
    #expect(Int(Tensor([1.0, 3, 3]).argmax()) == 1)
    #expect(Double(Tensor([Double]()).sum()) == 0)
    #expect(Double(Tensor([Double]()).prod()) == 1)
    #expect(Bool(Tensor([Bool]()).all()) && !Bool(Tensor([Bool]()).any()))
    #expect(Double(Tensor(2.0).max()) == 2)
    #expect(Int(Tensor([Int32.max, 1]).sum()) == Int(Int32.min))
    // A million tenths: pairwise summation keeps the error near the last place.
    let sum = Double(Tensor([Double](repeating: 0.1, count: 1_000_000)).sum())
    #expect(Swift.abs(sum - 100_000) < 1e-9)
  }

  @Test func derivativesWithTiesAndZeros() {
    expectEqual(grad { x in x.max() }([1, 3, 3]), [0.0, 0.5, 0.5])
    expectEqual(grad { x in x.min(axis: 0).sum() }([[1.0, 2], [1, 0]]), [[0.5, 0], [0.5, 1]])
    expectEqual(grad { x in x.prod() }([2.0, 0, 5]), [0.0, 10, 0])
    expectEqual(grad { x in x.prod() }([2.0, 0, 0]), [0.0, 0, 0])
    expectEqual(hessian { x in x.prod() }([2.0, 0, 0]), [[0.0, 0, 0], [0, 0, 2], [0, 2, 0]])
    expectEqual(hessian { x in x.prod() }([2.0, 3, 4]), [[0.0, 4, 3], [4, 0, 2], [3, 2, 0]])
    expectGradient({ x in sin(x.prod(axes: [0, 2])).sum() }, at: counting([2, 2, 3]) / 8)
    expectGradient({ x in sin(x.variance(axis: 0)).sum() + x.standardDeviation() }, at: counting([3, 2]) * 0.3)
    expectGradient({ x in sin(x.cumsum(axis: 1)).sum() }, at: counting([2, 3]))
    // Elements that are not the largest contribute nothing, whatever stands before them.
    expectEqual(grad { x in x.standardDeviation() }([2.0, 2]), [0.0, 0])
  }

  @Test func composites() {
    let x = Tensor([[1.0, 2, 3], [-1, 0, 1000]])
    expectEqual(x.logSumExp(axis: 1), [3.40760596444437991, 1000])
    expectEqual(x.softmax().sum(axis: 1), [1.0, 1])
    expectEqual(exp(x.logSoftmax()), x.softmax())
    expectEqual(grad { x in x.logSumExp() }([0.0, 0]), [0.5, 0.5])
    let infinite = Tensor([-Double.infinity, -Double.infinity])
    #expect(Double(infinite.logSumExp()) == -.infinity)
    expectEqual(grad { x in x.logSumExp() }(infinite), [0.0, 0])
    expectEqual(grad { x in x.logSumExp() }(Tensor([-.infinity, 1.0])), [0.0, 1])
    #expect(Double(Tensor([Double]()).logSumExp()) == -.infinity)
    expectEqual(Tensor([3e200, 4e200]).norm() / 1e200, Tensor(5.0))
    expectEqual(Tensor([3e-200, 4e-200]).norm() * 1e200, Tensor(5.0))
    #expect(Double(Tensor([Double]()).norm()) == 0)
    #expect(Double(Tensor([1, Double.infinity]).norm()) == .infinity)
    expectEqual(grad { x in x.norm() }([0.0, 0]), [0.0, 0])
    expectEqual(grad { x in x.norm() }([3.0, 4]), [0.6, 0.8])
    expectEqual(hessian { x in x.norm() }([3.0, 4]), [[0.128, -0.096], [-0.096, 0.072]])
    expectEqual(complex(3, 4).norm(), Tensor(5.0))
    expectGradient({ x in sin(x.norm(axis: 0)).sum() }, at: counting([2, 3]))
    expectGradient({ x in (x.softmax(axis: 0) * counting([2, 3])).sum() }, at: counting([2, 3]) / 3)
    expectGradient({ x in (x.logSoftmax() * counting([2, 3])).sum() }, at: counting([2, 3]) / 3)
  }

  @Test func errors() {
    #expect(
      message { _ = Tensor([Double]()).max() }
        == "reduceMax: there are no elements along axes [0] of shape [0] | a maximum or minimum needs at least one element"
    )
    #expect(
      message { _ = counting([2, 3]).sum(axis: 2) }
        == "sum: axis 2 is not an axis of a tensor of rank 2 | axes go from 0 to 1, or from -1 down to -2")
    #expect(
      message { _ = counting([2, 3]).sum(axes: [0, -2]) }
        == "sum: axis -2 is named twice in [0, -2] | name each axis once")
    #expect(
      message { _ = Tensor([1, 2] as [Int64]).mean() }
        == "mean: is not defined for int64 | convert first: x.asType(.float64).mean()")
    #expect(
      message { _ = counting([0, 2]).mean(axis: 0) }
        == "mean: there are no elements along axes [0] of shape [0, 2]")
    #expect(
      message { _ = counting([2]).all() }
        == "reduceAll: is defined for bool, not float64 | compare first: (x .!= 0).all()")
    #expect(
      message { _ = complex(1, 2).max() }
        == "reduceMax: is not defined for complex128, which has no order | compare magnitudes or real parts")
    #expect(
      message { _ = counting([1]).variance(correction: 1) }
        == "variance: 1 elements along axes [0] with correction 1 leave nothing to divide by | use more elements, or "
        + "correction 0")
    #expect(message { _ = counting([2]).sum(axis: .min) } != "no error")
    #expect(message { _ = Tensor(1.0).argmax(axis: 0) } != "no error")
    #expect(
      message { _ = Tensor([1, 2] as [Int64]).logSumExp() }
        == "logSumExp: is not defined for int64 | convert first: x.asType(.float64)")
  }
}
