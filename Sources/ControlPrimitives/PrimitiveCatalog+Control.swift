@_exported import Linearization

extension PrimitiveCatalog {
  /// The primitives that contain programs, and the names that steer what checkpoints keep.
  public static var control: [any Primitive.Type] {
    [
      Call.self, Switch.self, Loop.self, While.self, CustomCall.self, Checkpoint.self, Named.self, Callback.self,
    ]
  }
}
