/// The copies of tensors between the host and a device.
///
/// ```swift
/// let before = DeviceTransfers.of(device.id)
/// train()
/// let copied = DeviceTransfers.of(device.id) - before
/// copied.toDevice.tensors   // the tensors that went to the device
/// ```
public struct DeviceTransfers: Hashable, Sendable {
  /// Copies in one direction.
  public struct Count: Hashable, Sendable {
    /// The number of tensors.
    public var tensors = 0
    /// The number of bytes.
    public var bytes = 0
  }

  /// Copies from the host to the device.
  public var toDevice = Count()
  /// Copies from the device to the host.
  public var toHost = Count()

  /// No copies.
  public init() {}

  private static let counts = Lock<[DeviceID: DeviceTransfers]>([:])

  /// Returns all copies to and from a device since the process began.
  public static func of(_ device: DeviceID) -> DeviceTransfers {
    counts.withLock { $0[device] } ?? DeviceTransfers()
  }

  /// The copies between two moments.
  public static func - (later: DeviceTransfers, earlier: DeviceTransfers) -> DeviceTransfers {
    var difference = later
    difference.toDevice.subtract(earlier.toDevice)
    difference.toHost.subtract(earlier.toHost)
    return difference
  }

  /// Counts one tensor.
  static func note(
    _ type: TensorType, _ device: DeviceID, _ direction: WritableKeyPath<DeviceTransfers, Count> & Sendable
  ) {
    counts.withLock { $0[device, default: DeviceTransfers()][keyPath: direction].add(type) }
  }
}

extension DeviceTransfers.Count {
  fileprivate mutating func add(_ type: TensorType) {
    tensors += 1
    bytes += type.byteCount ?? 0
  }

  fileprivate mutating func subtract(_ earlier: Self) {
    tensors -= earlier.tensors
    bytes -= earlier.bytes
  }
}

extension DeviceTransfers: CustomStringConvertible {
  /// Such as `2 tensors (640 bytes) to the device, 1 tensor (8 bytes) to the host`.
  public var description: String {
    func text(_ count: Count) -> String {
      "\(count.tensors) \(count.tensors == 1 ? "tensor" : "tensors") (\(count.bytes) bytes)"
    }
    return "\(text(toDevice)) to the device, \(text(toHost)) to the host"
  }
}
