/// The edges that join the same two nodes, laid out as one ribbon and drawn as strands side by side.
struct Bundle {
  /// The distance between neighbouring strands.
  static let pitch = 12.0

  let from: Int
  let to: Int
  /// The indices of the edges: primal ones first, then tangents, then adjoints.
  var edges: [Int]
  /// The room for the labels of all strands, one below the other on the right; zero by zero if there is none.
  var labelWidth = 0.0
  var labelHeight = 0.0

  /// The distance between the outermost strands.
  var width: Double { Self.pitch * Double(edges.count - 1) }

  /// The place of a strand, from the middle of the ribbon.
  func offset(_ strand: Int) -> Double { Self.pitch * Double(strand) - width / 2 }

  /// Gathers the edges of a graph, in the order in which their ends first appear.
  static func all(of graph: Graph) -> [Bundle] {
    var bundles: [Bundle] = []
    var places: [SIMD2<Int>: Int] = [:]
    for role in Graph.Edge.Role.allCases {
      for (index, edge) in graph.edges.enumerated() where edge.role == role {
        let ends = SIMD2(edge.from, edge.to)
        let place = places[ends] ?? bundles.count
        if place == bundles.count {
          places[ends] = place
          bundles.append(Bundle(from: edge.from, to: edge.to, edges: []))
        }
        bundles[place].edges.append(index)
        if let label = edge.label {
          bundles[place].labelWidth = max(bundles[place].labelWidth, Typography.labelWidth(label))
          bundles[place].labelHeight += Typography.labelLeading
        }
      }
    }
    return bundles
  }
}
