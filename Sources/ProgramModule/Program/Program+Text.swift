extension Program {
  /// The program as text, in full; ``init(parsing:primitives:)`` reads it back.
  ///
  /// ```
  /// program f(a: float64[2]) -> float64[] {
  ///   b: float64[] = constant 2.0
  ///   c: float64[] = slice[axes=["0"]] a
  ///   d: float64[] = multiply b c
  ///   return d
  /// }
  /// ```
  ///
  /// Programs that are part of others come first, each once. Numbers have all their digits.
  public var text: String {
    var printer = ProgramPrinter(largestConstant: .max)
    return printer.print(self)
  }
}

extension Program: CustomStringConvertible {
  /// The text, with large constants left out.
  public var description: String {
    var printer = ProgramPrinter(largestConstant: 32)
    return printer.print(self)
  }
}

extension Primitive {
  /// The primitive as it stands in the text of programs, such as `sum[axes=[0]]`.
  package var textInPrograms: String {
    var printer = ProgramPrinter(largestConstant: 32)
    return printer.text(of: self)
  }
}

extension HostTensor {
  /// The elements as they stand in the text of programs; of many only their number.
  package var textInPrograms: String { ProgramPrinter(largestConstant: 32).text(of: self) }
}

extension Program {
  /// The name of a variable in text: `a` to `z`, `aa`, `ab`, and so on.
  package static func variableName(_ number: Int) -> String { ProgramPrinter.variableName(number) }
}

/// Writes programs as text.
struct ProgramPrinter {
  /// Constants with more elements than this are not written out.
  let largestConstant: Int
  private var names: [Subprogram: String] = [:]
  private var usedNames: Set<String> = []
  private var definitions: [String] = []

  init(largestConstant: Int) { self.largestConstant = largestConstant }

  /// The text of a program after those of the programs in it.
  mutating func print(_ program: Program) -> String {
    let name = uniqueName(program.name)
    let main = definition(program, name)
    return (definitions + [main]).joined(separator: "\n")
  }

  /// The name of a program that is part of another; it is written first when it has not been.
  private mutating func name(of subprogram: Subprogram) -> String {
    if let known = names[subprogram] { return known }
    let name = uniqueName(subprogram.program.name)
    names[subprogram] = name
    definitions.append(definition(subprogram.program, name))
    return name
  }

  /// The name, with a number after it when it has been used: `f`, `f.2`, `f.3`.
  private mutating func uniqueName(_ name: String) -> String {
    let base = ProgramLexer.isIdentifier(name) ? name : quoted(name)
    var unique = base
    var number = 2
    while !usedNames.insert(unique).inserted {
      unique = "\(base).\(number)"
      number += 1
    }
    return unique
  }

  private mutating func definition(_ original: Program, _ name: String) -> String {
    let program = original.canonical
    func typed(_ variable: Int) -> String { "\(Self.variableName(variable)): \(program.types[variable])" }
    let inputs = program.inputs.map { typed(Int($0)) }.joined(separator: ", ")
    let outputTypes = program.outputTypes.map(\.description)
    let results = outputTypes.count == 1 ? outputTypes[0] : "(" + outputTypes.joined(separator: ", ") + ")"
    var lines = ["program \(name)(\(inputs)) -> \(results) {"]
    for constant in program.constants {
      lines.append("  \(typed(Int(constant.variable))) = constant \(text(of: constant.value))")
    }
    for (index, equation) in program.equations.enumerated() {
      let results = equation.results.map(typed).joined(separator: ", ")
      let operands = program.operands(of: equation).map { " " + Self.variableName(Int($0)) }.joined()
      let location = program.location(of: index).map { "  // at " + singleLine($0) } ?? ""
      let head = results.isEmpty ? "" : results + " = "
      lines.append("  \(head)\(text(of: equation.primitive))\(operands)\(location)")
    }
    let outputs = program.outputs.map { " " + Self.variableName(Int($0)) }.joined(separator: ",")
    lines.append("  return\(outputs)")
    return lines.joined(separator: "\n") + "\n}\n"
  }

  /// The name of a primitive with its parameters.
  fileprivate mutating func text(of primitive: any Primitive) -> String {
    let name = type(of: primitive).name
    // Encoding a primitive's own stored properties fails only when its author throws on purpose.
    guard let value = try? ParameterValue(parametersOf: primitive) else { return name + "[/* not encodable */]" }
    if case .keyed(let fields) = value { return fields.isEmpty ? name : name + "[" + self.fields(fields) + "]" }
    return name + "[" + text(of: value) + "]"
  }

  private mutating func fields(_ fields: [ParameterValue.Field]) -> String {
    var parts: [String] = []
    for field in fields {
      let name = ProgramLexer.isIdentifier(field.name) ? field.name : quoted(field.name)
      parts.append("\(name)=\(text(of: field.value))")
    }
    return parts.joined(separator: ", ")
  }

  private mutating func text(of value: ParameterValue) -> String {
    switch value {
    case .null: return "nil"
    case .flag(let flag): return "\(flag)"
    case .number(let text), .symbol(let text): return text
    case .string(let text): return quoted(text)
    case .list(let elements):
      var parts: [String] = []
      for element in elements { parts.append(text(of: element)) }
      return "[" + parts.joined(separator: ", ") + "]"
    case .keyed(let fields): return "{" + self.fields(fields) + "}"
    case .program(let program): return "@" + name(of: program)
    }
  }

  fileprivate func text(of constant: HostTensor) -> String {
    if constant.count > largestConstant { return "... \(constant.count) elements" }
    if constant.count == 0 { return "[]" }
    return constant.nestedText { $0.programText }
  }

  /// The name of a variable in text: `a` to `z`, `aa`, `ab`, and so on.
  static func variableName(_ number: Int) -> String {
    var letters: [UInt8] = []
    var rest = number
    repeat {
      letters.append(UInt8(97 + rest % 26))
      rest = rest / 26 - 1
    } while rest >= 0
    return String(decoding: letters.reversed(), as: UTF8.self)
  }
}

/// A string between quotation marks, as ``ProgramLexer`` reads it.
private func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case _ where scalar.value < 32 || scalar.value == 127: result += "\\u{\(String(scalar.value, radix: 16))}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

private func singleLine(_ text: String) -> String {
  String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 ? " " : $0 }))
}
