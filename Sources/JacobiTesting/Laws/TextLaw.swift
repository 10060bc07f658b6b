import Jacobi

/// A program with the primitive is the same after it was printed and read again, with all parameters.
public struct TextLaw: Law {
  public static let name = "program text"

  /// The law.
  public init() {}

  public func check(_ subject: inout LawSubject) throws {
    let primitive = subject.primitive
    let program = program(of: { (x: [Tensor]) in primitive.bind(x) }, at: subject.operands)
    let text = program.text
    let ownType = type(of: primitive)
    let read = try Program(parsing: text) { name in
      name == ownType.name ? ownType : PrimitiveCatalog.primitive(named: name)
    }
    try subject.expect(read.text == text, "printed\n\(text)\nand read again it is\n\(read.text)")
    try subject.expect(
      read == program || read.text.contains("@"),
      "the program read from the text is not equal to the printed one:\n\(text)")
  }
}
