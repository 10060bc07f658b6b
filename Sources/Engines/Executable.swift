/// A program that is ready to run, any number of times, from any thread.
///
/// An engine that computes in the host's memory implements ``run(_:)-([HostTensor])``, and perhaps the forms that save
/// copies. An engine that computes on a device implements ``DeviceExecutable``.
public protocol Executable: Sendable {
  /// Returns the program's outputs.
  ///
  /// - Parameter arguments: one per input, with the input's type.
  /// - Throws: an error when the arguments do not fit, or when an equation fails.
  func run(_ arguments: [HostTensor]) throws(TensorError) -> [HostTensor]

  /// Returns the program's outputs, which may take over the memory of arguments that nobody else refers to. Those
  /// arguments are empty afterwards; when this throws, all are as they were.
  ///
  /// - Parameter arguments: one per input, with the input's type.
  /// - Throws: an error when the arguments do not fit, or when an equation fails.
  func run(overwriting arguments: inout [HostTensor]) throws(TensorError) -> [HostTensor]

  /// Returns the first output for the only argument; the same as the other form, where that saves its arrays.
  ///
  /// - Throws: an error when the argument does not fit, or when an equation fails.
  func run(_ argument: HostTensor) throws(TensorError) -> HostTensor

  /// Returns the program's outputs, where the engine computes them, for arguments in any place; ``PlacedTensor`` has the
  /// rule.
  ///
  /// - Parameter arguments: one per input, with the input's type.
  /// - Throws: an error when the arguments do not fit, when one of them is on another device, or when an equation fails.
  func run(placed arguments: [PlacedTensor]) throws(TensorError) -> [PlacedTensor]
}

extension Executable {
  /// In new memory.
  public func run(overwriting arguments: inout [HostTensor]) throws(TensorError) -> [HostTensor] { try run(arguments) }

  /// Through the general form.
  public func run(_ argument: HostTensor) throws(TensorError) -> HostTensor { try run([argument])[0] }

  /// On the host, to which arguments on devices are copied.
  public func run(placed arguments: [PlacedTensor]) throws(TensorError) -> [PlacedTensor] {
    var hosts: [HostTensor] = []
    hosts.reserveCapacity(arguments.count)
    for argument in arguments { hosts.append(try argument.host()) }
    return try run(hosts).map { .host($0) }
  }
}

/// A program that is ready to run on a device. Its arguments are copied there unless they are there already, and its
/// results stay there.
public protocol DeviceExecutable: Executable {
  /// The program, which says what the arguments' types must be.
  var program: Program { get }

  /// The device.
  var device: any Device { get }

  /// Returns the program's outputs, as tensors on the device.
  ///
  /// - Parameter arguments: one per input, all of them on the device, with the input's type.
  /// - Throws: an error when an equation fails.
  func run(onDevice arguments: [DeviceTensor]) throws(TensorError) -> [DeviceTensor]
}

extension DeviceExecutable {
  /// On the device, to which the other arguments are copied.
  public func run(placed arguments: [PlacedTensor]) throws(TensorError) -> [PlacedTensor] {
    try program.check(arguments.map(\.type))
    var tensors: [DeviceTensor] = []
    tensors.reserveCapacity(arguments.count)
    for argument in arguments { tensors.append(try argument.tensor(on: device)) }
    return try run(onDevice: tensors).map { .device($0) }
  }

  /// On the device, to which all arguments are copied, and from which all results are.
  public func run(_ arguments: [HostTensor]) throws(TensorError) -> [HostTensor] {
    var hosts: [HostTensor] = []
    for result in try run(placed: arguments.map { .host($0) }) { hosts.append(try result.host()) }
    return hosts
  }
}
