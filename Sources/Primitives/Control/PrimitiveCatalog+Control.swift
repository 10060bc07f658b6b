extension PrimitiveCatalog {
  /// What contains programs, or steers derivatives.
  public static var control: [any Primitive.Type] {
    [
      StopGradient.self, Call.self, Switch.self, Loop.self, While.self, CustomCall.self, Checkpoint.self, Named.self,
      Callback.self,
    ]
  }
}
