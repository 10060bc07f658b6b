import FormulaLanguage
import Testing

@Suite struct PrecedenceTests {
  /// Each with the value that the usual rules give, for x = 3, y = 5, z = 7.
  static let table: [(String, Double)] = [
    ("1 + 2*3", 7), ("(1 + 2)*3", 9), ("10 - 4 - 3", 3), ("10 - (4 - 3)", 9), ("100/10/5", 2), ("100/(10/5)", 50),
    ("100/10*5", 50), ("2*3 + 4*5", 26), ("2 + 3*4 - 5", 9), ("2^3^2", 512), ("(2^3)^2", 64), ("2**3**2", 512),
    ("-2^2", -4), ("(-2)^2", 4), ("2^-1", 0.5), ("2^-3^2", 1.0 / 512), ("2^-1*6", 3), ("-x*y", -15), ("x*-y", -15),
    ("x*-y + 1", -14), ("x - -y", 8), ("x - - -y", -2), ("--x", 3), ("+x", 3), ("-+-x", 3), ("+-x^2", -9),
    ("2*3^2", 18), ("-3^2*2", -18), ("18/3^2", 2), ("2^+2*3", 12), ("x + y < z", 0), ("x < y + z", 1), ("3 == x", 1),
    ("x != 3", 0), ("x <= 3", 1), ("x >= 4", 0), ("x > 2", 1), ("(x > 2) + 1", 2), ("(1 < 2) == 1", 1), ("-x < x", 1),
    ("if(x < y, x + 1, y)", 4), ("if(x > y, x, y - 1)", 4), ("if(0, 1, 2)^2", 4), ("sqrt(16)^2", 16), ("-sqrt(16)", -4),
    ("max(1, x, y - 1)", 4), ("max(x) + max(1, 2)*3", 9), ("[1, 2, 3][0]", 1), ("[1, 2, 3][-1]^2", 9),
    ("-[1, 2, 3][1]", -2), ("2^[1, 2, 3][+2]", 8), ("([x, y])[1]", 5), (".5 + 1.5e1 + 1E-1 + 2.", 17.6), ("2*pi/pi", 2),
    ("e^0", 1), ("e/e", 1), ("a = x + 1; b = a*a; b - a", 12), ("x +\n y", 8), ("(x\n+ y\n)", 8),
    ("x # + y\n\n;;", 3), ("\u{FEFF}x\u{A0}+\ty\r\n", 8), ("α = x; α₁ = α*2; α₁", 6), ("max(\n1,\n2\n)", 2),
    ("a =\n 2; a", 2),
  ]

  @Test(arguments: table)
  func value(source: String, expected: Double) throws {
    let values = evaluate(try parsed(source), ["x": 3, "y": 5, "z": 7])
    #expect(values.count == 1)
    #expect(abs(values[0] - expected) <= 1e-12 * abs(expected))
  }

  @Test func statements() throws {
    let formula = try parsed("x\n-y; a = y\nb = a; b; a; x + 1;")
    #expect(evaluate(formula, ["x": 3, "y": 5]) == [3, -5, 5, 5, 4])
    #expect(formula.definitions.map(\.name) == ["a", "b"])
    #expect(formula.outputs[2] == formula.outputs[3])
    #expect(formula.variables == ["x", "y"])
  }

  @Test func variables() throws {
    #expect(try parsed("z*x + z + e", ["x", "y", "z", "e"]).variables == ["z", "x", "e"])
    #expect(try parsed("e", ["e"]).nodes.map(\.kind) == [.variable("e")])
    #expect(try parsed("e").nodes.map(\.kind) == [.constant(.e)])
    #expect(try parsed("sin + sin(sin)", ["sin"]).variables == ["sin"])
    // A name is the same however its letters are composed.
    #expect(try parsed("e\u{301} + 1", ["\u{E9}"]).variables.count == 1)
  }

  @Test func ranges() throws {
    let source = "é = (x + y)*z; -é^2 + max((x), y)[0, -1]"
    let formula = try parsed(source)
    let texts = formula.nodes.map { String(decoding: Array(source.utf8)[$0.range], as: UTF8.self) }
    #expect(
      texts == [
        "x", "y", "x + y", "z", "(x + y)*z", "2", "é^2", "-é^2", "x", "y", "max((x), y)", "max((x), y)[0, -1]",
        "-é^2 + max((x), y)[0, -1]",
      ])
    #expect(formula.definitions.map(\.range) == [0..<2])
  }

  @Test func calls() throws {
    #expect(try parsed("zero()").nodes.map(\.kind) == [.call("zero")])
    #expect(try parsed("sum([x, y], 0)").nodes.map(\.operands) == [[], [], [0, 1], [], [2, 3]])
    #expect(try parsed("[[1, 2], [3, 4]][0, -1][1]").nodes.map(\.kind).suffix(2) == [.index([0, -1]), .index([1])])
  }
}
