extension ParameterValue {
  /// A value as parameters. Equal values give equal parameters: sets and dictionaries are put in order.
  init(encoding value: some Encodable, path: [any CodingKey] = []) throws {
    switch value {
    case let dtype as DType: self = .symbol(dtype.description)
    case let program as Program: self = .program(Subprogram(program))
    case let program as Subprogram: self = .program(program)
    default:
      let encoder = ParameterEncoder(codingPath: path)
      try value.encode(to: encoder)
      self = encoder.target.value
      if value is any UnorderedByName, case .keyed(let fields) = self {
        self = .keyed(fields.sorted { $0.name < $1.name })
      }
      if value is any Unordered, case .list(let elements) = self {
        self = .list(elements.map { ($0, "\($0)") }.sorted { $0.1 < $1.1 }.map(\.0))
      }
    }
  }
}

/// A collection whose values by name have no order of their own.
private protocol UnorderedByName {}
extension Dictionary: UnorderedByName {}
/// A collection whose elements have no order of their own.
private protocol Unordered {}
extension Set: Unordered {}

/// A place where a value is being put together.
private final class Target {
  private enum Kind { case empty, single, list, keyed }
  private var kind = Kind.empty
  private var single = ParameterValue.null
  private var elements: [Target] = []
  private var fields: [(name: String, target: Target)] = []

  /// What has been put here.
  var value: ParameterValue {
    switch kind {
    case .empty: .keyed([])
    case .single: single
    case .list: .list(elements.map(\.value))
    case .keyed: .keyed(fields.map { ParameterValue.Field($0.name, $0.target.value) })
    }
  }

  var count: Int { elements.count }

  func set(_ value: ParameterValue) {
    kind = .single
    single = value
  }

  func beginList() { kind = .list }

  func beginKeyed() { kind = .keyed }

  func element() -> Target {
    elements.append(Target())
    return elements[elements.count - 1]
  }

  func field(_ name: String) -> Target {
    if let known = fields.first(where: { $0.name == name }) { return known.target }
    fields.append((name, Target()))
    return fields[fields.count - 1].target
  }
}

private struct ParameterEncoder: Encoder {
  let target: Target
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  init(_ target: Target = Target(), codingPath: [any CodingKey]) {
    self.target = target
    self.codingPath = codingPath
  }

  func container<Key: CodingKey>(keyedBy: Key.Type) -> KeyedEncodingContainer<Key> {
    target.beginKeyed()
    return KeyedEncodingContainer(KeyedContainer<Key>(target: target, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    target.beginList()
    return ListContainer(target: target, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    SingleContainer(target: target, codingPath: codingPath)
  }
}

/// Puts one value of a type that text has a form for.
private func parameter(_ value: some Encodable, _ path: [any CodingKey]) throws -> ParameterValue {
  switch value {
  case let flag as Bool: .flag(flag)
  case let text as String: .string(text)
  case let number as any FixedWidthInteger: .number(number.description)
  case let number as any BinaryFloatingPoint & LosslessStringConvertible: .number(number.description)
  default: try ParameterValue(encoding: value, path: path)
  }
}

private struct KeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let target: Target
  let codingPath: [any CodingKey]

  func encodeNil(forKey key: Key) throws { target.field(key.stringValue).set(.null) }

  func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    target.field(key.stringValue).set(try parameter(value, codingPath + [key]))
  }

  func nestedContainer<NestedKey: CodingKey>(keyedBy: NestedKey.Type, forKey key: Key)
    -> KeyedEncodingContainer<NestedKey>
  {
    nested(key.stringValue, key).container(keyedBy: NestedKey.self)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    nested(key.stringValue, key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { nested("super", ParameterKey(stringValue: "super")) }

  func superEncoder(forKey key: Key) -> any Encoder { nested(key.stringValue, key) }

  private func nested(_ name: String, _ key: any CodingKey) -> ParameterEncoder {
    ParameterEncoder(target.field(name), codingPath: codingPath + [key])
  }
}

private struct ListContainer: UnkeyedEncodingContainer {
  let target: Target
  let codingPath: [any CodingKey]
  var count: Int { target.count }

  func encodeNil() throws { target.element().set(.null) }

  func encode<T: Encodable>(_ value: T) throws {
    let path = codingPath + [ParameterKey(intValue: count)]
    target.element().set(try parameter(value, path))
  }

  func nestedContainer<NestedKey: CodingKey>(keyedBy: NestedKey.Type) -> KeyedEncodingContainer<NestedKey> {
    nested().container(keyedBy: NestedKey.self)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { nested().unkeyedContainer() }

  func superEncoder() -> any Encoder { nested() }

  private func nested() -> ParameterEncoder {
    let path = codingPath + [ParameterKey(intValue: count)]
    return ParameterEncoder(target.element(), codingPath: path)
  }
}

private struct SingleContainer: SingleValueEncodingContainer {
  let target: Target
  let codingPath: [any CodingKey]

  func encodeNil() throws { target.set(.null) }

  func encode<T: Encodable>(_ value: T) throws { target.set(try parameter(value, codingPath)) }
}
