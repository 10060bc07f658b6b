/// The elements of a tensor, wherever they are: what executables take and give.
///
/// One rule says where an operation runs when its operands are in different places:
/// - An operation outside of compiled functions runs on the host. Operands on devices are copied to it.
/// - A compiled function runs where its engine computes. On a device, operands of the host are copied there, operands of
///   that device are used as they are, and its results stay there. An operand of another device is an error.
/// - Each tensor on a device is copied to the host once, however often it is read.
public enum PlacedTensor: Sendable {
  /// In the memory of the host.
  case host(HostTensor)
  /// In the memory of a device.
  case device(DeviceTensor)

  /// Element type and shape.
  public var type: TensorType {
    switch self {
    case .host(let host): host.type
    case .device(let tensor): tensor.type
    }
  }

  /// Returns the elements in the memory of the host.
  ///
  /// - Throws: an error of the device that holds them.
  public func host() throws(TensorError) -> HostTensor {
    switch self {
    case .host(let host): host
    case .device(let tensor): try tensor.host()
    }
  }

  /// Returns the elements in the memory of a device.
  ///
  /// - Throws: an error when they are on another device, or when the device has no room for them.
  public func tensor(on device: any Device) throws(TensorError) -> DeviceTensor {
    switch self {
    case .host(let host): return try DeviceTensor(host, on: device)
    case .device(let tensor):
      guard tensor.device == device.id else {
        throw TensorError(
          .device, "jit",
          "an operand of type \(type) is on \(tensor.device), and the function runs on \(device.id)",
          hint: "copy it to the host first, with x.onHost(), or run the function on \(tensor.device)")
      }
      return tensor
    }
  }
}
