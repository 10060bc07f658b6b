/// A computation graph to draw: what was computed, from what, and what flowed along each edge.
///
/// Invariant: the nodes are in the order in which they were evaluated, so every edge goes from an earlier node to a
/// later one. A graph is therefore acyclic, and the order of its nodes is a topological one.
public struct Graph: Sendable, Equatable {
  /// The nodes, in the order in which they were evaluated.
  public let nodes: [Node]
  /// The edges, in any order; several may join the same two nodes, as in `x * x`.
  public let edges: [Edge]

  /// Makes a graph of nodes in evaluation order and the edges between them.
  ///
  /// - Precondition: Every edge goes from an earlier node to a later one.
  public init(nodes: [Node], edges: [Edge]) {
    for edge in edges {
      precondition(
        edge.from >= 0 && edge.from < edge.to && edge.to < nodes.count,
        "the edge \(edge.from) -> \(edge.to) does not go from an earlier to a later one of \(nodes.count) nodes")
    }
    self.nodes = nodes
    self.edges = edges
  }
}

extension Graph {
  /// One value of the computation: a box of the picture.
  public struct Node: Sendable, Equatable {
    /// The name that other nodes use for this one, such as `v2`.
    public var id: String
    /// The headline, such as `v2 = log(v0)`.
    public var title: String
    /// What is known of the node, such as `value 0.693147`.
    ///
    /// A line that starts with the word `value`, `tangent` or `adjoint` is set in that quantity's colour and column.
    public var lines: [String]
    /// The part that the node plays.
    public var role: Role

    /// Makes a node.
    public init(id: String, title: String, lines: [String] = [], role: Role = .operation) {
      self.id = id
      self.title = title
      self.lines = lines
      self.role = role
    }

    /// The part that a node plays in the computation.
    public enum Role: String, Sendable, CaseIterable {
      /// A variable of the function.
      case input
      /// A number that is the same for every input.
      case constant
      /// An intermediate value.
      case operation
      /// A result of the function.
      case output
    }
  }

  /// What flows between two nodes: an arrow of the picture.
  public struct Edge: Sendable, Equatable {
    /// The index of the operand.
    public var from: Int
    /// The index of the node that uses the operand.
    public var to: Int
    /// A short text beside the arrow, such as the local derivative.
    public var label: String?
    /// What flows along the edge.
    public var role: Role

    /// Makes an edge from an operand to the node that uses it.
    ///
    /// The ends of an adjoint edge are those of the primal edge that it follows; only its arrow is turned round.
    public init(from: Int, to: Int, label: String? = nil, role: Role = .primal) {
      self.from = from
      self.to = to
      self.label = label
      self.role = role
    }

    /// What flows along an edge.
    public enum Role: String, Sendable, CaseIterable {
      /// A value, from operand to result.
      case primal
      /// A tangent, from operand to result.
      case tangent
      /// An adjoint, from result to operand: the arrow is drawn against the flow of values.
      case adjoint
    }
  }
}
