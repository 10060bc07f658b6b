import Jacobi
import NativeEngine
import Testing

/// What the options of tests change in the code.
@Suite(.enabled(if: NativeEngine().availability.isAvailable)) struct CodeOptionsTests {
  private func code(_ options: CodeOptions) throws -> String {
    let point = Tensor((0..<600).map { Double($0) }).reshaped([100, 6])
    let program = program(of: { (x: Tensor) in exp(2 * x) + 1 }, at: point)
    return try NativeEngine(threads: 2, options: options).assembly(of: program).written
  }

  private func count(_ text: String, in code: String) -> Int {
    code.split(separator: "\n").count { $0.contains(text) && !$0.contains("declare") }
  }

  @Test func fusion() throws {
    let loops = try [CodeOptions(), .unfused].map { options in count("icmp slt i64", in: try code(options)) }
    #expect(loops[0] > 0 && loops[1] >= 3 * loops[0], "\(loops)")
  }

  @Test func division() throws {
    let calls = try [CodeOptions(), .divided].map { options in count("run_blocks", in: try code(options)) }
    #expect(calls == [0, 1])
  }

  @Test func names() {
    #expect(NativeEngine().name == "native")
    let names = [
      NativeEngine(), NativeEngine(threads: 77), NativeEngine(options: .unfused), NativeEngine(options: .divided),
      NativeEngine(options: .quick),
    ]
    .map(\.name)
    #expect(Set(names).count == 5)
  }
}
