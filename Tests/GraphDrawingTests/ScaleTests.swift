import GraphDrawing
import Testing

@Suite("Large graphs")
struct ScaleTests {
  @Test(
    "a chain of 100,000 nodes, in linear time and without recursion", arguments: [GraphFormat.text, .dot, .mermaid])
  func chain(format: GraphFormat) {
    let graph = Examples.chain(100_000)
    let time = ContinuousClock().measure {
      #expect(graph.drawn(as: format).utf8.count > 1_000_000)
    }
    #expect(time < .seconds(Self.limit))
  }

  @Test("text of 100,000 values that are all alive at once")
  func fan() {
    let graph = Examples.wide(100_000)
    let time = ContinuousClock().measure {
      #expect(graph.drawn(as: .text).utf8.count < 20_000_000)
    }
    #expect(time < .seconds(Self.limit))
  }

  @Test("pictures of graphs too large to read are still drawn")
  func pictures() {
    let graphs = [
      Examples.chain(5000), Examples.fan(1000), Examples.wide(1000), Examples.recurrence(400), Examples.rosenbrock(60),
      Examples.tangle(600, reach: 40, seed: 7),
    ]
    for graph in graphs {
      let time = ContinuousClock().measure {
        #expect(graph.drawn(as: .svg).hasSuffix("</svg>\n"))
      }
      #expect(time < .seconds(Self.limit), "\(graph.nodes.count) nodes took \(time)")
    }
  }

  @Test("edges that would swamp the picture are cut and named")
  func tags() {
    #expect(!Examples.recurrence(6).drawn(as: .svg).contains("class=\"tag\""))
    #expect(Examples.recurrence(400).drawn(as: .svg).contains("class=\"tag\""))
  }

  /// Generous, for builds without optimization on busy machines.
  private static let limit = 60
}
