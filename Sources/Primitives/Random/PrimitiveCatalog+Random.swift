extension PrimitiveCatalog {
  /// What keys are hashed to.
  public static var random: [any Primitive.Type] { [RandomBits.self, DerivedKeys.self] }
}
