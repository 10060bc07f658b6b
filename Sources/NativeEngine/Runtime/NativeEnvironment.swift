import Engines

/// What an executable's code refers to: the constants of its program, and what the host evaluates.
///
/// `@unchecked Sendable`, as the compiler cannot judge pointers: the table is written in the initializer alone, and what it
/// points to is kept here and never written.
final class NativeEnvironment: @unchecked Sendable {
  /// What the code gets: a reference to this, and the addresses of the constants.
  let table: UnsafeMutablePointer<UnsafeRawPointer?>
  private let constants: [HostTensor]
  private let operations: [EnvironmentLayout.HostOperation]
  /// How many threads share large loops.
  let threadCount: Int

  init(_ layout: EnvironmentLayout, threadCount: Int) {
    self.threadCount = threadCount
    constants = layout.constants
    operations = layout.hostOperations
    table = .allocate(capacity: constants.count + 1)
    table.initialize(repeating: nil, count: constants.count + 1)
    table[0] = UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())
    for (index, constant) in constants.enumerated() { table[index + 1] = constant.bufferPointer }
  }

  deinit { table.deallocate() }

  /// Evaluates an operation on the host.
  ///
  /// - Returns: whether it did not fail.
  func evaluate(
    _ number: Int, _ operands: UnsafePointer<UnsafeRawPointer?>, _ results: UnsafePointer<UnsafeMutableRawPointer?>
  ) -> Bool {
    let operation = operations[number]
    do throws(TensorError) {
      var given: [HostTensor] = []
      for (index, type) in operation.operandTypes.enumerated() {
        given.append(
          try HostTensor.uninitialized(type, for: "native engine") { destination in
            if let source = operands[index] { destination.copyMemory(from: source, byteCount: type.byteCount ?? 0) }
          })
      }
      let made = try operation.primitive.evaluate(given)
      for (index, type) in operation.resultTypes.enumerated() {
        guard made[index].type == type else { return false }
        made[index].withBytes { bytes in
          guard let source = bytes.baseAddress, bytes.count > 0 else { return }
          results[index]?.copyMemory(from: source, byteCount: bytes.count)
        }
      }
      return true
    } catch {
      return false
    }
  }
}

extension HostTensor {
  /// The elements of a tensor that is not a scalar.
  var bufferPointer: UnsafeRawPointer? {
    if case .buffer(let buffer) = representation { return UnsafeRawPointer(buffer.pointer) }
    return nil
  }
}
