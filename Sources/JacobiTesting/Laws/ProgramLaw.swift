import Jacobi

/// The primitive in a program gives, bit for bit, what it gives at once; and the program is well formed.
public struct ProgramLaw: Law {
  public static let name = "program"

  /// The law.
  public init() {}

  public func check(_ subject: inout LawSubject) throws {
    let primitive = subject.primitive
    let eager = subject.results(subject.operands)
    let program = program(of: { (x: [Tensor]) in primitive.bind(x) }, at: subject.operands)
    try program.verify()
    try subject.expect(
      program.equations.count == 1 && program.outputTypes == eager.map(\.type), "the program is\n\(program)")
    try subject.expectEqual(program(subject.operands), eager, tolerance: 0, "the program applied to tensors")
    let run = try program.run(try subject.hosts())
    try subject.expectEqual(run.map { Tensor($0) }, eager, tolerance: 0, "the program run by the reference engine")
  }
}
