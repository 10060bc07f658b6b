import Foundation
import Jacobi
import RandomPrograms
import Testing

/// A primitive with parameters of many kinds.
private struct Many: Primitive {
  enum Mode: String, Codable { case fast, exact }
  enum Choice: Hashable, Codable {
    case none
    case some(Int, label: String)
  }
  struct Nested: Hashable, Codable {
    var low: Double
    var high: Float?
  }
  static let name = "many"
  var count: Int8
  var large: UInt64
  var ratio: Double
  var small: Float
  var flag: Bool
  var text: String
  var mode: Mode
  var choices: [Choice]
  var nested: Nested
  var optional: Int?
  var optionals: [Int?]
  var dtype: DType
  var byName: [String: Int]
  var members: Set<Int>

  var traits: PrimitiveTraits { [] }
  func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] { operands }
  func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] { operands }
  func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .identity }
  func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] { bind(operands) }
  static var samples: [PrimitiveSample] { [] }

  static let example = Many(
    count: -3, large: .max, ratio: 0.1, small: 1e-10, flag: true, text: "a \"b\"\\\n\u{1}é", mode: .exact,
    choices: [.none, .some(2, label: "x")], nested: Nested(low: -.infinity, high: nil), optional: nil,
    optionals: [1, nil], dtype: .complex64, byName: ["b": 2, "a": 1, "c c": 3], members: [3, 1, 2])
}

@Suite struct ParameterCodingTests {
  private func program(_ primitive: some Primitive) throws -> Program {
    var builder = ProgramBuilder(name: "f")
    let a = builder.input(TensorType(.float64, []))
    return try builder.finish(try builder.add(primitive, [a]))
  }

  private func parse(_ text: String) throws -> Program {
    try Program(parsing: text) { $0 == "many" ? Many.self : PrimitiveCatalog.primitive(named: $0) }
  }

  @Test func everyKindOfParameterComesBack() throws {
    var other = Many.example
    other.nested.high = 2.5
    other.optional = 7
    other.ratio = .infinity
    other.choices = []
    for primitive in [Many.example, other] {
      let program = try program(primitive)
      let parsed = try parse(program.text)
      #expect(parsed == program)
      #expect(parsed.text == program.text)
    }
  }

  @Test func goldenParameters() throws {
    let line = try program(Many.example).text.split(separator: "\n")[1]
    #expect(
      line == #"""
          b: float64[] = many[count=-3, large=18446744073709551615, ratio=0.1, small=1e-10, flag=true, text="a \"b\"\\\n\u{1}é", mode="exact", choices=[{none={}}, {some={_0=2, label="x"}}], nested={low=-inf}, optionals=[1, nil], dtype=complex64, byName={a=1, b=2, "c c"=3}, members=[1, 2, 3]] a
        """#)
  }

  @Test(arguments: [
    ("count=-3", "count=300", "count: expected a whole number in the range of Int8, found the number 300"),
    ("flag=true", "flag=1", "flag: expected true or false, found the number 1"),
    ("dtype=complex64", "dtype=7", "dtype: expected an element type such as float64, found the number 7"),
    ("low=-inf", "lows=1", "'nested.low' is missing"),
    ("optionals=[1, nil]", "optionals=[1, 2.5]", "optionals.[1]: expected a whole number in the range of Int"),
  ])
  func wrongParametersAreExplained(from: String, to: String, message: String) throws {
    let text = try program(Many.example).text.replacingOccurrences(of: from, with: to)
    let found = errorThrown(by: { try parse(text) })?.message ?? ""
    #expect(found.contains(message), "\(found)")
  }

  @Test func programsAreCodable() throws {
    let program = try program(Sin())
    let data = try JSONEncoder().encode(["p": program])
    let decoder = JSONDecoder()
    #expect(throws: (any Error).self) { try decoder.decode([String: Program].self, from: data) }
    let lookup: @Sendable (String) -> (any Primitive.Type)? = { PrimitiveCatalog.primitive(named: $0) }
    decoder.userInfo[try #require(CodingUserInfoKey.primitives)] = lookup
    #expect(try decoder.decode([String: Program].self, from: data) == ["p": program])
  }
}
