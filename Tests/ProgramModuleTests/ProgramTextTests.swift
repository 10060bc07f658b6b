import Jacobi
import JacobiTesting
import Numerics
import RandomPrograms
import Testing

@Suite struct ProgramTextTests {
  private func parse(_ text: String) throws(TensorError) -> Program {
    try Program(parsing: text, primitives: PrimitiveCatalog.primitive(named:))
  }

  @Test func goldenText() throws {
    let f = program(of: { x in log(x[0]) + x[0] * x[1] - sin(x[1]) }, at: Tensor([2.0, 5.0]))
    let expected = """
      program f(a: float64[2]) -> float64[] {
        b: float64[] = slice[axes=["0"]] a
        c: float64[] = log b
        d: float64[] = slice[axes=["0"]] a
        e: float64[] = slice[axes=["1"]] a
        f: float64[] = multiply d e
        g: float64[] = add c f
        h: float64[] = slice[axes=["1"]] a
        i: float64[] = sin h
        j: float64[] = subtract g i
        return j
      }

      """
    #expect(f.text == expected)
    #expect(f.description == expected)
    #expect(try parse(expected) == f)
  }

  @Test func goldenTextWithCallsAndConstants() throws {
    var inner = ProgramBuilder(name: "layer")
    let x = inner.input(TensorType(.float64, [2]))
    let inside = try inner.finish(try inner.add(Sin(), [x]))
    var builder = ProgramBuilder(name: "layer")
    let a = builder.input(TensorType(.float64, [2]))
    let c = builder.constant(try HostTensor([2], [1.5, -Double.infinity]))
    let once = try builder.add(Call(inside), [a])
    let twice = try builder.add(Call(inside), once)
    let outer = try builder.finish(try builder.add(Multiply(), twice + [c]))
    let expected = """
      program layer.2(a: float64[2]) -> float64[2] {
        b: float64[2] = sin a
        return b
      }

      program layer(a: float64[2]) -> float64[2] {
        b: float64[2] = constant [1.5, -inf]
        c: float64[2] = call[program=@layer.2] a
        d: float64[2] = call[program=@layer.2] c
        e: float64[2] = multiply d b
        return e
      }

      """
    #expect(outer.text == expected)
    #expect(try parse(expected) == outer.canonical)
    #expect(try parse(expected).isEquivalent(to: outer))
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func printParsePrintIsTheIdentity(seed: UInt64) throws {
    let program = try randomProgram(seed: seed)
    let text = program.text
    let parsed = try parse(text)
    #expect(parsed.text == text, "seed \(seed)")
    #expect(parsed.isEquivalent(to: program), "seed \(seed)")
  }

  @Test(arguments: DType.allCases) func constantsOfEveryTypeComeBackBitForBit(dtype: DType) throws {
    let signalingBits = Double(bitPattern: 0xfff8_0000_0000_0123)
    let doubles = [
      0.1, -0.0, .leastNonzeroMagnitude, 1.7976931348623157e308, .nan, -.nan, .infinity, -.infinity, signalingBits,
      1e16,
    ]
    let floats = doubles.map { Float($0) } + [Float(bitPattern: 0x7fc0_0001), 16_777_216]
    let value: HostTensor =
      switch dtype {
      case .float64: try HostTensor([5, 2], doubles)
      case .float32: try HostTensor([2, 1, 6], floats)
      case .int32: try HostTensor([3], [Int32.min, 0, .max])
      case .int64: try HostTensor([3, 1], [Int64.min, 0, .max])
      case .bool: try HostTensor([2], [true, false])
      case .complex64: try HostTensor([12], floats.map { Complex($0, -$0) })
      case .complex128: try HostTensor([10], doubles.map { Complex($0, -$0) })
      }
    for value in [value, try HostTensor([0, 3], [Double]()), Double.pi.hostScalar] {
      var builder = ProgramBuilder(name: "constants")
      let program = try builder.finish([builder.constant(value)])
      #expect(try parse(program.text) == program)
      #expect(try parse(program.text).run([]) == [value])
    }
  }

  @Test func largeConstantsAreLeftOutOfTheDescription() throws {
    var builder = ProgramBuilder(name: "f")
    let program = try builder.finish([builder.constant(try HostTensor([100, 10], filledWith: 1.0))])
    #expect(
      program.description == """
        program f() -> float64[100, 10] {
          a: float64[100, 10] = constant ... 1000 elements
          return a
        }

        """)
    #expect(try parse(program.text) == program)
  }

  @Test func variableNamesGoOnAfterTheAlphabet() throws {
    var builder = ProgramBuilder(name: "f")
    var variable = builder.input(TensorType(.float64, []))
    for _ in 0..<800 { variable = try builder.add(Sin(), [variable])[0] }
    let program = try builder.finish([variable])
    #expect(program.text.contains("\n  aa: float64[] = sin z\n"))
    #expect(program.text.contains("\n  aaa: float64[] = sin zz\n"))
    #expect(try parse(program.text) == program)
  }

  @Test(arguments: [
    ("", "line 1, column 1: expected 'program', found the end of the text"),
    ("program", "line 1, column 8: expected the name of a program, found the end of the text"),
    ("program f(a: float65[]) -> () {", "line 1, column 14: expected an element type such as float64, found 'float65'"),
    (
      "program f(a: float64[]) -> float64[] {\n  b: float64[] = sinus a\n  return b\n}",
      "line 2, column 18: expected the name of a primitive, found 'sinus'"
    ),
    (
      "program f(a: float64[]) -> float64[] {\n  b: float64[] = sin c\n  return b\n}",
      "line 2, column 22: expected a variable that has been defined, found 'c'"
    ),
    (
      "program é(a: float64[])", "line 1, column 9: found a character that has no meaning here"
    ),
    (
      "program f(a: float64[2]) -> float64[] {\n  b: float64[] = sin a\n  return b\n}",
      "line 2, column 3: expected float64[2], which sin gives, found the type float64[]"
    ),
    (
      "program f() -> float64[] {\n  b: float64[2] = constant [1.0]\n}",
      "line 2, column 32: expected ',', found ']'"
    ),
    (
      "program f(a: float64[2]) -> float64[] {\n  b: float64[] = slice a\n}",
      "line 2, column 18: found an equation that is not valid: slice: the parameters do not fit: 'axes' is missing"
    ),
    (
      "program f(a: float64[2]) -> float64[] {\n  b: float64[] = call[program=@g] a\n}",
      "line 2, column 32: expected the name of a program defined above, found 'g'"
    ),
  ])
  func errorsHaveAPlace(text: String, message: String) {
    let error = errorThrown(by: { try parse(text) })
    #expect(error?.message == message)
    #expect(error?.kind == .program)
  }

  @Test func deepNestingIsAnErrorAndNotACrash() {
    for (open, close) in [("[", "]"), ("{a=", "}")] {
      let nested = String(repeating: open, count: 100_000) + String(repeating: close, count: 100_000)
      let text = "program f(a: float64[]) -> float64[] {\n  b: float64[] = sin[x=\(nested)] a\n  return b\n}"
      #expect(throws: TensorError.self) { try parse(text) }
    }
    let constant = "program f() -> float64[] {\n b: float64[2] = constant " + String(repeating: "[", count: 100_000)
    #expect(throws: TensorError.self) { try parse(constant) }
  }

  @Test func mutatedTextsNeverCrash() throws {
    let texts = try (0..<10 as Range<UInt64>).map { try randomProgram(seed: $0, equations: 8).text }
    var generator = CountingGenerator(seed: 2024)
    let pieces = Array("[]{}():,=@.->\n\"\\ 0123456789-einfnanabc/program return constant true nil float64 call sum")
    var accepted = 0
    for round in 0..<10_000 {
      var characters = Array(texts[round % texts.count])
      for _ in 0..<Int.random(in: 1...4, using: &generator) where !characters.isEmpty {
        let place = Int.random(in: 0..<characters.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: characters.remove(at: place)
        case 1: characters.insert(pieces.randomElement(using: &generator) ?? "x", at: place)
        case 2: characters[place] = pieces.randomElement(using: &generator) ?? "x"
        default:
          let end = min(characters.count, place + Int.random(in: 1..<40, using: &generator))
          let other = Int.random(in: 0..<characters.count, using: &generator)
          characters.insert(contentsOf: characters[place..<end], at: other)
        }
      }
      if (try? parse(String(characters))) != nil { accepted += 1 }
    }
    #expect(accepted < 10_000)
  }

  @Test func sourceLocationsAreCommentsThatComeBack() throws {
    let located = Program.recordingSourceLocations { program(of: { x in sin(x) + cos(x) }, at: 1) }
    #expect(located.location(of: 0)?.hasPrefix("ProgramTextTests.swift:") ?? false)
    #expect(located.text.contains("b: float64[] = sin a  // at ProgramTextTests.swift:"))
    let parsed = try parse(located.text)
    #expect(parsed.text == located.text)
    #expect(parsed.location(of: 1) == located.location(of: 1))
    #expect(program(of: { sin($0) }, at: 1).location(of: 0) == nil)
  }
}
