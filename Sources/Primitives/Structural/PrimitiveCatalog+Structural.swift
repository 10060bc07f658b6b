extension PrimitiveCatalog {
  /// What moves, repeats or leaves out elements.
  public static var structural: [any Primitive.Type] {
    [Broadcast.self, Reshape.self, Transpose.self, Slice.self, Embed.self, Concatenate.self, UpdateSlice.self]
  }
}
