import Engines

/// A function of this engine that generated code calls.
struct RuntimeFunction: Sendable {
  /// Its symbol.
  let name: String
  /// LLVM's types of the parameters.
  let parameters: String
  /// LLVM's type of the result.
  let result: String
  /// Where it is.
  let address: UInt
}

extension RuntimeFunction {
  private static func address<Function>(_ function: Function) -> UInt {
    UInt(bitPattern: unsafeBitCast(function, to: UnsafeRawPointer.self))
  }

  private typealias Evaluate =
    @convention(c) (
      UnsafePointer<UnsafeRawPointer?>, Int, UnsafePointer<UnsafeRawPointer?>,
      UnsafePointer<UnsafeMutableRawPointer?>
    ) -> Int32
  private typealias Allocate = @convention(c) (Int, Int) -> UnsafeMutableRawPointer?
  private typealias Release = @convention(c) (UnsafeMutableRawPointer?) -> Void
  private typealias Fits = @convention(c) (Int, Int) -> Int32
  private typealias Split = @convention(c) (Int, Int) -> Int

  /// Evaluates an operation on the host: (environment, its number, operands, results); 0 when it did not fail.
  static let evaluateOnHost = RuntimeFunction(
    name: "jacobi_evaluate_on_host", parameters: "ptr, i64, ptr, ptr", result: "i32",
    address: address(
      { environment, number, operands, results in
        guard let context = environment[0] else { return 1 }
        let environment = Unmanaged<NativeEnvironment>.fromOpaque(context).takeUnretainedValue()
        return environment.evaluate(number, operands, results) ? 0 : 1
      } as Evaluate))

  /// Memory for a number of blocks of so many bytes each; null where it is not to be had.
  static let allocate = RuntimeFunction(
    name: "jacobi_allocate", parameters: "i64, i64", result: "ptr",
    address: address(
      { count, byteCount in
        let (total, overflow) = count.multipliedReportingOverflow(by: byteCount)
        if overflow || total > MemoryLimit.bytes { return nil }
        return SystemMemory.allocate(byteCount: max(total, 1))
      } as Allocate))

  /// Whether a tensor of a number of elements of so many bytes each may exist.
  static let fits = RuntimeFunction(
    name: "jacobi_fits", parameters: "i64, i64", result: "i32",
    address: address(
      { count, byteCount in
        let (total, overflow) = count.multipliedReportingOverflow(by: byteCount)
        return overflow || total > MemoryLimit.bytes ? 0 : 1
      } as Fits))

  /// Gives memory back.
  static let release = RuntimeFunction(
    name: "jacobi_release", parameters: "ptr", result: "void",
    address: address({ memory in if let memory { SystemMemory.deallocate(memory) } } as Release))

  private typealias Run =
    @convention(c) (
      UnsafePointer<UnsafeRawPointer?>, @escaping @convention(c) (UnsafeMutableRawPointer, Int) -> Void,
      UnsafeMutableRawPointer, Int
    ) -> Void

  /// Runs a function for each block of a number: (environment, function, what it shares, number of blocks).
  static let runBlocks = RuntimeFunction(
    name: "jacobi_run_blocks", parameters: "ptr, ptr, ptr, i64", result: "void",
    address: address(
      { environment, body, shared, count in
        guard let context = environment[0] else { return }
        let environment = Unmanaged<NativeEnvironment>.fromOpaque(context).takeUnretainedValue()
        Threads.run(count, on: environment.threadCount, shared, body)
      } as Run))

  private typealias Check = @convention(c) (UnsafeRawPointer, Int) -> Bool

  /// Whether none of so many float64 is infinite or `nan`.
  static let isFinite64 = RuntimeFunction(
    name: "jacobi_is_finite64", parameters: "ptr, i64", result: "i1",
    address: address({ isFinite($0, $1, 0x7FF0_0000_0000_0000 as UInt64) } as Check))

  /// Whether none of so many float32 is infinite or `nan`.
  static let isFinite32 = RuntimeFunction(
    name: "jacobi_is_finite32", parameters: "ptr, i64", result: "i1",
    address: address({ isFinite($0, $1, 0x7F80_0000 as UInt32) } as Check))

  /// Compared as bits, several at a time.
  private static func isFinite<Bits: FixedWidthInteger>(
    _ start: UnsafeRawPointer, _ count: Int, _ exponent: Bits
  ) -> Bool {
    let words = start.assumingMemoryBound(to: Bits.self)
    var found: Bits = 0
    for index in 0..<count { found |= words[index] & exponent == exponent ? 1 : 0 }
    return found == 0
  }

  /// After how many of a number of steps a loop's state is kept: (steps, slots).
  static let checkpointSplit = RuntimeFunction(
    name: "jacobi_checkpoint_split", parameters: "i64, i64", result: "i64",
    address: address({ CheckpointSchedule.split(steps: $0, slots: $1) } as Split))
}
