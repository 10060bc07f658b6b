import ArgumentParser
import FormulaLanguage
import Jacobi

/// The precision of all numbers.
enum Precision: String, ExpressibleByArgument, CaseIterable {
  case float32, float64
  var dtype: DType { self == .float32 ? .float32 : .float64 }
}

/// The arguments that all commands take: the function and the point.
struct FunctionOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "The function, such as \"x1*x2; sin(x1)\". See 'jacobi help' for the language.", valueName: "function"))
  var formula: String?

  @Option(
    name: .long, parsing: .unconditionalSingleValue,
    help: ArgumentHelp("The variables and their values, such as x=2,w=[1,2,3].", valueName: "name=value,..."))
  var at: [String] = []

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Read the function from a file; '-' is standard input.", valueName: "path"))
  var file: String?

  @Option(help: "What runs the computation; auto is reference, and for explain the best there is.")
  var engine: EngineName = .auto

  @Option(help: "The precision of all numbers.")
  var dtype: Precision = .float64

  @Flag(help: "Print one JSON object.")
  var json = false
}

/// A function and the point to differentiate it at, read from the command's arguments and checked.
struct Problem {
  let function: FormulaFunction
  let names: [String]
  let point: [Tensor]
  let evaluation: FormulaEvaluation
  /// What runs the function and its derivatives.
  let engine: EngineChoice

  var formula: Formula { function.formula }
  var dtype: DType { function.dtype }
  /// The outputs, by the engine.
  var outputs: [Tensor] { evaluation.outputs }

  /// - Throws: a ``CommandFailure`` for wrong usage, a `FormulaError` for bad input.
  init(_ options: FunctionOptions, _ session: Session) throws {
    engine = try EngineChoice(options.engine)
    let source = try Self.source(options, session)
    let at = try Assignments(parsing: options.at.joined(separator: ","))
    names = at.names
    do throws(FormulaError) {
      let formula = try Formula(parsing: source, variables: at.names, functions: FunctionTable.signatures)
      function = FormulaFunction(formula, variables: at.names, dtype: options.dtype.dtype)
    } catch {
      throw error.askingForValue(in: source, hasVariables: !at.names.isEmpty)
    }
    point = at.values.map { tensor($0, options.dtype.dtype) }
    evaluation = try FormulaEvaluation(function, at: point).byEngine(engine, at: point)
  }

  private static func source(_ options: FunctionOptions, _ session: Session) throws -> String {
    switch (options.formula, options.file) {
    case (let formula?, nil): return formula
    case (nil, let file?):
      return String(decoding: try bytes(of: file, session), as: UTF8.self)
    case (nil, nil):
      throw CommandFailure.usage(
        "there is no function", hint: "write it in quotes, such as \"log(x1) + x1*x2\", or name a file with --file")
    case (_?, _?):
      throw CommandFailure.usage("there are two functions: one as an argument, one in --file", hint: "give one of them")
    }
  }

  private static func bytes(of file: String, _ session: Session) throws -> [UInt8] {
    if file == "-" {
      guard let bytes = session.standardInput() else {
        throw CommandFailure.input(
          "standard input cannot be read", hint: "write the function in quotes, or name a file with --file")
      }
      return bytes
    }
    switch InputFile.read(file) {
    case .success(let bytes): return bytes
    case .failure(let failure):
      throw CommandFailure.input("the file \(FormulaError.quoted(file)) cannot be read: \(failure.reason)")
    }
  }

  /// Values in variable order, with the variables' shapes.
  ///
  /// - Parameter option: the option's name, for messages.
  func tensors(_ text: String, option: String) throws -> [Tensor] {
    let literals = try Assignments.values(parsing: text, for: names)
    return try zip(names, zip(literals, point)).map { name, pair in
      try matched(pair.0, to: pair.1, "--\(option)", "the variable \(FormulaError.quoted(name))")
    }
  }

  /// Cotangents in the order of the outputs, with their shapes; ones for a single output when there is no text.
  func cotangents(_ text: String?) throws -> [Tensor] {
    guard let text else {
      guard outputs.count == 1 else {
        throw CommandFailure.input(
          "the function has \(outputs.count) outputs, and there is no cotangent",
          hint: "give one number (or vector) per output, such as --cotangent "
            + (0..<min(outputs.count, 4)).map { $0 == 0 ? "1" : "0" }.joined(separator: ",")
            + (outputs.count > 4 ? ",..." : ""))
      }
      return [Tensor.ones(outputs[0].shape.dimensions, dtype: dtype)]
    }
    let literals = try Assignments.values(parsing: text)
    guard literals.count == outputs.count else {
      throw CommandFailure.input(
        "--cotangent has \(count(literals.count, "value")), the function has \(count(outputs.count, "output"))")
    }
    return try zip(literals, outputs).enumerated().map { index, pair in
      try matched(pair.0, to: pair.1, "--cotangent", outputs.count == 1 ? "the output" : "output \(index + 1)")
    }
  }

  private func matched(_ literal: Literal, to model: Tensor, _ option: String, _ what: String) throws -> Tensor {
    guard literal.shape == model.shape.dimensions else {
      throw CommandFailure.input(
        "\(option) has \(described(literal.shape)) where \(what) is \(described(model.shape.dimensions))")
    }
    return tensor(literal, dtype)
  }

  /// The names of all numbers of the variables: `x`, or `w[0]`, `w[1]` of a vector.
  var elementNames: [String] { zip(names, point).flatMap { namesOfElements($0, $1.shape) } }

  /// The names of all numbers of the outputs.
  var outputElementNames: [String] { zip(outputNames, outputs).flatMap { namesOfElements($0, $1.shape) } }

  /// A short name for each output: its own where it has one, or its expression where that is short.
  var outputNames: [String] {
    if outputs.count == 1 { return ["f"] }
    let defined = Dictionary(formula.definitions.map { ($0.node, $0.name) }, uniquingKeysWith: { first, _ in first })
    return formula.outputs.enumerated().map { index, node in
      if let name = defined[node] { return name.cut(to: 24) }
      let range = formula.nodes[node].range
      // Only a short piece of the source has a short text.
      let text = range.count > 80 ? "" : formula.text(of: node)
      return text.isEmpty || text.count > 24 ? "f\(index + 1)" : text
    }
  }

  /// The fields that every JSON answer begins with.
  var fields: [(key: String, value: JSON)] {
    [
      ("variables", .array(names.map { .string($0) })), ("at", .array(point.map { .tensor($0) })),
      ("value", value(of: outputs)),
    ]
  }

  /// One number or tensor, or an array for several outputs.
  func value(of outputs: [Tensor]) -> JSON {
    outputs.count == 1 ? .tensor(outputs[0]) : .array(outputs.map { .tensor($0) })
  }
}

private func namesOfElements(_ name: String, _ shape: Shape) -> [String] {
  if shape.isScalar { return [name] }
  let strides = shape.strides
  return (0..<shape.count).map { position in
    let indices = zip(strides, shape.dimensions).map { "\(position / $0 % $1)" }
    return "\(name)[\(indices.joined(separator: ", "))]"
  }
}

private func tensor(_ literal: Literal, _ dtype: DType) -> Tensor {
  dtype == .float32
    ? Tensor(shape: literal.shape, scalars: literal.values.map { Float($0) })
    : Tensor(shape: literal.shape, scalars: literal.values)
}

/// `a number`, `a vector of length 3`, `an array of shape [2, 2]`.
private func described(_ shape: [Int]) -> String {
  switch shape.count {
  case 0: "a number"
  case 1: "a vector of length \(shape[0])"
  default: "an array of shape \(shape)"
  }
}

/// `1 value`, `2 values`.
func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

extension FormulaError {
  /// For a name that is unknown and resembles no other: how to give it a value.
  fileprivate func askingForValue(in source: String, hasVariables: Bool) -> FormulaError {
    guard message.hasPrefix("unknown name"), hint == nil || !(hint ?? "").hasPrefix("did you mean") else { return self }
    let name = String(decoding: Array(source.utf8)[range], as: UTF8.self)
    if name.utf8.count > 40 { return self }
    let example = hasVariables ? "--at ...,\(name)=1" : "--at \(name)=1"
    return FormulaError(message, at: range, in: source, hint: "give it a value, such as \(example)")
  }
}
