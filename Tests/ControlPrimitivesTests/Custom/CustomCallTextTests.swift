import Jacobi
import Testing

/// Calls with rules that are read from program text.
@Suite struct CustomCallTextTests {
  private func parse(_ text: String) throws -> Program {
    try Program(parsing: text, primitives: PrimitiveCatalog.primitive(named:))
  }

  private func problem(_ text: String) -> String? {
    do { _ = try parse(text) } catch { return (error as? TensorError)?.message }
    return nil
  }

  /// The derivative of a rule that is not linear would be cut off at its linear part in one mode.
  @Test func backwardRulesThatAreNotLinear() throws {
    let f = customVJP({ x in sin(x) }, { x in (sin(x), x) }) { x, ct in -ct * -cos(x) }
    let text = program(of: f, at: 2).text
    #expect(try parse(text).text == text)
    for wrong in ["exp", "abs", "tanh"] {
      let message = problem(text.replacing("= negate ", with: "= \(wrong) "))
      #expect(message?.contains("the rule is not linear in its cotangent") == true, "\(message ?? "no error")")
    }
  }

  @Test func tangentRulesThatAreNotLinear() throws {
    let f = customJVP({ x in sin(x) }) { x, dx in (sin(x), -dx * -cos(x)) }
    let text = program(of: f, at: 2).text
    #expect(try parse(text).text == text)
    let message = problem(text.replacing("= negate ", with: "= exp "))
    #expect(message?.contains("the rule is not linear in its tangent") == true, "\(message ?? "no error")")
  }
}
