extension PrimitiveCatalog {
  /// What combines elements along axes.
  public static var reduction: [any Primitive.Type] { [Sum.self] }
}
