import Foundation
import GraphDrawing
import Testing

/// The DOT text is read by Graphviz itself, where it is installed.
@Suite("DOT by Graphviz")
struct GraphvizTests {
  /// The program `dot`; nothing where it is absent.
  static let program: URL? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { URL(fileURLWithPath: String($0)).appendingPathComponent("dot") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }()

  /// What `dot` prints of a layout, what it complains about, and its exit status.
  private func run(_ text: String, _ program: URL) throws -> (output: String, errors: String, status: Int32) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("dot-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["in", "out", "err"].map { folder.appendingPathComponent($0) }
    try Data(text.utf8).write(to: files[0])
    for file in files.dropFirst() { try Data().write(to: file) }
    let process = Process()
    process.executableURL = program
    process.arguments = ["-Tplain", files[0].path]
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    return (
      try String(contentsOf: files[1], encoding: .utf8), try String(contentsOf: files[2], encoding: .utf8),
      process.terminationStatus
    )
  }

  @Test(
    "every example is read without a complaint, with all nodes and edges",
    .enabled(if: program != nil, "Graphviz is not installed: there is no program 'dot'"),
    // Graphviz takes a minute for the largest tangle.
    arguments: Examples.all.filter { $0.nodes.count < 80 })
  func examples(graph: Graph) throws {
    let program = try #require(Self.program)
    // 'plain' has one line for each node and each edge.
    let (plain, complaints, status) = try run(graph.drawn(as: .dot), program)
    #expect(status == 0 && complaints.isEmpty, "\(complaints)")
    // A long text may hold line breaks of its own; what counts is how a line begins.
    let lines = plain.split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("node ") } == graph.nodes.count)
    #expect(lines.count { $0.hasPrefix("edge ") } == graph.edges.count)
  }

  @Test(
    "a text that is no graph is refused",
    .enabled(if: program != nil, "Graphviz is not installed: there is no program 'dot'"))
  func refused() throws {
    let program = try #require(Self.program)
    #expect(try run("digraph { a -> }", program).status != 0)
  }
}
