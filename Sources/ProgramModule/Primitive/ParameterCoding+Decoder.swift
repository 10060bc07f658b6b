extension ParameterValue {
  /// The value that has these parameters.
  func decode<T: Decodable>(_ type: T.Type, path: [any CodingKey] = []) throws -> T {
    // In two steps: nothing, cast to an optional type, would be a value of it.
    if let known = try special(type, path), let value = known as? T { return value }
    return try T(from: ParameterDecoder(value: self, codingPath: path))
  }

  /// A value of a type that text has a form of its own for; `nil` for other types.
  private func special(_ type: any Decodable.Type, _ path: [any CodingKey]) throws -> Any? {
    switch type {
    case is DType.Type:
      guard case .symbol(let name) = self, let dtype = DType(name: name) else {
        throw mismatch(type, "an element type such as float64", path)
      }
      return dtype
    case is Program.Type:
      guard case .program(let program) = self else { throw mismatch(type, "a program such as @name", path) }
      return program.program
    case is Subprogram.Type:
      guard case .program(let program) = self else { throw mismatch(type, "a program such as @name", path) }
      return program
    case is Bool.Type:
      guard case .flag(let flag) = self else { throw mismatch(type, "true or false", path) }
      return flag
    case is String.Type:
      guard case .string(let text) = self else { throw mismatch(type, "a string", path) }
      return text
    case let type as any FixedWidthInteger.Type:
      guard case .number(let text) = self, let number = type.reading(text) else {
        throw mismatch(type, "a whole number in the range of \(type)", path)
      }
      return number
    case let type as any (BinaryFloatingPoint & LosslessStringConvertible).Type:
      guard case .number(let text) = self, let number = type.reading(text) else {
        throw mismatch(type, "a number", path)
      }
      return number
    default: return nil
    }
  }

  fileprivate func mismatch(_ type: Any.Type, _ expected: String, _ path: [any CodingKey]) -> DecodingError {
    .typeMismatch(type, .init(codingPath: path, debugDescription: "expected \(expected), found \(kind)"))
  }
}

extension FixedWidthInteger {
  fileprivate static func reading(_ text: String) -> Self? { Self(text) }
}

extension LosslessStringConvertible {
  fileprivate static func reading(_ text: String) -> Self? { Self(text) }
}

private struct ParameterDecoder: Decoder {
  let value: ParameterValue
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .keyed(let fields) = value else { throw value.mismatch(Key.self, "named values", codingPath) }
    return KeyedDecodingContainer(KeyedContainer<Key>(fields: fields, codingPath: codingPath))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .list(let elements) = value else { throw value.mismatch([Any].self, "a list", codingPath) }
    return ListContainer(elements: elements, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer {
    SingleContainer(value: value, codingPath: codingPath)
  }
}

private struct KeyedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let fields: [ParameterValue.Field]
  let codingPath: [any CodingKey]

  var allKeys: [Key] { fields.compactMap { Key(stringValue: $0.name) } }

  func contains(_ key: Key) -> Bool { fields.contains { $0.name == key.stringValue } }

  func decodeNil(forKey key: Key) throws -> Bool { try value(key.stringValue, key) == .null }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    try value(key.stringValue, key).decode(type, path: codingPath + [key])
  }

  func nestedContainer<NestedKey: CodingKey>(keyedBy type: NestedKey.Type, forKey key: Key) throws
    -> KeyedDecodingContainer<NestedKey>
  {
    try nested(key.stringValue, key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try nested(key.stringValue, key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { try nested("super", ParameterKey(stringValue: "super")) }

  func superDecoder(forKey key: Key) throws -> any Decoder { try nested(key.stringValue, key) }

  private func value(_ name: String, _ key: any CodingKey) throws -> ParameterValue {
    guard let field = fields.first(where: { $0.name == name }) else {
      throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "missing"))
    }
    return field.value
  }

  private func nested(_ name: String, _ key: any CodingKey) throws -> ParameterDecoder {
    ParameterDecoder(value: try value(name, key), codingPath: codingPath + [key])
  }
}

private struct ListContainer: UnkeyedDecodingContainer {
  let elements: [ParameterValue]
  let codingPath: [any CodingKey]
  var currentIndex = 0

  init(elements: [ParameterValue], codingPath: [any CodingKey]) {
    self.elements = elements
    self.codingPath = codingPath
  }

  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex >= elements.count }

  mutating func decodeNil() throws -> Bool {
    guard try current() == .null else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    let decoded = try current().decode(type, path: path)
    currentIndex += 1
    return decoded
  }

  mutating func nestedContainer<NestedKey: CodingKey>(keyedBy type: NestedKey.Type) throws
    -> KeyedDecodingContainer<NestedKey>
  {
    try nested().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try nested().unkeyedContainer() }

  mutating func superDecoder() throws -> any Decoder { try nested() }

  private var path: [any CodingKey] { codingPath + [ParameterKey(intValue: currentIndex)] }

  private func current() throws -> ParameterValue {
    guard !isAtEnd else {
      throw DecodingError.valueNotFound(
        Any.self, .init(codingPath: path, debugDescription: "the list has only \(elements.count) elements"))
    }
    return elements[currentIndex]
  }

  private mutating func nested() throws -> ParameterDecoder {
    let decoder = ParameterDecoder(value: try current(), codingPath: path)
    currentIndex += 1
    return decoder
  }
}

private struct SingleContainer: SingleValueDecodingContainer {
  let value: ParameterValue
  let codingPath: [any CodingKey]

  func decodeNil() -> Bool { value == .null }

  func decode<T: Decodable>(_ type: T.Type) throws -> T { try value.decode(type, path: codingPath) }
}
