/// The primitives. The laws are checked for every one of them, programs are parsed with their names, and a test fails
/// when a primitive is missing here.
public enum PrimitiveCatalog {
  /// The primitives without programs in them, family by family.
  public static var basic: [any Primitive.Type] {
    elementwise + structural + indexing + reduction + linearAlgebra + composite + random + [StopGradient.self]
  }
}
