/// The identity of an engine, by which programs and caches name it.
///
/// Engines with the same identity must be interchangeable: a program that one of them has compiled is used for the others.
/// An engine with options therefore has an identity for each choice of them.
public struct EngineID: Hashable, Sendable {
  /// The name, for people and in the text of programs, such as `reference`.
  public let name: String

  /// Creates the identity with a name.
  public init(_ name: String) { self.name = name }
}

extension EngineID: CustomStringConvertible {
  /// The name.
  public var description: String { name }
}

extension EngineID: Codable {
  /// Writes the name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }

  /// Reads a name.
  public init(from decoder: any Decoder) throws { name = try decoder.singleValueContainer().decode(String.self) }
}
