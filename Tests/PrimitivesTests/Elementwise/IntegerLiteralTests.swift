import Jacobi
import Testing

/// Whole numbers beyond 2^53, which a `Double` does not have.
@Suite struct IntegerLiteralTests {
  private let one = Tensor([1] as [Int64])
  private func integers(_ x: Tensor) -> [Int64] { x.scalars(as: Int64.self) }

  @Test func besideInt64() {
    #expect(integers(one + 9_007_199_254_740_993) == [9_007_199_254_740_994])
    #expect(integers(9_007_199_254_740_993 - one) == [9_007_199_254_740_992])
    #expect(integers(one * -9_007_199_254_740_993) == [-9_007_199_254_740_993])
    #expect(integers(one * 9_223_372_036_854_775_807) == [.max])
    #expect(integers(one * -9_223_372_036_854_775_808) == [.min])
    #expect(integers(max(one, 9_007_199_254_740_993)) == [9_007_199_254_740_993])
    #expect(integers(`where`(one .> 0, 9_007_199_254_740_993, one)) == [9_007_199_254_740_993])
    #expect(integers(clip(one, 9_007_199_254_740_993, 9_007_199_254_740_995)) == [9_007_199_254_740_993])
    #expect(Bool((Tensor(Int64(9_007_199_254_740_992)) .< 9_007_199_254_740_993)))
    #expect(
      integers(Tensor.full([2], 9_007_199_254_740_993, dtype: .int64)) == [
        9_007_199_254_740_993, 9_007_199_254_740_993,
      ])
  }

  @Test func swiftIntegers() {
    let number = 9_007_199_254_740_993
    #expect(integers(one * number) == [9_007_199_254_740_993])
    #expect(integers(number * one) == [9_007_199_254_740_993])
  }

  @Test func arrayLiterals() {
    let x = Tensor([0, 0] as [Int64])
    #expect(integers(x + [9_007_199_254_740_993, -3]) == [9_007_199_254_740_993, -3])
    let rows: Tensor = [[9_007_199_254_740_993, 1], [2, 3]]
    #expect(rows.dtype == .float64)
    #expect(integers(x + rows[0]) == [9_007_199_254_740_993, 1])
    #expect(integers(x + rows.transposed()[0]) == [9_007_199_254_740_993, 2])
    #expect(integers(Tensor.stacked([x[0], 9_007_199_254_740_993])) == [0, 9_007_199_254_740_993])
    #expect(Tensor([1.0, 1]) + [9_007_199_254_740_993, 0.5] == [9_007_199_254_740_992, 1.5])
  }

  @Test func assignment() {
    var x = Tensor([0, 0] as [Int64])
    x[1] = 9_007_199_254_740_993
    x[0...0] = [-9_007_199_254_740_993]
    #expect(integers(x) == [-9_007_199_254_740_993, 9_007_199_254_740_993])
  }

  /// By themselves they are float64, like all literals, and rounded.
  @Test func byThemselves() {
    let x: Tensor = 9_007_199_254_740_993
    #expect(x.dtype == .float64)
    #expect(x.shape == [])
    #expect(Double(x) == 9_007_199_254_740_992)
    #expect(Double(x / 2) == 4_503_599_627_370_496)
    #expect(sqrt(x).dtype == .float64)
    #expect(Double(x * x) == 9_007_199_254_740_992.0 * 9_007_199_254_740_992)
    #expect(Double(grad { $0 * $0 }(x)) == 2 * 9_007_199_254_740_992)
    #expect(Double(grad { $0 * 9_007_199_254_740_993 }(1)) == 9_007_199_254_740_992)
    #expect((Tensor(Float(1)) * x).dtype == .float32)
    #expect(Double(realPart(Tensor(Complex(1.0, 0)) * x)) == 9_007_199_254_740_992)
    #expect("\(x)" == "9007199254740992.0")
  }

  @Test func whatDoesNotFit() {
    #expect(throws: TensorError.self) { try catchingTensorErrors { Tensor([1] as [Int32]) + 9_007_199_254_740_993 } }
    #expect(throws: TensorError.self) { try catchingTensorErrors { Tensor([true]) .& 9_007_199_254_740_993 } }
  }

  @Test func inPrograms() throws {
    let program = program(of: { $0 * 9_007_199_254_740_993 }, at: Tensor(Int64(1)))
    #expect(program.text.contains("9007199254740993"))
    let again = try Program(parsing: program.text, primitives: PrimitiveCatalog.primitive(named:))
    #expect(again == program)
    #expect(integers(again(one[0])[0]) == [9_007_199_254_740_993])
    for number in [Int64.min, .max, 9_007_199_254_740_993, -9_007_199_254_740_993] {
      let constant = Jacobi.program(of: { $0 + Tensor([number, 1]) }, at: one)
      let read = try Program(parsing: constant.text, primitives: PrimitiveCatalog.primitive(named:))
      #expect(read == constant)
      #expect(integers(read(one)[0]) == [number &+ 1, 2])
    }
  }

  /// Under a transform, in a call, and as an exponent.
  @Test func elsewhere() {
    let big = subprogram("big") { x in x * 9_007_199_254_740_993 }
    #expect(integers(program(of: { big($0) }, at: one)(one)[0]) == [9_007_199_254_740_993])
    let passed = subprogram("passed") { (x: [Tensor]) in x[0] * x[1] }
    #expect(integers(program(of: { passed([$0, 9_007_199_254_740_993]) }, at: one)(one)[0]) == [9_007_199_254_740_993])
    #expect(integers(vmap { $0 * 9_007_199_254_740_993 }(one)) == [9_007_199_254_740_993])
    // An odd power of -1; rounded to a Double the exponent is even.
    #expect(integers(Tensor([-1] as [Int64]) ** 9_007_199_254_740_993) == [-1])
  }
}

extension Tensor {
  fileprivate static func == (a: Tensor, b: Tensor) -> Bool {
    a.scalars(as: Double.self) == b.scalars(as: Double.self)
  }
}
