import Engines
import Numerics
import Synchronization

/// A program as machine code.
final class NativeExecutable: Executable {
  private let program: Program
  private let outputTypes: [TensorType]
  private let code: LinkedCode
  private let entry: Entry
  private let environment: NativeEnvironment
  private let memory: CallMemory
  /// The outputs that may have the memory of an argument, with that argument.
  private let overwritten: [Int: Int]
  /// What this is, for messages.
  private let title: String

  private typealias Entry =
    @convention(c) @Sendable (
      UnsafePointer<UnsafeRawPointer?>, UnsafePointer<UnsafeMutableRawPointer?>, UnsafeMutableRawPointer?,
      UnsafePointer<UnsafeRawPointer?>
    ) -> Int32

  init(_ program: Program, _ module: ModuleBuilder, _ llvm: LLVM, _ object: OpaquePointer, threadCount: Int)
    throws(TensorError)
  {
    self.program = program
    outputTypes = program.outputTypes
    environment = NativeEnvironment(module.environment, threadCount: threadCount)
    title = "program \(program.name)"
    memory = CallMemory(byteCount: module.arenaByteCount, title: title)
    overwritten = module.overwritten
    code = try llvm.link(object, entry: module.entryName, symbols: module.symbols)
    entry = unsafeBitCast(UnsafeRawPointer(bitPattern: code.address), to: Entry.self)
  }

  func run(_ arguments: [HostTensor]) throws(TensorError) -> [HostTensor] {
    try check(arguments)
    var results: [HostTensor] = []
    results.reserveCapacity(outputTypes.count)
    for index in outputTypes.indices {
      results.append(try HostTensor.unwritten(outputTypes[index], for: title))
    }
    let arena = try memory.take()
    if call(arguments, &results, arena) { return results }
    // Something failed: the host says what.
    results = try ReferenceEngine().compile(program).run(arguments)
    assertionFailure("the native engine failed where the reference engine does not:\n\(program)")
    return results
  }

  func run(overwriting arguments: inout [HostTensor]) throws(TensorError) -> [HostTensor] {
    if overwritten.isEmpty { return try run(arguments) }
    try check(arguments)
    // Memory first, as this may throw.
    let arena = try memory.take()
    var results: [HostTensor] = []
    results.reserveCapacity(outputTypes.count)
    var taken: [(output: Int, argument: Int)] = []
    for index in outputTypes.indices {
      if let argument = overwritten[index], let own = arguments[argument].takeUnlessShared() {
        taken.append((index, argument))
        results.append(own)
        continue
      }
      do throws(TensorError) {
        results.append(try HostTensor.unwritten(outputTypes[index], for: title))
      } catch {
        for (output, argument) in taken { arguments[argument] = results[output] }
        memory.giveBack(arena)
        throw error
      }
    }
    // While the code runs both hold the memory.
    for (output, argument) in taken { arguments[argument] = results[output] }
    let isDone = call(arguments, &results, arena)
    precondition(isDone, "code that cannot fail has failed")
    for (_, argument) in taken { arguments[argument] = HostTensor(.bool(false)) }
    return results
  }

  func run(_ argument: HostTensor) throws(TensorError) -> HostTensor {
    guard program.inputs.count == 1, outputTypes.count == 1, argument.hasType(program.types[Int(program.inputs[0])])
    else { return try run([argument])[0] }
    let type = outputTypes[0]
    var result = try HostTensor.unwritten(type, for: title)
    let arena = try memory.take()
    var slots = (SIMD2<UInt64>(), SIMD2<UInt64>())
    let isDone = withUnsafeMutableBytes(of: &slots) { bytes -> Bool in
      defer { memory.giveBack(arena) }
      guard let base = bytes.baseAddress else { return false }
      var pointers: (UnsafeRawPointer?, UnsafeMutableRawPointer?) = (
        UnsafeRawPointer(argument.pointer(orCopiedTo: base)), result.mutablePointer ?? base + 16
      )
      let status = withUnsafePointer(to: &pointers.0) { input in
        withUnsafePointer(to: &pointers.1) { output in entry(input, output, arena, environment.table) }
      }
      if status == 0 && type.shape.isScalar { result = HostTensor(scalarOf: type.dtype, at: base + 16) }
      return status == 0
    }
    return isDone ? result : try run([argument])[0]
  }

  private func check(_ arguments: [HostTensor]) throws(TensorError) {
    var fits = arguments.count == program.inputs.count
    for index in arguments.indices where fits {
      fits = arguments[index].hasType(program.types[Int(program.inputs[index])])
    }
    if !fits { try program.check(arguments.map(\.type)) }
  }

  /// Runs the code with memory for the call, which it gives back.
  ///
  /// - Returns: whether nothing failed.
  private func call(
    _ arguments: [HostTensor], _ results: inout [HostTensor], _ arena: UnsafeMutableRawPointer?
  ) -> Bool {
    // Scalars live in the values: they are copied to where the code can read and write them.
    let (inputCount, outputCount) = (arguments.count, results.count)
    let slotCount = inputCount + outputCount
    defer { memory.giveBack(arena) }
    return withUnsafeTemporaryAllocation(of: UnsafeMutableRawPointer?.self, capacity: max(slotCount, 1)) { pointers in
      withUnsafeTemporaryAllocation(byteCount: max(slotCount, 1) * 16, alignment: 16) { scalars in
        guard let scalarBase = scalars.baseAddress, let base = pointers.baseAddress else { return false }
        for index in arguments.indices {
          let slot = scalarBase + index * 16
          pointers[index] = arguments[index].pointer(orCopiedTo: slot)
        }
        for index in 0..<outputCount {
          let slot = scalarBase + (inputCount + index) * 16
          pointers[inputCount + index] = results[index].mutablePointer ?? slot
        }
        let inputs = UnsafeRawPointer(base).assumingMemoryBound(to: UnsafeRawPointer?.self)
        let status = entry(inputs, base + inputCount, arena, environment.table)
        if status != 0 { return false }
        for index in 0..<outputCount where outputTypes[index].shape.isScalar {
          results[index] = HostTensor(scalarOf: outputTypes[index].dtype, at: scalarBase + (inputCount + index) * 16)
        }
        return true
      }
    }
  }
}

extension HostTensor {
  /// Whether this is the type, without making it.
  fileprivate func hasType(_ type: TensorType) -> Bool {
    if case .buffer(let buffer) = representation {
      return buffer.dtype == type.dtype && buffer.shape == type.shape
    }
    return type.shape.isScalar && dtype == type.dtype
  }

  /// A tensor whose elements are still to be written; a scalar is a zero.
  fileprivate static func unwritten(_ type: TensorType, for operation: String) throws(TensorError) -> HostTensor {
    if type.shape.isScalar { return HostTensor(.bool(false)) }
    return HostTensor(.buffer(try TensorBuffer.allocate(type, for: operation)))
  }

  /// Where the elements are; those of a scalar are copied.
  fileprivate func pointer(orCopiedTo slot: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    switch representation {
    case .buffer(let buffer): return buffer.pointer
    case .float32(let value): slot.storeBytes(of: value, as: Float.self)
    case .float64(let value): slot.storeBytes(of: value, as: Double.self)
    case .int32(let value): slot.storeBytes(of: value, as: Int32.self)
    case .int64(let value): slot.storeBytes(of: value, as: Int64.self)
    case .bool(let value): slot.storeBytes(of: value ? 1 : 0, as: UInt8.self)
    case .complex64(let value):
      slot.storeBytes(of: value.rawParts.0, as: Float.self)
      slot.storeBytes(of: value.rawParts.1, toByteOffset: 4, as: Float.self)
    case .complex128(let value):
      slot.storeBytes(of: value.rawParts.0, as: Double.self)
      slot.storeBytes(of: value.rawParts.1, toByteOffset: 8, as: Double.self)
    }
    return slot
  }

  /// Where the elements are to be written; nothing for a scalar.
  fileprivate var mutablePointer: UnsafeMutableRawPointer? {
    if case .buffer(let buffer) = representation { return buffer.pointer }
    return nil
  }

  /// The scalar that was written at an address.
  fileprivate init(scalarOf dtype: DType, at slot: UnsafeRawPointer) {
    switch dtype {
    case .float32: self.init(.float32(slot.load(as: Float.self)))
    case .float64: self.init(.float64(slot.load(as: Double.self)))
    case .int32: self.init(.int32(slot.load(as: Int32.self)))
    case .int64: self.init(.int64(slot.load(as: Int64.self)))
    case .bool: self.init(.bool(slot.load(as: UInt8.self) != 0))
    case .complex64:
      self.init(.complex64(Complex(slot.load(as: Float.self), slot.load(fromByteOffset: 4, as: Float.self))))
    case .complex128:
      self.init(.complex128(Complex(slot.load(as: Double.self), slot.load(fromByteOffset: 8, as: Double.self))))
    }
  }
}
