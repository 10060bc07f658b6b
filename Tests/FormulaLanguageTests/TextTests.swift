import FormulaLanguage
import JacobiTesting
import Testing

@Suite struct TextTests {
  @Test(arguments: [
    ("((x))", "x"), ("(x+y)+z", "x + y + z"), ("x+(y+z)", "x + (y + z)"), ("x-(y-z)", "x - (y - z)"),
    ("(x*y)/z", "x*y/z"), ("x*(y/z)", "x*(y/z)"), ("(x^y)^z", "(x^y)^z"), ("x^(y^z)", "x^y^z"), ("-(x^2)", "-x^2"),
    ("(-x)^2", "(-x)^2"), ("x^(-y)", "x^-y"), ("x^(-(y^z))", "x^-y^z"), ("(x^-y)^z", "(x^-y)^z"), ("-(x*y)", "-(x*y)"),
    ("(-x)*y", "-x*y"), ("x*(-y)", "x*-y"), ("x-(-y)", "x - -y"), ("-(-x)", "--x"), ("(x<y)+1", "(x < y) + 1"),
    ("(x<y)==(y<z)", "(x < y) == (y < z)"), ("x+y<z", "x + y < z"), ("if(x<y,x,-y)", "if(x < y, x, -y)"),
    ("(x+y)[0]", "(x + y)[0]"), ("(-x)[ - 1,+2]", "(-x)[-1, 2]"), ("-x[0]", "-x[0]"), ("[x,[y,z]]", "[x, [y, z]]"),
    ("max(x,y)", "max(x, y)"), ("2.50e3", "2500"), (".1", "0.1"), ("1e300", "1e+300"), ("x**2", "x^2"), ("+x", "x"),
    ("a = x*y\nb = a + a # c\nb; sin(b)*a", "a = x*y; b = a + a; b; sin(b)*a"), ("x; a = 2; a; x", "x; a = 2; a; x"),
    ("long = x; b = long; long + b", "long = x; b = long; b + b"), ("zero()*pi", "zero()*pi"),
  ])
  func minimal(source: String, expected: String) throws {
    let formula = try parsed(source)
    #expect(formula.description == expected)
    #expect(try parsed(expected).description == expected)
  }

  @Test func nodeText() throws {
    let formula = try parsed("a = x*y; b = sin(a); 2*b")
    #expect(formula.definitions.map { formula.text(of: $0.node) } == ["x*y", "sin(a)"])
    #expect(formula.text(of: formula.outputs[0]) == "2*b")
  }

  /// Doubling twenty thousand times prints in the length of the source, not of the value.
  @Test func sharing() throws {
    var source = "a0 = x"
    for step in 1...20_000 { source += "; a\(step) = a\(step - 1) + a\(step - 1)" }
    source += "; a20000"
    let formula = try parsed(source)
    #expect(formula.description == source)
    #expect(formula.text(of: formula.outputs[0]) == "a19999 + a19999")
    // A long name used often through a short alias, and the other way round.
    let long = String(repeating: "n", count: 10_000)
    let uses = String(repeating: "s + ", count: 2_000) + "s"
    #expect(try parsed("\(long) = sin(x); s = \(long); \(uses)").description.utf8.count < 40_000)
    #expect(try parsed("s = sin(x); \(long) = s; \(uses)").description.utf8.count < 40_000)
  }

  @Test func roundTrip() throws {
    var generator = CountingGenerator.fresh(for: "roundTrip")
    for _ in 0..<2_000 {
      let source = randomFormula(&generator)
      let formula = try parsed(source)
      let text = formula.description
      let again = try parsed(text)
      #expect(Structure(again) == Structure(formula), "\(source)\n\(text)")
      #expect(again.description == text)
    }
  }
}

/// Statements with random spacing, line breaks, comments and parentheses.
func randomFormula(_ generator: inout CountingGenerator) -> String {
  var names = ["x", "y", "z"]
  var source = ""
  for _ in 0..<Int.random(in: 0...2, using: &generator) {
    let name = ["a", "b₂", "гамма", "e\u{301}", "_1"].randomElement(using: &generator) ?? "a"
    if names.contains(name) { continue }
    source += name + " = " + randomExpression(depth: 3, names, &generator)
    source += ["; ", "\n", " # c (\n", ";\r\n;"].randomElement(using: &generator) ?? ";"
    names.append(name)
    if Bool.random(using: &generator) { source += (names.randomElement(using: &generator) ?? "x") + ";" }
  }
  return source + randomExpression(depth: Int.random(in: 1...6, using: &generator), names, &generator)
}

private func randomExpression(depth: Int, _ names: [String], _ generator: inout CountingGenerator) -> String {
  let space = ["", "", " ", "\t"].randomElement(using: &generator) ?? ""
  func sub() -> String { randomExpression(depth: depth - 1, names, &generator) }
  /// In parentheses three times in four, so that some operators meet directly.
  func operand() -> String {
    let text = sub()
    return Int.random(in: 0..<4, using: &generator) == 0 ? text : "(\(text)\(space))"
  }
  if depth == 0 || Int.random(in: 0..<8, using: &generator) == 0 {
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: return ["pi", "e", "0", "1", "2.5", ".5", "1e-3", "1E20"].randomElement(using: &generator) ?? "1"
    case 1: return Double.random(in: 0..<10, using: &generator).description
    default: return names.randomElement(using: &generator) ?? "x"
    }
  }
  switch Int.random(in: 0..<14, using: &generator) {
  case 0: return "-" + space + operand()
  case 1: return "+" + operand()
  case 2, 3: return sub() + space + (Bool.random(using: &generator) ? "+" : "-") + space + sub()
  case 4: return operand() + space + "*" + space + operand()
  case 5: return operand() + "/" + operand()
  case 6: return operand() + (Bool.random(using: &generator) ? "^" : "**") + operand()
  case 7:
    let symbol = Formula.Comparison.allCases.randomElement(using: &generator)?.rawValue ?? "<"
    return "((\(sub()))\(symbol)(\(sub())))"
  case 8: return "if(\(sub()),\(space)\(sub()),\(sub()))"
  case 9: return "[\(sub())\(space), \(sub())]"
  case 10: return "(\(sub()))[\(Int.random(in: -3...3, using: &generator))\(space)]"
  case 11: return "max(\(sub()),\n\(sub()), \(sub()))"
  case 12: return "sin(\(space)\(sub()))"
  default: return "(" + space + sub() + ")"
  }
}
