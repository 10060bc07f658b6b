/// All primitives. The laws are checked for every one of them, programs are parsed with their names, and a test fails
/// when a primitive is missing here.
public enum PrimitiveCatalog {
  /// All primitives, family by family.
  public static var all: [any Primitive.Type] {
    elementwise + structural + indexing + reduction + linearAlgebra + composite + control
  }

  /// The primitive with a name.
  public static func primitive(named name: String) -> (any Primitive.Type)? { byName[name] }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}
