import Jacobi

/// A device whose memory is another region of the memory of the host. It counts what is copied, in each direction.
package final class TestDevice: Device {
  /// What the device did.
  package struct Counts: Hashable, Sendable {
    /// The tensors that were copied to the device.
    package var toDevice = 0
    /// The tensors that were copied to the host.
    package var toHost = 0
    /// The programs that were run.
    package var runs = 0
    /// The tensors that are in its memory now.
    package var live = 0
  }

  package let id: DeviceID
  private let state = Lock(Counts())
  private let isBroken = Lock(false)

  package init(ordinal: Int) { id = DeviceID("test", ordinal: ordinal) }

  /// What the device did so far.
  package var counts: Counts { state.withLock { $0 } }

  /// Makes further copies fail, or succeed again.
  package func setBroken(_ isBroken: Bool) { self.isBroken.withLock { $0 = isBroken } }

  package func copy(_ tensor: HostTensor) throws(TensorError) -> any DeviceMemory {
    try checkWorks()
    change { $0.toDevice += 1 }
    return TestMemory(tensor, self)
  }

  fileprivate func checkWorks() throws(TensorError) {
    if isBroken.withLock({ $0 }) { throw TensorError(.device, "\(id)", "the device does not answer") }
  }

  fileprivate func change(_ body: (inout Counts) -> Void) { state.withLock { body(&$0) } }
}

/// A tensor in the memory of a test device.
///
/// `@unchecked Sendable`: the memory is written in the initializer alone.
final class TestMemory: DeviceMemory, @unchecked Sendable {
  private let device: TestDevice
  private let type: TensorType
  private let bytes: UnsafeMutableRawBufferPointer

  init(_ tensor: HostTensor, _ device: TestDevice) {
    self.device = device
    type = tensor.type
    bytes = .allocate(byteCount: type.byteCount ?? 0, alignment: 16)
    tensor.withBytes { bytes.copyMemory(from: $0) }
    device.change { $0.live += 1 }
  }

  deinit {
    bytes.deallocate()
    device.change { $0.live -= 1 }
  }

  func copyToHost() throws(TensorError) -> HostTensor {
    try device.checkWorks()
    device.change { $0.toHost += 1 }
    return try contents()
  }

  /// The elements, for programs that run on the device.
  func contents() throws(TensorError) -> HostTensor {
    try HostTensor.uninitialized(type, for: "test") { destination in
      if let start = bytes.baseAddress, bytes.count > 0 {
        destination.copyMemory(from: start, byteCount: bytes.count)
      }
    }
  }
}

/// An engine that runs programs on a test device.
package struct TestDeviceEngine: Engine {
  package let testDevice: TestDevice
  private let inner: any Engine

  /// An engine with a device of its own.
  ///
  /// - Parameter inner: what computes.
  package init(_ ordinal: Int = 0, inner: any Engine = ReferenceEngine()) {
    testDevice = TestDevice(ordinal: ordinal)
    self.inner = inner
  }

  package var id: EngineID { EngineID("engine of \(testDevice.id)") }
  package var device: (any Device)? { testDevice }
  package var availability: EngineAvailability { .available("for tests") }

  package func compile(_ program: Program) throws(TensorError) -> any Executable {
    TestExecutable(program: program, testDevice: testDevice, inner: try inner.compile(program))
  }
}

/// A program on a test device.
private struct TestExecutable: DeviceExecutable {
  let program: Program
  let testDevice: TestDevice
  let inner: any Executable

  var device: any Device { testDevice }

  func run(onDevice arguments: [DeviceTensor]) throws(TensorError) -> [DeviceTensor] {
    testDevice.change { $0.runs += 1 }
    var hosts: [HostTensor] = []
    for argument in arguments {
      guard argument.device == testDevice.id, let memory = argument.memory as? TestMemory else {
        throw TensorError(.device, "test", "the argument is on \(argument.device)")
      }
      hosts.append(try memory.contents())
    }
    return try inner.run(hosts).map { DeviceTensor($0.type, on: testDevice.id, memory: TestMemory($0, testDevice)) }
  }
}
