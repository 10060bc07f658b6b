extension PrimitiveCatalog {
  /// Operations defined by others that are kept under one name.
  public static var composite: [any Primitive.Type] {
    [
      LogSumExp.self, Norm.self, Variance.self, Softmax.self, LogSoftmax.self, LogCumulativeSum.self,
      RunningOdds.self,
    ]
  }
}
