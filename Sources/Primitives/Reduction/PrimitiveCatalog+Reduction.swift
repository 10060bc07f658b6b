extension PrimitiveCatalog {
  /// What combines elements along axes.
  public static var reduction: [any Primitive.Type] {
    [
      Sum.self, Prod.self, ReduceMax.self, ReduceMin.self, ExtremumWeights.self, ReduceAll.self, ReduceAny.self,
      ArgMax.self, ArgMin.self, CumulativeSum.self, CumulativeProduct.self, CumulativeMax.self, CumulativeMin.self,
      LinearRecurrence.self,
    ]
  }
}
