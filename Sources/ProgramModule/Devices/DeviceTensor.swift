/// A tensor whose elements are in the memory of a device. The host's copy is made when the elements are first read, and
/// kept.
public final class DeviceTensor: Sendable {
  /// Element type and shape.
  public let type: TensorType
  /// The device that holds the elements.
  public let device: DeviceID
  /// The elements, for the engine of the device.
  public let memory: any DeviceMemory
  private let copy = Lock<HostTensor?>(nil)

  /// Creates a tensor from memory of a device, such as the result of a computation there.
  public init(_ type: TensorType, on device: DeviceID, memory: any DeviceMemory) {
    self.type = type
    self.device = device
    self.memory = memory
  }

  /// Creates a copy of a tensor on a device, which ``DeviceTransfers`` counts.
  ///
  /// - Throws: an error of the device.
  package convenience init(_ host: HostTensor, on device: any Device) throws(TensorError) {
    let memory = try device.copy(host)
    DeviceTransfers.note(host.type, device.id, \.toDevice)
    self.init(host.type, on: device.id, memory: memory)
  }

  /// Returns the elements in the memory of the host. Only the first call copies them, which ``DeviceTransfers`` counts.
  ///
  /// - Throws: an error of the device.
  public func host() throws(TensorError) -> HostTensor {
    // The lock is held while the device copies, so that threads that read at the same time share one copy.
    try copy.withLock { (copy) throws(TensorError) in
      if let copy { return copy }
      let host = try memory.copyToHost()
      guard host.type == type else {
        throw TensorError(.dtype, "\(device)", "a copy has type \(host.type), and the tensor on the device \(type)")
      }
      DeviceTransfers.note(type, device, \.toHost)
      copy = host
      return host
    }
  }
}

extension DeviceTensor: Hashable {
  /// Whether both are the same object. Elements are not compared, as that would copy them.
  public static func == (a: DeviceTensor, b: DeviceTensor) -> Bool { a === b }

  /// Hashes the object's identity.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
