import Foundation
import Jacobi
import Testing

/// The messages of the mistakes that people make with shapes and indices, in `Tests/Golden/Conformance/mistakes.txt`.
///
/// They were read as a newcomer reads them: what is wrong, of which shape, and what to write instead. After a change
/// that was
/// meant, `JACOBI_WRITE_GOLDEN=1` rewrites them; read the difference before committing it.
@Suite struct MistakeTests {
  @Test func messages() throws {
    var text = ""
    for (source, mistake) in indexingMistakes + assignmentMistakes + shapeMistakes + otherMistakes {
      text += "\(source)\n"
      do {
        _ = try catchingTensorErrors(isLocating: false) { mistake() }
        text += "  no error\n"
      } catch let error as TensorError {
        text += error.description.split(separator: "\n").map { "  \($0)\n" }.joined()
      }
    }
    text = text.replacing("this machine has \(MemoryLimit.physicalBytes) bytes", with: "this machine has so many bytes")
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Golden/Conformance/mistakes.txt")
    if ProcessInfo.processInfo.environment["JACOBI_WRITE_GOLDEN"] == "1" {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let golden = try String(contentsOf: file, encoding: .utf8)
    let lines = (text.split(separator: "\n"), golden.split(separator: "\n"))
    for (number, (line, expected)) in zip(lines.0, lines.1).enumerated() where line != expected {
      #expect(line == expected, "line \(number + 1)")
    }
    #expect(lines.0.count == lines.1.count)
    #expect(!text.contains("  no error"))
  }

  // The tensors that the mistakes are made with: a number, three numbers, two rows of three, and none.
  private let s = Tensor(2.0)
  private let v = Tensor([1.0, 2, 3])
  private let m = Tensor([[1.0, 2, 3], [4, 5, 6]])
  private let e = Tensor([Double]())
  private let i = Tensor([0, 1] as [Int64])

  private func with(_ x: Tensor, _ change: (inout Tensor) -> Void) -> Tensor {
    var copy = x
    change(&copy)
    return copy
  }

  private var indexingMistakes: [(String, () -> Tensor)] {
    [
      ("s[0]", { s[0] }), ("s[0, 1]", { s[0, 1] }), ("s[0...]", { s[0...] }), ("s[i]", { s[i] }), ("v[3]", { v[3] }),
      ("v[-4]", { v[-4] }), ("v[Int.min]", { v[Int.min] }), ("v[0, 0]", { v[0, 0] }), ("m[2]", { m[2] }),
      ("m[0, 3]", { m[0, 3] }), ("m[0, 0, 0]", { m[0, 0, 0 as Int] }), ("m[..., 3]", { m[..., 3] }),
      ("m[..., .ellipsis]", { m[..., .ellipsis] }), ("e[0]", { e[0] }), ("e[-1]", { e[-1] }),
      ("v[1..<5]", { v[1..<5] }), ("v[0...3]", { v[0...3] }), ("v[4...]", { v[4...] }), ("v[...3]", { v[...3] }),
      ("v[..<4]", { v[..<4] }), ("v[-4...]", { v[(-4)...] }), ("v[-1 ..< 1]", { v[-1..<1] }),
      ("e[0...0]", { e[0...0] }), ("v[.strided(by: 0)]", { v[.strided(by: 0)] }),
      ("v[.strided(by: Int.min)]", { v[.strided(by: Int.min)] }), ("v[.strided(from: 5)]", { v[.strided(from: 5)] }),
      ("v[.strided(from: 3, by: -1)]", { v[.strided(from: 3, by: -1)] }),
      ("v[.strided(to: 9, by: 2)]", { v[.strided(to: 9, by: 2)] }),
      ("v[[0, 3]]", { v[[0, 3]] }), ("v[Tensor([0.5])]", { v[Tensor([0.5])] }),
      ("v[0.5 as Tensor]", { v[0.5 as Tensor] }),
      ("m[i, Tensor([0, 1, 2])]", { m[i, Tensor([0, 1, 2] as [Int64])] }), ("e[[0]]", { e[[0]] }),
      ("m[i, 0, i]", { Tensor.zeros([2, 2, 2])[i, 0, i] }), ("v[mask of 2]", { v[Tensor([true, false])] }),
      ("m[mask of shape [3, 2]]", { m[Tensor.zeros([3, 2], dtype: .bool)] }),
      ("m[0, mask of 2]", { m[0, Tensor([true, false])] }),
      ("m[0, mask of shape [2, 3]]", { m[0, Tensor.zeros([2, 3], dtype: .bool)] }),
      ("v[true as a tensor]", { v[Tensor(true)] }),
      ("vmap { x in x[x .> 0] }", { vmap { x in x[x .> 0] }(m) }),
      ("v.take([3])", { v.take([3]) }), ("v.take(v)", { v.take(v) }), ("v.take(i, axis: 1)", { v.take(i, axis: 1) }),
      ("s.take(i)", { s.take(i) }), ("m.takeAlongAxis(i, axis: 1)", { m.takeAlongAxis(i, axis: 1) }),
      ("v.adding(v, at: i)", { v.adding(v, at: i) }), ("v.adding(1, at: [3])", { v.adding(1, at: [3]) }),
    ]
  }

  private var assignmentMistakes: [(String, () -> Tensor)] {
    [
      ("s[0] = 1", { with(s) { $0[0] = 1 } }), ("v[3] = 1", { with(v) { $0[3] = 1 } }),
      ("v[0] = v", { with(v) { $0[0] = v } }), ("v[0...1] = v", { with(v) { $0[0...1] = v } }),
      ("m[0] = [1, 2]", { with(m) { $0[0] = [1, 2] } }),
      ("v[0] = Tensor(Int32(1))", { with(v) { $0[0] = Tensor(Int32(1)) } }),
      ("v[[0, 3]] = 1", { with(v) { $0[[0, 3]] = 1 } }), ("i[0] = 0.5", { with(i) { $0[0] = 0.5 } }),
      ("m[0, 0, 0] = 1", { with(m) { $0[0, 0, 0 as Int] = 1 } }),
      ("vmap { x in x[mask] = 1 }", { vmap { x in with(x) { $0[x .> 0] = 1 } }(m) }),
    ]
  }

  private var shapeMistakes: [(String, () -> Tensor)] {
    [
      ("v.reshaped(2, 2)", { v.reshaped(2, 2) }), ("v.reshaped(-1, 2)", { v.reshaped(-1, 2) }),
      ("v.reshaped(-1, -1)", { v.reshaped(-1, -1) }), ("v.reshaped(-2)", { v.reshaped(-2) }),
      ("e.reshaped(-1, 0)", { e.reshaped(-1, 0) }), ("v.reshaped(0)", { v.reshaped(0) }),
      ("v.reshaped(Int.max, 2)", { v.reshaped(Int.max, 2) }), ("v.broadcast(to: [2])", { v.broadcast(to: [2]) }),
      ("m.broadcast(to: [3])", { m.broadcast(to: [3]) }), ("v.broadcast(to: [-1])", { v.broadcast(to: [-1]) }),
      ("s.broadcast(to: [Int.max])", { s.broadcast(to: [Int.max]) }),
      ("m.transposed(0)", { m.transposed([0]) }), ("m.transposed(0, 0)", { m.transposed(0, 0) }),
      ("m.transposed(0, 2)", { m.transposed(0, 2) }), ("s.transposed(0)", { s.transposed([0]) }),
      ("m.swappingAxes(0, 2)", { m.swappingAxes(0, 2) }),
      ("m.movingAxis(from: 2, to: 0)", { m.movingAxis(from: 2, to: 0) }),
      ("s.expandedDimensions(axis: 1)", { s.expandedDimensions(axis: 1) }),
      ("m.squeezed(axis: 0)", { m.squeezed(axis: 0) }),
      ("s.squeezed(axis: 0)", { s.squeezed(axis: 0) }), ("m.flipped(axis: 2)", { m.flipped(axis: 2) }),
      ("m.flipped(axes: [0, -2])", { m.flipped(axes: [0, -2]) }),
      ("v.rolled(by: 1, axis: 1)", { v.rolled(by: 1, axis: 1) }),
      ("v.padded(-1)", { v.padded(-1) }), ("m.padded([(1, 1)])", { m.padded([(before: 1, after: 1)]) }),
      ("v.padded(1, with: v)", { v.padded(1, with: v) }), ("v.padded(Int.max)", { v.padded(Int.max) }),
      ("v.split(count: 2)", { v.split(count: 2)[0] }), ("v.split(count: 0)", { v.split(count: 0)[0] }),
      ("v.split(sizes: [1, 1])", { v.split(sizes: [1, 1])[0] }),
      ("v.split(count: 3, axis: 1)", { v.split(count: 3, axis: 1)[0] }),
      ("v.tiled([-1])", { v.tiled([-1]) }), ("v.repeated(-1, axis: 0)", { v.repeated(-1, axis: 0) }),
      ("v.repeated(Int.max, axis: 0)", { v.repeated(Int.max, axis: 0) }),
      ("v.tiled([Int.max])", { v.tiled([Int.max]) }),
      ("Tensor.concatenated([])", { .concatenated([]) }), ("concatenated([v, m])", { .concatenated([v, m]) }),
      ("concatenated([m, m.transposed()])", { .concatenated([m, m.transposed()]) }),
      ("concatenated([s, s])", { .concatenated([s, s]) }), ("concatenated([v, i])", { .concatenated([v, i]) }),
      ("stacked([v, e])", { .stacked([v, Tensor([1.0, 2])]) }),
      ("stacked([v, v], axis: 3)", { .stacked([v, v], axis: 3) }),
      ("stacked([])", { .stacked([]) }), ("[v, [1, 2]]", { [v, [1, 2]] }), ("[[1, 2], [3]]", { [[1, 2], [3]] }),
      ("Tensor([[1, 2], [3]])", { Tensor([[1.0, 2], [3.0]]) }),
      ("Tensor(shape: [2], scalars: 3)", { Tensor(shape: [2], scalars: [1.0, 2, 3]) }),
      ("Tensor(shape: [-2], scalars: 2)", { Tensor(shape: [-2], scalars: [1.0, 2]) }),
    ]
  }

  private var otherMistakes: [(String, () -> Tensor)] {
    [
      ("v + [1, 2]", { v + Tensor([1.0, 2]) }), ("v + i", { v + i }), ("i + 0.5", { i + 0.5 }), ("i / 0", { i / 0 }),
      ("m.sum(axis: 2)", { m.sum(axis: 2) }), ("s.sum(axis: 0)", { s.sum(axis: 0) }), ("e.max()", { e.max() }),
      ("e.mean()", { e.mean() }), ("m.sum(axes: [0, 0])", { m.sum(axes: [0, 0]) }), ("e.argmax()", { e.argmax() }),
      ("v.variance(correction: 3)", { v.variance(correction: 3) }), ("i.mean()", { i.mean() }),
      ("v.all()", { v.all() }), ("where(v, v, v)", { `where`(v, v, v) }),
      ("matmul(m, m)", { matmul(m, m) }), ("matmul(s, m)", { matmul(s, m) }), ("dot(v, m)", { dot(v, m) }),
      ("outer(m, v)", { outer(m, v) }), ("v.diagonal()", { v.diagonal() }), ("v.trace()", { v.trace() }),
      ("s.diagonalMatrix()", { s.diagonalMatrix() }),
      ("m.diagonal(axes: (0, 0))", { m.diagonal(axes: (0, 0)) }), ("einsum(\"ij,jk\", m)", { einsum("ij,jk", m) }),
      ("einsum(\"i\", m)", { einsum("i", m) }), ("einsum(\"ij->k\", m)", { einsum("ij->k", m) }),
      ("einsum(\"ii\", m)", { einsum("ii", m) }), ("einsum(\"i1\", m)", { einsum("i1", m) }),
      ("Tensor.zeros([-1])", { .zeros([-1]) }), ("Tensor.zeros([1 << 62])", { .zeros([1 << 62]) }),
      ("Tensor.eye(-1)", { .eye(-1) }), ("Tensor.full([2], v)", { .full([2], v) }),
      ("Tensor.linspace(0, 1, count: -1)", { .linspace(0, 1, count: -1) }),
      ("Tensor.arange(0, 1, 0)", { .arange(0.0, 1, 0) }),
      ("Double(v)", { Tensor(Double(v)) }), ("Int(Tensor(0.5))", { Tensor(Int64(Int(Tensor(0.5)))) }),
      ("Bool(s)", { Tensor(Bool(s)) }), ("Double(true as a tensor)", { Tensor(Double(Tensor(true))) }),
      ("Int(s + 1e300)", { Tensor(Int64(Int(s + 1e300))) }),
      ("Double(complex)", { Tensor(Double(Tensor(Complex(1.0, 2)))) }), ("Bool(v)", { Tensor(Bool(v)) }),
      ("v.asType(.int32) of nan", { Tensor(Double.nan).asType(.int32) }),
      ("v.scalars(as: Float.self)", { Tensor(v.scalars(as: Float.self)) }),
      ("vmap { x in Double(x) }", { vmap { x in Tensor(Double(x)) }(v) }),
    ]
  }
}
