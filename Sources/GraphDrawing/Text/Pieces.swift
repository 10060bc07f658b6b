extension String {
  /// Appends some pieces, one after the other.
  mutating func append(_ pieces: String...) {
    for piece in pieces { self += piece }
  }
}
