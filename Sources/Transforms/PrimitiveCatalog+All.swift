import ControlPrimitives
import LinearAlgebra
import SpecialFunctions
import Spectral

extension PrimitiveCatalog {
  /// All primitives, family by family.
  public static var all: [any Primitive.Type] { basic + factorizations + spectral + specialFunctions + control }

  /// The primitive with a name.
  public static func primitive(named name: String) -> (any Primitive.Type)? { byName[name] }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}
