import Engines
import ControlPrimitives

/// The way of calls that are like one before: the types of the tensors and their numbers are compared, and nothing else,
/// for trees of which these say all (``CountedTrees``).
///
/// `@unchecked Sendable`: nothing changes after the initializer; a path is shared as its own comment says.
final class JITShortcut<Result: TensorTree>: @unchecked Sendable {
  let path: JITPath<Result>
  let compiled: CompiledProgram
  /// That of the compiled program.
  let executable: any Executable
  let types: [TensorType]
  /// The number of tensors of each argument.
  let counts: [Int]
  /// The static argument.
  let parameters: AnyHashable?
  /// Whether the result is the only output of the program, for a single tensor, in the memory of the host.
  let isPlain: Bool

  init(
    _ path: JITPath<Result>, _ compiled: CompiledProgram, _ types: [TensorType], _ counts: [Int],
    _ parameters: AnyHashable?
  ) {
    self.path = path
    self.compiled = compiled
    executable = compiled.executable
    self.types = types
    self.counts = counts
    self.parameters = parameters
    isPlain = types.count == 1 && path.isOneOutput && !compiled.isOnDevice
  }
}

/// Takes the tensors out of arguments as long as they are those of a short way.
struct ShortcutReader {
  private let types: [TensorType]
  private let counts: [Int]
  private let isOnDevice: Bool
  /// The tensors, for a program that runs on the host.
  var hosts: [HostTensor] = []
  /// The tensors, for a program that runs on a device.
  private(set) var tensors: [Tensor] = []
  private var argument = 0
  /// Whether all that was read is as expected.
  private(set) var fits = true

  init(types: [TensorType], counts: [Int], isOnDevice: Bool = false) {
    self.types = types
    self.counts = counts
    self.isOnDevice = isOnDevice
    if isOnDevice { tensors.reserveCapacity(types.count) } else { hosts.reserveCapacity(types.count) }
  }

  /// Reads the next argument.
  mutating func read<Tree: TensorTree>(_ tree: Tree) {
    let first = isOnDevice ? tensors.count : hosts.count
    if Tree.self == Tensor.self {
      add(unsafeBitCast(tree, to: Tensor.self))
    } else if Tree.self == [Tensor].self {
      for tensor in unsafeBitCast(tree, to: [Tensor].self) { add(tensor) }
    } else {
      var copy = tree
      copy.forEachTensor { add($0) }
    }
    fits = fits && (isOnDevice ? tensors.count : hosts.count) - first == counts[argument]
    argument += 1
  }

  private mutating func add(_ tensor: Tensor) {
    if isOnDevice {
      fits = fits && tensors.count < types.count && tensor.placed?.type == types[tensors.count]
      if fits { tensors.append(tensor.settled) }
    } else if let host = tensor.directHost {
      fits = fits && hosts.count < types.count && host.hasType(types[hosts.count])
      if fits { hosts.append(host) }
    } else {
      fits = false
    }
  }
}

extension JITFunction {
  /// The result by the short way, where the arguments fit it.
  ///
  /// - Parameters:
  ///   - parameters: the static argument.
  ///   - read: reads all arguments.
  func shortly(_ parameters: AnyHashable? = nil, _ read: (inout ShortcutReader) -> Void) -> Result? {
    guard ThreadState.staging(over: nil) == nil, let shortcut, shortcut.parameters == parameters else { return nil }
    let isOnDevice = shortcut.compiled.isOnDevice
    var reader = ShortcutReader(types: shortcut.types, counts: shortcut.counts, isOnDevice: isOnDevice)
    read(&reader)
    if isOnDevice {
      guard reader.fits, let outputs = try? shortcut.compiled.run(reader.tensors) else { return nil }
      countShort()
      shortcut.path.noteKeys { reader.tensors[$0] }
      return shortcut.path.result(outputs, reader.tensors)
    }
    guard reader.fits, let outputs = try? shortcut.executable.run(reader.hosts) else { return nil }
    countShort()
    shortcut.path.noteKeys { Tensor(.host(reader.hosts[$0])) }
    return shortcut.path.result(outputs, reader.hosts)
  }
}

extension JITFunction where Result == Tensor {
  /// The function's result for one tensor.
  func callAsFunction(_ x: Tensor, _ function: (Tensor) -> Tensor) -> Tensor {
    if let host = x.directHost, ThreadState.staging(over: nil) == nil, let shortcut, shortcut.isPlain,
      host.hasType(shortcut.types[0]), let result = try? shortcut.executable.run(host)
    {
      countShort()
      return Tensor(.host(result))
    }
    if x.device != nil, let result = shortly(nil, { $0.read(x) }) { return result }
    learnWhetherCounted { true }
    var arguments = JITArguments()
    arguments.add(x)
    return self(arguments) { function($0[0]) }
  }
}

extension HostTensor {
  /// Whether this has a type, without making its own.
  @inline(__always)
  fileprivate func hasType(_ type: TensorType) -> Bool {
    if case .buffer(let buffer) = representation {
      return buffer.dtype == type.dtype && buffer.shape == type.shape
    }
    return inlineDType == type.dtype && type.shape.isScalar
  }
}
