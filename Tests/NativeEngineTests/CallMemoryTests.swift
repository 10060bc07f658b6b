import Jacobi
import NativeEngine
import Testing

/// The working memory of a call is checked before it is allocated. The limit applies to the whole process, so each test runs
/// in a process of its own.
@Suite(.enabled(if: NativeEngine().availability.isAvailable)) struct CallMemoryTests {
  #if compiler(>=6.2) && (os(Linux) || os(macOS))
    @Test func beyondTheLimit() async {
      await #expect(processExitsWith: .success) {
        // Each tensor is below the limit, and three of them are not.
        let f = jit(
          { (x: Tensor) in
            let a = x.cumsum(axis: 0)
            let b = a.cumsum(axis: 0)
            return (a * b * b.cumsum(axis: 0)).cumsum(axis: 0)[0]
          }, engine: NativeEngine())
        let x = Tensor.ones([1 << 21])
        #expect(Double(f(x)) == 1)
        MemoryLimit.bytes = 16 << 20
        let g = jit(
          { (x: Tensor) in
            let a = x.cumsum(axis: 0)
            let b = a.cumsum(axis: 0)
            return (a * b * b.cumsum(axis: 0)).cumsum(axis: 0)[1]
          }, engine: NativeEngine())
        let error = #expect(throws: TensorError.self) { try catchingTensorErrors { g(x) } }
        #expect(
          error?.kind == .memory && error?.message.contains("bytes of working memory; the limit is") == true,
          "\(error.debugDescription)")
        MemoryLimit.bytes = 1 << 30
        #expect(Double(g(x)) == 25)
      }
    }
  #endif
}
