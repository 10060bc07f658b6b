import Jacobi
import Testing

@Suite struct TensorPrintingTests {
  @Test func tensorsPrintInEveryState() throws {
    #expect("\(Tensor([1.0, 2.5]))" == "[1.  2.5]")
    #expect(String(reflecting: Tensor([1.0, 2.5])) == "Tensor([1.0, 2.5])")
    let literal: Tensor = 3
    #expect("\(literal)" == "3.0")
    var seen: [String] = []
    var escaped: Tensor = 0
    _ = grad { (x: Tensor) -> Tensor in
      seen.append("\(x)")
      escaped = x
      return (x * x).sum()
    }(Tensor([1.0, 2.0]))
    #expect(seen == ["[1. 2.]"])
    #expect("\(escaped)" == "tensor of a transform that has ended")
    _ = Program.tracing("f", [TensorType(.float64, [3])], unreadable: TensorError(.tracing, "test", "none")) { inputs in
      seen.append("\(inputs[0])")
      return inputs
    }
    #expect(seen.last == "traced float64[3]")
    #expect(throws: TensorError.self) {
      try catchingTensorErrors { seen.append("\(Tensor([1.0, 2.0]) + Tensor([1.0, 2.0, 3.0]))") }
    }
    #expect(seen.last == "invalid tensor")
    var dumped = ""
    dump(Tensor([1.0]), to: &dumped)
    #expect(dumped.contains("[1.0]"))
  }
}
