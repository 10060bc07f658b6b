import Foundation
import Jacobi
import Testing

/// Which code a `catchingTensorErrors` scope holds for.
@Suite struct ErrorScopeTests {
  /// Two shapes that do not fit each other.
  @Sendable private static func fail() -> Tensor { Tensor([1.0, 2]) + Tensor([1.0, 2, 3]) }

  private func expectShapeError(
    _ body: () async throws -> Void, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) async {
    do {
      try await body()
      Issue.record("no error", sourceLocation: sourceLocation)
    } catch {
      #expect((error as? TensorError)?.kind == .shape, "\(error)", sourceLocation: sourceLocation)
    }
  }

  @Test func tasksThatAreStartedInside() async {
    await expectShapeError {
      try await catchingTensorErrors {
        async let wrong = Self.fail()
        _ = await wrong
      }
    }
    await expectShapeError {
      try await catchingTensorErrors {
        await withTaskGroup(of: Void.self) { group in
          for index in 0..<8 { group.addTask { _ = index == 5 ? Self.fail() : sin(Tensor(0.0)) } }
        }
      }
    }
    await expectShapeError { try await catchingTensorErrors { _ = await Task { Self.fail() }.value } }
  }

  @Test func anAsynchronousScope() async throws {
    let sum = try await catchingTensorErrors {
      await Task.yield()
      return Tensor([1.0, 2]).sum()
    }
    #expect(Double(sum) == 3)
    await expectShapeError {
      try await catchingTensorErrors {
        _ = Self.fail()
        // On whichever thread this goes on.
        await Task.yield()
        _ = Self.fail()
      }
    }
    // The scope is over: the next one begins without an error.
    #expect(try catchingTensorErrors { Double(Tensor(1.0)) } == 1)
  }

  /// A synchronous scope in an asynchronous function needs no `await`.
  @Test func aSynchronousScopeInAnAsynchronousFunction() async {
    await Task.yield()
    #expect(throws: TensorError.self) { try catchingTensorErrors { _ = Self.fail() } }
  }

  @Test func scopesInsideOtherThreads() {
    nonisolated(unsafe) var errors = 0
    let lock = NSLock()
    DispatchQueue.concurrentPerform(iterations: 8) { index in
      do {
        try catchingTensorErrors { _ = index.isMultiple(of: 2) ? Self.fail() : Tensor(1.0) }
      } catch {
        lock.withLock { errors += 1 }
      }
    }
    #expect(errors == 4)
  }

  @Test func innerScopesKeepTheirErrors() throws {
    let kept = try catchingTensorErrors {
      #expect(throws: TensorError.self) { try catchingTensorErrors { _ = Self.fail() } }
      return Double(Tensor(2.0))
    }
    #expect(kept == 2)
  }

  /// What failed in one scope is no number in another.
  @Test func invalidTensorsOfAnotherScope() {
    var kept = Tensor(0.0)
    _ = try? catchingTensorErrors { kept = Self.fail() }
    #expect(throws: TensorError.self) { try catchingTensorErrors { _ = kept * 2 } }
    #expect(throws: TensorError.self) { try catchingTensorErrors { _ = Double(kept) } }
    #expect(throws: TensorError.self) { try catchingTensorErrors { _ = grad { $0 * $0 }(kept) } }
    #expect(throws: TensorError.self) {
      try catchingTensorErrors {
        var inner = Tensor(0.0)
        _ = try? catchingTensorErrors { inner = Self.fail() }
        return inner.sum()
      }
    }
  }

  #if compiler(>=6.2) && (os(Linux) || os(macOS))
    @Test func withoutAScope() async {
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { _ = Self.fail() }
      let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(text.contains("do not broadcast"))
      #expect(!text.contains("catchingTensorErrors"))
    }

    /// A thread of one's own has no scope, and the message says so.
    @Test func onAnotherThread() async {
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        try catchingTensorErrors {
          let thread = Thread { _ = Self.fail() }
          thread.start()
          Thread.sleep(forTimeInterval: 60)
        }
      }
      let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(text.contains("do not broadcast"))
      #expect(text.contains("catchingTensorErrors is open in another thread, but not in this one"))
    }

    /// A task that outlives the scope does not fail silently.
    @Test func afterTheScope() async {
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let (gate, open) = AsyncStream<Void>.makeStream()
        let task = try catchingTensorErrors {
          Task {
            for await _ in gate { break }
            return Self.fail()
          }
        }
        open.yield()
        _ = await task.value
      }
      let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(text.contains("do not broadcast"))
    }
  #endif
}
