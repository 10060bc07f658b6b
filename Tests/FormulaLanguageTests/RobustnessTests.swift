import FormulaLanguage
import JacobiTesting
import TestSupport
import Testing

/// Whatever the input: an answer, soon, and no overflow of the stack.
@Suite(.serialized) struct RobustnessTests {
  static let depth = isThorough ? 200_000 : 40_000

  /// Each with whether it is a formula.
  static let chains: [(String, String, String, String, Bool)] = [
    ("sum", "", "x + ", "x", true), ("comparisons", "", "x<", "x", false), ("power", "", "2^", "2", true),
    ("negative power", "", "2^-", "2", true), ("minus", "", "-", "x", true), ("plus", "", "+", "x", true),
    ("product", "", "x*", "x", true), ("mixed", "", "x + x*-x^", "x", true), ("statements", "", "x;", "x", true),
    ("lines", "", "x\n", "x", true), ("arguments", "max(", "x,", "x)", true), ("elements", "[", "1,", "1]", true),
    ("indices", "x[", "0,", "0]", true), ("open parentheses", "", "(", "", false),
    ("open brackets", "", "[", "", false),
    ("open calls", "", "sin(", "", false), ("open conditions", "", "if(", "x", false),
    ("closing parentheses", "x", ")", "", false), ("digits", "0.", "7", "", true), ("spaces", "x", " ", "", true),
    ("letters", "", "v", "", false), ("comment", "x#", "#", "", true), ("names", "", "x ", "", false),
    ("definitions", "", "a=", "1;a", false), ("line breaks", "", "\n", "", false), ("tabs", "\u{1}", "\t", "", false),
    ("marks", "1 + \u{300}", "\u{300}", "", false), ("letters with marks", "v", "\u{300}", "", false),
    ("unicode", "", "é*", "", false), ("joiners", "1", "\u{200D}", "", false),
  ]

  @Test(arguments: chains)
  func chain(name: String, start: String, link: String, end: String, isFormula: Bool) throws {
    try answer(start + String(repeating: link, count: Self.depth) + end, isFormula)
  }

  @Test(arguments: [
    ("(", "x", ")"), ("[", "x", "]"), ("sin(", "x", ")"), ("if(x, ", "x", ", y)"), ("if(", "x", ", x, y)"),
    ("-(", "x", ")"), ("2^(", "x", ")"), ("(", "x", ")^2"), ("max(x, ", "x", ")"), ("", "x", "[0]"),
    ("x - (", "x", ")"),
    ("(1 < (", "x", "))"), ("[x, ", "x", "][-1]"),
  ])
  func nest(open: String, middle: String, close: String) throws {
    try answer(
      String(repeating: open, count: Self.depth) + middle + String(repeating: close, count: Self.depth), true)
  }

  @Test func manyDefinitions() throws {
    var source = "v0 = x"
    for step in 1...Self.depth / 4 { source += ";v\(step)=v\(step - 1)*2" }
    try answer(source + ";v\(Self.depth / 4)", true)
    try answer(source + ";w\(Self.depth / 4)", false)
    try answer(source, false)
    try answer(source + ";v0=1;x", false)
  }

  /// Parses in time that is not quadratic (which would take many minutes), and prints.
  private func answer(_ source: String, _ isFormula: Bool) throws {
    let clock = ContinuousClock()
    let start = clock.now
    do throws(FormulaError) {
      let formula = try parsed(source)
      expectSoon(clock.now - start, source)
      #expect(isFormula)
      #expect(!formula.description.isEmpty)
    } catch {
      expectSoon(clock.now - start, source)
      if isFormula { throw error }
      check(error, source)
    }
  }

  private func expectSoon(_ elapsed: Duration, _ source: String) {
    #expect(elapsed < .seconds(60), "\(source.prefix(20)) took \(elapsed)")
  }

  /// An error is short, has no control character, and marks a place in the source.
  private func check(_ error: FormulaError, _ source: String) {
    let text = error.description
    #expect(text.utf8.count < 8_000)
    #expect(text.split(separator: "\n").allSatisfy { $0.count < 320 })
    let isPrintable = text.unicodeScalars.allSatisfy {
      $0 == "\n" || $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
    }
    #expect(isPrintable, "\(text)")
    #expect(error.range.upperBound <= source.utf8.count)
    #expect(error.line >= 1 && error.column >= 1)
  }

  @Test func randomBytes() {
    var generator = CountingGenerator.fresh(for: "randomBytes")
    let alphabet = Array("xyz()[]+-*/^<=>!,;#\n\t .0123e\u{0}\u{7F}é∂sin(if(a=".utf8)
    let elapsed = ContinuousClock().measure {
      for round in 0..<(isThorough ? 100_000 : 10_000) {
        let count = Int.random(in: 0...16, using: &generator)
        let bytes = (0..<count).map { _ -> UInt8 in
          round.isMultiple(of: 2)
            ? UInt8.random(in: 0...255, using: &generator) : alphabet[Int(generator.next() % UInt64(alphabet.count))]
        }
        survive(String(decoding: bytes, as: UTF8.self))
      }
    }
    #expect(elapsed < .seconds(60), "took \(elapsed)")
  }

  @Test func mutations() {
    var generator = CountingGenerator.fresh(for: "mutations")
    for _ in 0..<(isThorough ? 10_000 : 1_000) {
      var bytes = Array(randomFormula(&generator).utf8)
      for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        let other = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
        case 2: bytes.swapAt(place, other)
        default: bytes.insert(bytes[other], at: place)
        }
      }
      survive(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// Parses the source as everything there is; what parses has to come back from its own text.
  private func survive(_ source: String) {
    do throws(FormulaError) {
      let formula = try parsed(source)
      #expect(Structure(try parsed(formula.description)) == Structure(formula), "\(source)")
    } catch {
      check(error, source)
    }
    do throws(FormulaError) {
      let assignments = try Assignments(parsing: source)
      #expect(Set(assignments.names).count == assignments.values.count)
    } catch {
      check(error, source)
    }
    do throws(FormulaError) {
      for literal in try Assignments.values(parsing: source) {
        #expect(literal.shape.reduce(1, *) == literal.values.count)
      }
    } catch {
      check(error, source)
    }
  }

  @Test(arguments: ["[", "x=", "1,", "-", "[1,", "[[1],", "x=1,", "]", "1 "])
  func longValues(link: String) {
    let source = String(repeating: link, count: Self.depth)
    let elapsed = ContinuousClock().measure {
      survive(source)
      survive(source + "1")
    }
    #expect(elapsed < .seconds(60), "took \(elapsed)")
  }

  @Test func manyValues() throws {
    let names = (0..<Self.depth / 4).map { "x\($0)" }
    let source = names.map { $0 + "=[1,2]" }.joined(separator: ",")
    #expect(try Assignments(parsing: source).names == names)
    #expect(try Assignments.values(parsing: source, for: names).count == names.count)
  }
}
