/// The least empty room between neighbours of a row.
enum Spacing {
  static func between(_ first: LayeredGraph.Item, _ second: LayeredGraph.Item) -> Double {
    switch (first.isVirtual, second.isVirtual) {
    case (false, false): 28
    case (true, true): 18
    default: 20
    }
  }
}
