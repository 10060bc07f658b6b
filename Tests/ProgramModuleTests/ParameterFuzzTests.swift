import Foundation
import Jacobi
import JacobiTesting
import Testing

#if compiler(>=6.2) && (os(Linux) || os(macOS))
  /// Programs and primitives that are read from damaged text and JSON: an error or a value, in a process of its own, so
  /// that a crash is a finding of the test. Each prints its seed; `JACOBI_FUZZ_SEED` names one to begin from.
  @Suite struct ParameterFuzzTests {
    /// How many damaged inputs each process reads.
    fileprivate static let count = 3000

    fileprivate static func generator(_ purpose: String) -> CountingGenerator {
      if let seed = ProcessInfo.processInfo.environment["JACOBI_FUZZ_SEED"].flatMap({ UInt64($0) }) {
        return CountingGenerator(seed: seed)
      }
      return .fresh(for: purpose)
    }

    /// A program of one equation for each sample of the catalogue.
    fileprivate static let programs: [Program] = PrimitiveCatalog.all.flatMap { primitive in
      primitive.samples.compactMap { sample in
        var builder = ProgramBuilder(name: "f")
        let operands = sample.operands.map { builder.input(TensorType($0.dtype ?? sample.dtypes[0], $0.shape)) }
        return (try? builder.add(sample.primitive, operands)).flatMap { try? builder.finish($0) }
      }
    }

    /// A text with some characters changed, digits and brackets most of the time.
    fileprivate static func damaged(_ text: String, _ generator: inout CountingGenerator) -> String {
      var bytes = Array(text.utf8)
      let numbers = ["-1", "0", "9223372036854775807", "-9223372036854775808", "1e308", "4294967296", "7", "1", "65"]
      for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: bytes.remove(at: place)
        case 1: bytes[place] = UInt8.random(in: 32...126, using: &generator)
        case 2: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &generator)], at: place)
        default:
          // Another number in place of one.
          let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
          guard let start = bytes[place...].firstIndex(where: isDigit) else { continue }
          let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
          bytes.replaceSubrange(start..<end, with: (numbers.randomElement(using: &generator) ?? "0").utf8)
        }
      }
      return String(decoding: bytes, as: UTF8.self)
    }

    /// What is read is used: its types are inferred, and where it is small it is run.
    fileprivate static func use(_ program: Program) {
      let elements = program.inputTypes.reduce(0) { $0 + ($1.shape.checkedCount ?? 1 << 20) }
      try? program.verify()
      _ = program.text
      guard elements < 1000, !program.equations.contains(where: { $0.primitive.traits.contains(.control) }) else {
        return
      }
      let isSmall = program.outputTypes.allSatisfy { ($0.shape.checkedCount ?? 1 << 20) < 100_000 }
      guard isSmall, (try? program.verify()) != nil else { return }
      let inputs = program.inputTypes.compactMap { type in
        try? Tensor.zeros(type.shape.dimensions, dtype: type.dtype).hostValue()
      }
      if inputs.count == program.inputTypes.count { _ = try? program.run(inputs, on: ReferenceEngine()) }
    }

    fileprivate static func readTexts() {
      var generator = generator("damaged program texts")
      let texts = programs.map(\.text)
      var accepted = 0
      for round in 0..<count {
        let text = damaged(texts[round % texts.count], &generator)
        guard let program = try? Program(parsing: text, primitives: PrimitiveCatalog.primitive(named:)) else {
          continue
        }
        accepted += 1
        use(program)
      }
      precondition(accepted > 0 && accepted < count)
    }

    fileprivate static func readPrimitives() {
      var generator = generator("damaged primitives as JSON")
      let samples = PrimitiveCatalog.all.flatMap { $0.samples }
      let decoder = JSONDecoder()
      let lookup: @Sendable (String) -> (any Primitive.Type)? = { PrimitiveCatalog.primitive(named: $0) }
      if let key = CodingUserInfoKey.primitives { decoder.userInfo[key] = lookup }
      var accepted = 0
      for round in 0..<count {
        let sample = samples[round % samples.count]
        guard let json = try? JSONEncoder().encode(sample.primitive) else { continue }
        let text = damaged(String(decoding: json, as: UTF8.self), &generator)
        guard let primitive = read(type(of: sample.primitive), text, decoder) else { continue }
        accepted += 1
        var builder = ProgramBuilder(name: "f")
        let operands = sample.operands.map { builder.input(TensorType($0.dtype ?? sample.dtypes[0], $0.shape)) }
        guard let results = try? builder.add(primitive, operands), let program = try? builder.finish(results) else {
          continue
        }
        use(program)
      }
      precondition(accepted > 0)
    }

    private static func read(_ type: any Primitive.Type, _ text: String, _ decoder: JSONDecoder) -> (any Primitive)? {
      try? decoder.decode(type, from: Data(text.utf8))
    }

    @Test func programTexts() async {
      let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
        ParameterFuzzTests.readTexts()
      }
      print(String(decoding: result?.standardOutputContent ?? [], as: UTF8.self))
    }

    @Test func primitivesAsJSON() async {
      let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
        ParameterFuzzTests.readPrimitives()
      }
      print(String(decoding: result?.standardOutputContent ?? [], as: UTF8.self))
    }
  }
#endif
