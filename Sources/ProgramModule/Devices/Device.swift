/// The identity of a device with memory of its own, such as a GPU.
public struct DeviceID: Hashable, Sendable {
  /// The kind of device, such as `cuda`.
  public let platform: String
  /// The number of the device among those of its kind, from 0.
  public let ordinal: Int

  /// Creates the identity of a device.
  public init(_ platform: String, ordinal: Int = 0) {
    self.platform = platform
    self.ordinal = ordinal
  }
}

extension DeviceID: CustomStringConvertible {
  /// Such as `cuda:0`.
  public var description: String { "\(platform):\(ordinal)" }
}

/// A device with memory of its own. An engine that computes there implements it, and the library calls it to copy tensors.
public protocol Device: Sendable {
  /// The device's identity. Two values with the same identity are the same device.
  var id: DeviceID { get }

  /// Returns a copy of a tensor in the memory of the device.
  ///
  /// - Throws: an error when the device has no room for it, or does not answer.
  func copy(_ tensor: HostTensor) throws(TensorError) -> any DeviceMemory
}

/// The elements of one tensor in the memory of a device. The memory is released when nothing refers to the object.
///
/// The elements never change while the object is shared: a tensor on a device is a value, as all tensors are.
public protocol DeviceMemory: AnyObject, Sendable {
  /// Returns a copy of the elements in the memory of the host, after all computations that they depend on.
  ///
  /// - Throws: an error when the computation failed, or when the device does not answer.
  func copyToHost() throws(TensorError) -> HostTensor
}
