import Jacobi
import Testing

/// Running sums of many numbers keep their digits.
@Suite struct CumulativeSumTests {
  @Test(arguments: [false, true]) func singlePrecision(isCompiled: Bool) {
    let count = 1_000_000
    func last(_ x: Tensor, axis: Int = 0, reversed: Bool = false) -> Tensor {
      let f = { (x: Tensor) in CumulativeSum(axis: axis, reversed: reversed).bind(x) }
      return isCompiled ? jit(f)(x) : f(x)
    }
    let tenth = Double(Float(0.1))
    func isClose(_ actual: Tensor, _ expected: Double) -> Bool {
      abs(Double(actual.asType(.float64)) - expected) <= 1e-7 * expected
    }
    let line = Tensor([Float](repeating: 0.1, count: count))
    #expect(isClose(last(line)[count - 1], tenth * Double(count)))
    #expect(isClose(last(line, reversed: true)[0], tenth * Double(count)))
    for width in [3, 17, 130] {
      let rows = count / 100 / width
      let columns = Tensor([Float](repeating: 0.1, count: rows * width)).reshaped([rows, width])
      let sums = last(columns)
      #expect(
        isClose(sums[rows - 1, 0], tenth * Double(rows)) && isClose(sums[rows - 1, width - 1], tenth * Double(rows)))
      #expect(isClose(sums[0, width - 1], tenth))
    }
    let complexes = complex(line, 2 * line)
    #expect(isClose(imaginaryPart(last(complexes)[count - 1]), 2 * tenth * Double(count)))
  }
}
