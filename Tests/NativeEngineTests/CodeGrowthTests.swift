import Foundation
import Jacobi
import NativeEngine
import Testing

/// The code for a program grows with the program, not faster, and has no function so long that LLVM takes more than linear time
/// for it. Each kind here once took minutes to compile.
@Suite(.enabled(if: NativeEngine().availability.isAvailable)) struct CodeGrowthTests {
  private func code(_ f: (Tensor) -> Tensor, _ x: Tensor) throws -> (written: String, optimized: String) {
    try NativeEngine().assembly(of: try program(of: f, at: x).optimized())
  }

  /// The lines of the longest function.
  private func longestFunction(_ text: String) -> Int {
    var (longest, length) = (0, 0)
    for line in text.split(separator: "\n") {
      if line.hasPrefix("define") { length = 0 }
      length += 1
      longest = max(longest, length)
    }
    return longest
  }

  /// Steps on short vectors: 2 to 16 elements were written out one by one, whatever the steps were.
  @Test(arguments: [2, 8, 16]) func stepsOnShortVectors(_ size: Int) throws {
    let chain = { (x: Tensor) in
      var h = x
      for _ in 0..<200 { h = sin(h) * 0.9 + x }
      return h.sum()
    }
    let long = try code(grad(chain), Tensor.arange(1000) / 1000)
    let short = try code(grad(chain), Tensor.arange(size) / 1000)
    #expect(short.written.utf8.count < 2 * long.written.utf8.count)
  }

  /// What is short is still written out: no loops for a step of a small system.
  @Test func shortCodeIsWrittenOut() throws {
    let text = try code({ x in x * x + sin(x) }, [1, 2, 3]).written
    #expect(!text.contains("phi"), "\(text)")
  }

  private func determinant(_ a: [[Tensor]]) -> Tensor {
    if a.count == 1 { return a[0][0] }
    var sum: Tensor = 0
    for column in a.indices {
      let minor = a.dropFirst().map { row in row.indices.filter { $0 != column }.map { row[$0] } }
      let term = a[0][column] * determinant(minor)
      sum = column % 2 == 0 ? sum + term : sum - term
    }
    return sum
  }

  /// Thousands of numbers without a loop: a gradient of minors of minors.
  @Test(arguments: [5, 6]) func straightCode(_ n: Int) throws {
    let x = sin(Tensor.arange(n * n).reshaped(n, n))
    let gradient = grad { (x: Tensor) in determinant((0..<n).map { i in (0..<n).map { j in x[i, j] } }) }
    let text = try code(gradient, x)
    #expect(longestFunction(text.written) < 2500)
    #expect(longestFunction(text.optimized) < 2500)
  }

  /// Third derivatives of branches in branches: each instruction knew the memory of all functions that it was inlined from.
  @Test func nestedBranches() throws {
    func nest(_ depth: Int, _ x: Tensor) -> Tensor {
      if depth == 0 { return sin(x) }
      return cond(x .> Tensor(Double(depth) / 100)) {
        nest(depth - 1, x * x)
      } else: {
        x * cos(x)
      }
    }
    let text = try code(grad(grad(grad { x in nest(20, x) })), 0.7)
    #expect(text.optimized.utf8.count < text.written.utf8.count * 3 / 2)
  }

  /// Thousands of results: all of them were stored by one function, of which each call took all pointers.
  @Test(arguments: [true, false]) func manyResults(areCopies: Bool) throws {
    func code(_ count: Int) throws -> String {
      let f = { (x: Tensor) in (0..<count).map { areCopies ? x : sin(x) * Tensor(Double($0)) } }
      return try NativeEngine().assembly(of: program(of: f, at: Tensor(0.5)).optimized()).optimized
    }
    let (small, large) = (try code(600), try code(2400))
    #expect(large.utf8.count < 5 * small.utf8.count)
    let parts = large.components(separatedBy: "define internal").dropFirst()
    let lengths = parts.map { $0.components(separatedBy: "\n}")[0].split(separator: "\n").count }
    #expect(lengths.count > 5 && lengths.allSatisfy { $0 < 1000 }, "\(lengths)")
  }

  /// Programs of many results compute what programs of few do.
  @Test func manyResultsAreRight() throws {
    let f = { (x: Tensor) in (0..<700).flatMap { [x, sin(x) * Tensor(Double($0)), Tensor(Double($0)), x + 1] } }
    try expectAgreement({ f($0[0]) }, at: [0.5])
    try expectAgreement({ f($0[0]) }, at: [[0.5, 0.25, -3]])
  }
}
