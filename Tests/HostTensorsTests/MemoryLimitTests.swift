import HostTensors
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What cannot be had is an error, and never a crash. The limit holds for the whole process, so that these tests have
/// processes of their own.
@Suite struct MemoryLimitTests {
  @Test func theMachine() {
    #expect(MemoryLimit.physicalBytes > 1 << 26)
    #expect(MemoryLimit.bytes <= MemoryLimit.physicalBytes)
  }

  @Test func negativeSizes() {
    let shape = Shape([-1])
    #expect(shape.checkedCount == nil && TensorType(.float64, [2, -3]).byteCount == nil)
    let error = #expect(throws: TensorError.self) { try HostTensor(shape, filledWith: 1.0) }
    #expect(error?.kind == .shape && error?.message == "float64[-1] has a negative size; sizes must be at least 0")
  }

  #if compiler(>=6.2) && (os(Linux) || os(macOS))
    @Test func aLimitOfOnesOwn() async {
      await #expect(processExitsWith: .success) {
        MemoryLimit.bytes = 1 << 20
        _ = try HostTensor([1 << 17], filledWith: 1.0)
        let error = #expect(throws: TensorError.self) { try HostTensor([(1 << 17) + 1], filledWith: 1.0) }
        #expect(error?.kind == .memory)
        #expect(error?.message == "a tensor of type float64[131073] needs 1048584 bytes; the limit is 1048576 bytes")
        #expect(error?.hint == "set MemoryLimit.bytes to allow larger tensors")
        MemoryLimit.bytes = -1
        #expect(MemoryLimit.bytes == 0)
        #expect(throws: TensorError.self) { try HostTensor([1], filledWith: 1.0) }
        // A scalar needs no memory of its own.
        _ = try HostTensor([], filledWith: 1.0)
      }
    }

    /// A copy that cannot be made leaves the tensor as it was.
    @Test func aCopyThatDoesNotFit() async {
      await #expect(processExitsWith: .success) {
        let shared = try HostTensor([1000], filledWith: 1.0)
        var copy = shared
        MemoryLimit.bytes = 100
        #expect(throws: TensorError.self) { try copy.withMutableElements(as: Double.self) { $0[0] = 2 } }
        #expect(copy.type == shared.type)
        #expect(copy.elements(as: Double.self) == shared.elements(as: Double.self))
      }
    }
  #endif

  #if compiler(>=6.2) && os(Linux)
    /// More than is free, but less than there is: refused before a page of it is touched.
    @Test func moreThanIsFree() async {
      await #expect(processExitsWith: .success) {
        let error = #expect(throws: TensorError.self) {
          try HostTensor([MemoryLimit.physicalBytes / 8 - 512], filledWith: 1.0)
        }
        #expect(error?.kind == .memory)
        #expect(error?.message.contains("bytes are free now") == true)
      }
    }

    /// What the system refuses, here by a limit on the address space, of which sanitizers need terabytes.
    @Test(.enabled(if: Sanitizer.current == nil)) func whatTheSystemRefuses() async {
      await #expect(processExitsWith: .success) {
        var limit = rlimit(rlim_cur: 1 << 31, rlim_max: 1 << 31)
        setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
        let error = #expect(throws: TensorError.self) { try HostTensor([1 << 28], filledWith: 1.0) }
        #expect(error?.kind == .memory)
        #expect(error?.message.contains("2147483648 bytes") == true)
        // And the process lives on.
        _ = try HostTensor([1 << 10], filledWith: 1.0)
      }
    }
  #endif
}
