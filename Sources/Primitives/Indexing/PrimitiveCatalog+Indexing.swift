extension PrimitiveCatalog {
  /// What takes and puts elements at places that are data.
  public static var indexing: [any Primitive.Type] {
    [Gather.self, ScatterAdd.self, Scatter.self, LinearIndices.self, ArgSort.self, SearchSorted.self]
  }
}
