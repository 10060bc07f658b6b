extension PrimitiveCatalog {
  /// Products and factorizations of matrices.
  public static var linearAlgebra: [any Primitive.Type] { [DotGeneral.self, ZeroAbsorbingDotGeneral.self] }
}
