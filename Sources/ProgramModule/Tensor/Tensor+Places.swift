// Where a tensor's elements are. The rule for operands in different places is documented with ``PlacedTensor``.

extension Tensor {
  /// The device that holds the elements; `nil` where they are in the memory of the host, or where the tensor is traced.
  public var device: DeviceID? {
    if case .device(let tensor) = payload { return tensor.device }
    return nil
  }

  /// A tensor with elements in any place.
  package init(placed: PlacedTensor) {
    switch placed {
    case .host(let host): self.init(.host(host))
    case .device(let tensor): self.init(.device(tensor))
    }
  }

  /// The elements, wherever they are; `nil` where the tensor is traced or invalid.
  package var placed: PlacedTensor? {
    if case .device(let tensor) = payload { return .device(tensor) }
    return host.map { .host($0) }
  }

  /// The elements in the memory of the host, of a tensor that is not traced.
  ///
  /// - Throws: an error of the device that has them.
  package func numbers() throws(TensorError) -> HostTensor {
    if let host { return host }
    return try hostValue(.free)
  }

  /// The same tensor with its elements in the memory of the host, if a device has them. An error of the device is reported,
  /// and the result is invalid then.
  package var fetched: Tensor {
    guard case .device(let tensor) = payload else { return self }
    do throws(TensorError) { return Tensor(.host(try tensor.host())) } catch { return invalidTensor(error) }
  }
}

extension TensorTree {
  /// Returns the tree with all elements in the memory of the host. Tensors that are traced stay as they are.
  public func onHost() -> Self { mapTensors(\.fetched) }

  /// Returns the tree with all elements in the memory of a device. Tensors that are there already, or that are traced, stay
  /// as they are; those of another device are copied through the host.
  ///
  /// - Parameter device: the device, such as that of an engine; without one, the host.
  public func placed(on device: (any Device)?) -> Self {
    guard let device else { return onHost() }
    return mapTensors { tensor in
      if tensor.isTraced || tensor.isInvalid || tensor.device == device.id { return tensor }
      guard let host = tensor.fetched.host else { return Tensor(.invalid) }
      do throws(TensorError) { return Tensor(.device(try DeviceTensor(host, on: device))) } catch {
        return invalidTensor(error)
      }
    }
  }
}
