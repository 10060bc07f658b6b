/// The row of every node: each below its operands, inputs in the first row, final results in the last.
///
/// Longest paths from the sources give each node the highest row that it can have. Then what costs less ink further down
/// moves down: constants and what depends on nothing else, and nodes with more uses than operands. That is the greedy
/// half of what the network simplex does (Gansner et al., *A Technique for Drawing Directed Graphs*, 1993), and on
/// computation graphs, where few nodes are free to move, it seldom differs.
struct Layering {
  /// The row of each node.
  private(set) var layer: [Int]
  /// The connected part of the graph to which each node belongs, numbered by first node.
  let component: [Int]
  let componentCount: Int

  private let operands: [[Int]]
  private let uses: [[Int]]

  init(graph: Graph, bundles: [Bundle]) {
    let count = graph.nodes.count
    var operands = [[Int]](repeating: [], count: count)
    var uses = [[Int]](repeating: [], count: count)
    for bundle in bundles {
      operands[bundle.to].append(bundle.from)
      uses[bundle.from].append(bundle.to)
    }
    self.operands = operands
    self.uses = uses
    (component, componentCount) = Self.components(operands: operands, uses: uses)
    layer = [Int](repeating: 0, count: count)
    for node in 0..<count { layer[node] = highest(node) }
    lowerResults(graph)
    settle(graph)
  }

  private func highest(_ node: Int) -> Int { (operands[node].lazy.map { layer[$0] }.max() ?? -1) + 1 }

  private func lowest(_ node: Int) -> Int { (uses[node].lazy.map { layer[$0] }.min() ?? layer[node] + 1) - 1 }

  /// Moves the results that nothing uses to the last row of their component.
  private mutating func lowerResults(_ graph: Graph) {
    var last = [Int](repeating: 0, count: componentCount)
    for node in layer.indices { last[component[node]] = max(last[component[node]], layer[node]) }
    for node in layer.indices where uses[node].isEmpty && graph.nodes[node].role == .output {
      layer[node] = last[component[node]]
    }
  }

  /// Moves nodes up and down, as long as that shortens the edges.
  private mutating func settle(_ graph: Graph) {
    var isFloating = [Bool](repeating: false, count: layer.count)
    for node in layer.indices {
      isFloating[node] = graph.nodes[node].role != .input && operands[node].allSatisfy { isFloating[$0] }
    }
    for _ in 0..<8 {
      var hasMoved = false
      for node in layer.indices.reversed() where graph.nodes[node].role != .input && !uses[node].isEmpty {
        let sinks = isFloating[node] || uses[node].count > operands[node].count
        let target = sinks ? lowest(node) : layer[node]
        if target != layer[node] { hasMoved = true }
        layer[node] = target
      }
      for node in layer.indices where !isFloating[node] && operands[node].count > uses[node].count {
        if uses[node].isEmpty { continue }
        let target = highest(node)
        if target != layer[node] { hasMoved = true }
        layer[node] = target
      }
      if !hasMoved { break }
    }
  }

  private static func components(operands: [[Int]], uses: [[Int]]) -> ([Int], Int) {
    var component = [Int](repeating: -1, count: operands.count)
    var count = 0
    for first in component.indices where component[first] < 0 {
      var pending = [first]
      component[first] = count
      while let node = pending.popLast() {
        for next in operands[node] + uses[node] where component[next] < 0 {
          component[next] = count
          pending.append(next)
        }
      }
      count += 1
    }
    return (component, count)
  }
}
