extension CodingUserInfoKey {
  /// Where `JSONDecoder` and others find the primitives of programs: a closure `(String) -> (any Primitive.Type)?`.
  public static let primitives = CodingUserInfoKey(rawValue: "jacobi.primitives")
}

extension Program: Codable {
  /// Writes the program as its text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  /// Reads a program from its text.
  ///
  /// The decoder's `userInfo` must have, under ``Swift/CodingUserInfoKey/primitives``, the closure that finds primitives by
  /// name.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    let lookup = CodingUserInfoKey.primitives.flatMap { decoder.userInfo[$0] }
    // A function type is cast exactly: one that is @Sendable is another type.
    guard
      let primitives = lookup as? @Sendable (String) -> (any Primitive.Type)?
        ?? lookup as? (String) -> (any Primitive.Type)?
    else {
      throw TensorError(
        .program, "decode", "a program is decoded without the primitives that it may have",
        hint: "set the decoder's userInfo[.primitives] to PrimitiveCatalog.primitive(named:)")
    }
    try self.init(parsing: text, primitives: primitives)
  }
}
