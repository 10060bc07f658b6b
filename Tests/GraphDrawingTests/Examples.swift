import GraphDrawing

/// Graphs that the tests draw.
enum Examples {
  /// A few of each kind, small enough to check every pair of boxes.
  static let all: [Graph] = [
    talk(), talk, talkForward, talkReverse, bothModes, hostile, network, mixed, rosenbrock(5), chain(1), chain(12),
    fan(24),
    recurrence(6), recurrence(60), tree(5), bipartite(4, 5), tangle(30, reach: 8, seed: 1),
    tangle(90, reach: 30, seed: 2),
  ]

  /// The talk's example, `log(x1) + x1 * x2 - sin(x2)` at (2, 5).
  static let talk = talk(values: [2, 5, 0.693147, 10, -0.958924, 10.693147, 11.652071])

  /// The talk's example with tangents along (1, 0).
  static let talkForward = talk(
    values: [2, 5, 0.693147, 10, -0.958924, 10.693147, 11.652071], tangents: [1, 0, 0.5, 5, 0, 5.5, 5.5],
    partials: [0.5, 5, 2, 0.283662, 1, 1, 1, -1], role: .tangent)

  /// The talk's example with adjoints.
  static let talkReverse = talk(
    values: [2, 5, 0.693147, 10, -0.958924, 10.693147, 11.652071], adjoints: [5.5, 1.716338, 1, 1, -1, 1, 1],
    partials: [0.5, 5, 2, 0.283662, 1, 1, 1, -1], role: .adjoint)

  /// A graph with tangents and adjoints on its edges at once.
  static let bothModes: Graph = {
    let forward = talkForward
    let reverse = talkReverse
    let nodes = zip(forward.nodes, reverse.nodes).map { node, other in
      var node = node
      node.lines.append(contentsOf: other.lines.dropFirst())
      return node
    }
    return Graph(nodes: nodes, edges: forward.edges + reverse.edges.filter { $0.role == .adjoint })
  }()

  /// Text that every format must escape or replace.
  static let hostile = Graph(
    nodes: [
      Graph.Node(
        id: "a<b", title: "a < b && \"c\" > 'd'", lines: ["value <1>", "", "]]> %% `x` #59; \\n"], role: .input),
      Graph.Node(id: "", title: "", lines: ["\u{0}\u{1B}[31m\u{7F}\u{85}\u{202E}\u{FFFE}\r\n\tend"], role: .constant),
      Graph.Node(id: "αβ", title: "漢字 = é🙂 end style:#fff;", lines: ["tangent "], role: .output),
      Graph.Node(id: "long", title: "long = [" + String(repeating: "0.125, ", count: 40) + "]", role: .operation),
    ],
    edges: [
      Graph.Edge(from: 0, to: 2, label: "<&\"|>\n", role: .adjoint), Graph.Edge(from: 1, to: 2, label: ""),
      Graph.Edge(from: 2, to: 3, label: String(repeating: "x", count: 100)),
    ])

  static func talk(
    values: [Double] = [], tangents: [Double] = [], adjoints: [Double] = [], partials: [Double] = [],
    role: Graph.Edge.Role = .primal
  ) -> Graph {
    let formulas = ["x1", "x2", "log(v0)", "v0 * v1", "sin(v1)", "v2 + v3", "v5 - v4"]
    let ends = [(0, 2), (0, 3), (1, 3), (1, 4), (2, 5), (3, 5), (5, 6), (4, 6)]
    let nodes = formulas.indices.map { index in
      var lines: [String] = []
      if !values.isEmpty { lines.append("value \(values[index])") }
      if !tangents.isEmpty { lines.append("tangent \(tangents[index])") }
      if !adjoints.isEmpty { lines.append("adjoint \(adjoints[index])") }
      return Graph.Node(
        id: "v\(index)", title: "v\(index) = \(formulas[index])", lines: lines,
        role: index < 2 ? .input : index == 6 ? .output : .operation)
    }
    var edges = ends.map { Graph.Edge(from: $0.0, to: $0.1) }
    for (index, partial) in partials.enumerated() {
      edges.append(Graph.Edge(from: ends[index].0, to: ends[index].1, label: "× \(partial)", role: role))
    }
    return Graph(nodes: nodes, edges: edges)
  }

  /// A network with two inputs, four hidden units and two outputs, as scalar operations.
  static let network: Graph = {
    var sketch = Sketch()
    let x = [sketch.input("x1"), sketch.input("x2")]
    var hidden: [Int] = []
    for unit in 0..<4 {
      let first = sketch.operation("w\(unit)1 *", [x[0]])
      let second = sketch.operation("w\(unit)2 *", [x[1]])
      let sum = sketch.operation("+", [first, second])
      hidden.append(sketch.operation("tanh", [sum]))
    }
    for output in 0..<2 {
      let terms = hidden.map { sketch.operation("u\(output) *", [$0]) }
      sketch.operation("sum", terms, role: .output)
    }
    return sketch.graph
  }()

  /// The sum of Rosenbrock's function over neighbours among some variables.
  static func rosenbrock(_ count: Int) -> Graph {
    var sketch = Sketch()
    let x = (1...count).map { sketch.input("x\($0)") }
    let hundred = sketch.node("100", [], role: .constant)
    let one = sketch.node("1", [], role: .constant)
    var sum: Int?
    for (a, b) in zip(x, x.dropFirst()) {
      let square = sketch.operation("*", [a, a])
      let difference = sketch.operation("-", [b, square])
      let steep = sketch.operation("*", [difference, difference])
      let scaled = sketch.operation("*", [hundred, steep])
      let distance = sketch.operation("-", [one, a])
      let flat = sketch.operation("*", [distance, distance])
      let term = sketch.operation("+", [scaled, flat])
      sum = sum.map { sketch.operation("+", [$0, term]) } ?? term
    }
    return sketch.graph
  }

  /// A chain of operations.
  static func chain(_ count: Int) -> Graph {
    Graph(
      nodes: (0..<count).map { index in
        Graph.Node(
          id: "v\(index)", title: index == 0 ? "v0 = x" : "v\(index) = sin(v\(index - 1))",
          role: index == 0 ? .input : index == count - 1 ? .output : .operation)
      },
      edges: (0..<max(0, count - 1)).map { Graph.Edge(from: $0, to: $0 + 1) })
  }

  /// One input, many uses, one sum.
  static func fan(_ count: Int) -> Graph {
    var sketch = Sketch()
    let x = sketch.input("x")
    let uses = (0..<count).map { sketch.operation("f\($0)", [x]) }
    sketch.operation("sum", uses, role: .output)
    return sketch.graph
  }

  /// Inputs and one sum of them all, with a short title.
  static func wide(_ count: Int) -> Graph {
    let inputs = (0..<count).map { Graph.Node(id: "v\($0)", title: "v\($0) = x\($0)", role: .input) }
    return Graph(
      nodes: inputs + [Graph.Node(id: "v\(count)", title: "v\(count) = sum", role: .output)],
      edges: (0..<count).map { Graph.Edge(from: $0, to: count) })
  }

  /// Sums in pairs, down to one, of two to the power of `depth` inputs.
  static func tree(_ depth: Int) -> Graph {
    var sketch = Sketch()
    // Not in the order in which they are to be drawn.
    var row = (0..<1 << depth).map { sketch.input("x\($0)") }
    while row.count > 1 {
      let half = row.count / 2
      row = (0..<half).map { sketch.operation("+", [row[$0], row[$0 + half]]) }
    }
    return sketch.graph
  }

  /// Every result depends on every input.
  static func bipartite(_ inputs: Int, _ outputs: Int) -> Graph {
    var sketch = Sketch()
    let x = (0..<inputs).map { sketch.input("x\($0)") }
    for _ in 0..<outputs { sketch.operation("f", x, role: .output) }
    return sketch.graph
  }

  /// Edges that join the same two nodes, nodes without any, and two parts without a connection.
  static let mixed: Graph = {
    var sketch = Sketch()
    let x = sketch.input("x")
    let square = sketch.operation("*", [x, x])
    let cube = sketch.operation("*", [square, x])
    sketch.operation("fma", [cube, cube, cube], role: .output)
    let y = sketch.input("y")
    let z = sketch.input("z")
    sketch.operation("atan2", [z, y], role: .output)
    _ = sketch.input("unused")
    _ = sketch.node("3.14159", [], role: .constant)
    return sketch.graph
  }()

  /// A recurrence: each step uses the last state and the same two weights.
  static func recurrence(_ steps: Int) -> Graph {
    var sketch = Sketch()
    let w = sketch.input("w")
    let u = sketch.input("u")
    var state = sketch.input("h0")
    for _ in 0..<steps {
      let a = sketch.operation("*", [w, state])
      let b = sketch.operation("+", [a, u])
      state = sketch.operation("tanh", [b])
    }
    sketch.operation("square", [state], role: .output)
    return sketch.graph
  }

  /// A pseudo-random graph: each node uses up to two of the last few.
  static func tangle(_ count: Int, reach: Int, seed: UInt64) -> Graph {
    var state = seed
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    var sketch = Sketch()
    for index in 0..<count {
      if index < 3 {
        _ = sketch.input("x\(index)")
      } else {
        let operands = (0..<2).map { _ in index - 1 - next(min(index, reach)) }
        sketch.operation("op", operands, role: index == count - 1 ? .output : .operation)
      }
    }
    return sketch.graph
  }
}

/// A graph under construction, with names `v0`, `v1`, ...
struct Sketch {
  private var nodes: [Graph.Node] = []
  private var edges: [Graph.Edge] = []

  var graph: Graph { Graph(nodes: nodes, edges: edges) }

  mutating func input(_ name: String) -> Int { node(name, [], role: .input) }

  @discardableResult
  mutating func operation(_ name: String, _ operands: [Int], role: Graph.Node.Role = .operation) -> Int {
    node("\(name)(\(operands.map { "v\($0)" }.joined(separator: ", ")))", operands, role: role)
  }

  mutating func node(_ formula: String, _ operands: [Int], role: Graph.Node.Role) -> Int {
    for operand in operands { edges.append(Graph.Edge(from: operand, to: nodes.count)) }
    nodes.append(Graph.Node(id: "v\(nodes.count)", title: "v\(nodes.count) = \(formula)", role: role))
    return nodes.count - 1
  }
}
