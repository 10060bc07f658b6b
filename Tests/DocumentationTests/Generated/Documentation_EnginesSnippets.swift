// swift-format-ignore-file
// Made from Documentation/Engines.md by Scripts/extract-snippets.sh; change the document, not this file.
import Jacobi
import JacobiTesting
import Testing

#sourceLocation(file: "Documentation/Engines.md", line: 26)
private final class Cell: DeviceMemory {
  let tensor: HostTensor
  init(_ tensor: HostTensor) { self.tensor = tensor }
  func copyToHost() throws(TensorError) -> HostTensor { tensor }
}
private struct Board: Device {
  var id: DeviceID { DeviceID("board") }
  func copy(_ tensor: HostTensor) throws(TensorError) -> any DeviceMemory { Cell(tensor) }
}
private struct BoardEngine: Engine {
  var id: EngineID { EngineID("board") }
  var device: (any Device)? { Board() }
  var availability: EngineAvailability { .available("an example") }
  func compile(_ program: Program) throws(TensorError) -> any Executable {
    BoardExecutable(program: program, evaluation: try ReferenceEngine().compile(program))
  }
}
private struct BoardExecutable: DeviceExecutable {
  let program: Program
  let evaluation: any Executable
  var device: any Device { Board() }
  func run(onDevice arguments: [DeviceTensor]) throws(TensorError) -> [DeviceTensor] {
    let cells = arguments.compactMap { ($0.memory as? Cell)?.tensor }
    return try evaluation.run(cells).map { DeviceTensor($0.type, on: device.id, memory: Cell($0)) }
  }
}
#sourceLocation()
#sourceLocation(file: "Documentation/Engines.md", line: 57)

private func loss(_ w: Tensor, _ x: Tensor) -> Tensor { square(w * x - 1).sum() }








#sourceLocation()

@Suite("Documentation/Engines.md") struct Documentation_EnginesSnippets {
  @Test("Documentation/Engines.md") func section1() throws {
    let checks = SnippetChecks(count: 4)
#sourceLocation(file: "Documentation/Engines.md", line: 6)


checks.expect(0, EngineRegistry.engine(.native) != nil, #"true"#)
checks.expect(1, ReferenceEngine().availability.isAvailable, #"true"#)
let statistics = JITStatistics()
let double = jit({ x in 2 * x }, engine: ReferenceEngine(), statistics: statistics)
checks.expect(2, double([1, 2]), #"[2. 4.]"#)
checks.expect(3, statistics.engine?.name ?? "none", #"reference"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Tensors on a device") func section2() throws {
    let checks = SnippetChecks(count: 5)
#sourceLocation(file: "Documentation/Engines.md", line: 57)
let engine = BoardEngine()

let step = jit({ w, x in w - 0.1 * grad { w in loss(w, x) }(w) }, engine: engine)

let x = Tensor([1.0, 2.0]).placed(on: engine.device)
var w: Tensor = [0, 0]
for _ in 0..<100 { w = step(w, x) }
checks.expect(0, w.device.map { "\($0)" } ?? "host", #"board:0"#)
checks.expect(1, DeviceTransfers.of(DeviceID("board")), #"2 tensors (32 bytes) to the device, 0 tensors (0 bytes) to the host"#)
// 2 tensors (32 bytes) to the device, 0 tensors (0 bytes) to the host
#sourceLocation()
#sourceLocation(file: "Documentation/Engines.md", line: 72)
checks.expect(2, round(w * 1000), #"[1000. 500.]"#)
checks.expect(3, Double(w[1]) > 0.4, #"true"#)
checks.expect(4, DeviceTransfers.of(DeviceID("board")), #"2 tensors (32 bytes) to the device, 1 tensor (16 bytes) to the host"#)
// 2 tensors (32 bytes) to the device, 1 tensor (16 bytes) to the host
#sourceLocation()
    checks.finish()
  }
}
