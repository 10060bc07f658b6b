/// The parameters of a primitive as text can show them: what lies between a `Codable` value and program text.
///
/// Numbers are kept as they are written, so that the type that reads one decides what it means.
package indirect enum ParameterValue: Hashable, Sendable {
  /// Nothing, for an optional without a value.
  case null
  /// `true` or `false`.
  case flag(Bool)
  /// A number, as written.
  case number(String)
  /// A string.
  case string(String)
  /// A bare name, such as that of an element type.
  case symbol(String)
  /// Values in order.
  case list([ParameterValue])
  /// Values by name, in the order of their names in the source.
  case keyed([Field])
  /// A program that is part of the primitive.
  case program(Subprogram)

  /// A value with its name.
  package struct Field: Hashable, Sendable {
    package var name: String
    package var value: ParameterValue

    package init(_ name: String, _ value: ParameterValue) {
      self.name = name
      self.value = value
    }
  }
}

extension ParameterValue {
  /// The parameters of a primitive: fields by name, or the single value that it encodes itself as.
  package init(parametersOf primitive: any Primitive) throws(TensorError) {
    do {
      self = try ParameterValue(encoding: primitive)
    } catch {
      throw TensorError(.program, type(of: primitive).name, "the parameters cannot be written as text: \(error)")
    }
  }

  /// The primitive of a type with these parameters.
  package func primitive(_ type: any Primitive.Type) throws(TensorError) -> any Primitive {
    do {
      return try decode(type)
    } catch let error as DecodingError {
      throw TensorError(.program, type.name, "the parameters do not fit: \(error.explanation)")
    } catch let error as TensorError {
      throw error
    } catch {
      throw TensorError(.program, type.name, "the parameters do not fit: \(error)")
    }
  }

  /// Whether there is nothing to write.
  package var isEmpty: Bool { self == .keyed([]) }

  /// What this is, for messages.
  var kind: String {
    switch self {
    case .null: "nil"
    case .flag(let flag): "\(flag)"
    case .number(let text): "the number \(text)"
    case .string(let text): "the string \"\(text)\""
    case .symbol(let name): "the name \(name)"
    case .list: "a list"
    case .keyed: "a list of named values"
    case .program: "a program"
    }
  }
}

extension DecodingError {
  /// What was wrong, and where among the parameters, in one line.
  fileprivate var explanation: String {
    func place(_ context: Context) -> String {
      let path = context.codingPath.map { key in key.intValue.map { "[\($0)]" } ?? key.stringValue }
      return path.isEmpty ? context.debugDescription : "\(path.joined(separator: ".")): \(context.debugDescription)"
    }
    switch self {
    case .keyNotFound(let key, let context):
      let path = context.codingPath.map(\.stringValue) + [key.stringValue]
      return "'\(path.joined(separator: "."))' is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      return place(context)
    @unknown default: return "\(self)"
    }
  }
}

/// A name or a position on the way to a parameter.
struct ParameterKey: CodingKey {
  let stringValue: String
  let intValue: Int?

  init(stringValue: String) {
    self.stringValue = stringValue
    intValue = nil
  }

  init(intValue: Int) {
    stringValue = "\(intValue)"
    self.intValue = intValue
  }
}
