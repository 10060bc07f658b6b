@_exported import Linearization

extension PrimitiveCatalog {
  /// The primitives that contain programs, and the names that steer what checkpoints keep.
  public static var control: [any Primitive.Type] {
    [
      Call.self, Switch.self, Loop.self, While.self, CustomCall.self, Checkpoint.self, Named.self, Callback.self,
    ]
  }

  /// All primitives, family by family.
  public static var all: [any Primitive.Type] { basic + control }

  /// The primitive with a name.
  public static func primitive(named name: String) -> (any Primitive.Type)? { byName[name] }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}
