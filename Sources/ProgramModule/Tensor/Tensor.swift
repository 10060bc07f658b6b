/// A multi-dimensional array of numbers that can be differentiated.
///
/// A tensor is a plain value. It either holds its numbers, in the memory of the host or of a device, or stands for a
/// variable of a program that is being recorded by a transform such as `grad`; the same Swift code works on both. Its element type is known at run time: `[Double]`
/// gives float64, `[Float]` float32, and so on; literals and Swift scalars adopt the type of the tensor they meet.
///
/// Operators do not throw. An invalid operation stops the program with a message that says what to write instead;
/// inside
/// ``catchingTensorErrors(_:)`` it is thrown as a ``TensorError``.
public struct Tensor: Sendable {
  /// What a tensor can be.
  @usableFromInline
  package enum Payload: Sendable {
    /// Numbers in memory.
    case host(HostTensor)
    /// Numbers from a literal or a Swift scalar, which adopt the element type of the tensor they meet.
    case literal(HostTensor)
    /// Whole numbers from a literal, as int64, not all of which a `Double` has: float64 by themselves, exact beside
    /// int64.
    case integerLiteral(HostTensor)
    /// A variable of a program that is being recorded.
    case traced(TracedVariable)
    /// Numbers in the memory of a device.
    case device(DeviceTensor)
    /// The result of an invalid operation inside `catchingTensorErrors`.
    case invalid
  }

  @usableFromInline
  package var payload: Payload

  @inlinable
  package init(_ payload: Payload) { self.payload = payload }

  /// A tensor with the numbers of a host tensor.
  @inlinable
  public init(_ host: HostTensor) { payload = .host(host) }
}

/// Names a variable of a trace. The trace is named by a number that is never used again, so that a variable which
/// outlives its trace is recognized.
@usableFromInline
package struct TracedVariable: Hashable, Sendable {
  @usableFromInline package let traceID: UInt64
  @usableFromInline package let depth: Int32
  @usableFromInline package let variable: Int32

  @inlinable
  package init(traceID: UInt64, depth: Int, variable: Int) {
    self.traceID = traceID
    self.depth = Int32(truncatingIfNeeded: depth)
    self.variable = Int32(truncatingIfNeeded: variable)
  }
}

extension Tensor {
  /// The type of the elements.
  public var dtype: DType {
    switch payload {
    case .host(let host), .literal(let host): host.dtype
    case .traced, .integerLiteral, .device, .invalid: type.dtype
    }
  }

  /// The sizes of the axes.
  public var shape: Shape {
    switch payload {
    case .host(let host), .literal(let host), .integerLiteral(let host): host.shape
    case .traced, .device, .invalid: type.shape
    }
  }

  /// The number of axes.
  public var rank: Int { shape.rank }

  /// The number of elements.
  public var count: Int { shape.count }

  /// Element type and shape together.
  public var type: TensorType {
    switch payload {
    case .host(let host), .literal(let host): return host.type
    case .integerLiteral(let host): return TensorType(.float64, host.shape)
    case .traced(let variable):
      guard let trace = ThreadState.currentTrace(of: variable) else {
        report(.escaped("shape"))
        return TensorType(.float64, .scalar)
      }
      return trace.tape.type(of: variable.variable)
    case .device(let tensor): return tensor.type
    case .invalid: return TensorType(.float64, .scalar)
    }
  }

  /// The element type of a scalar whose number can be read, also through traces; nothing for anything else.
  package var scalarDType: DType? {
    switch payload {
    case .host(let host), .literal(let host): return host.inlineDType
    case .traced(var variable):
      while let trace = ThreadState.currentTrace(of: variable) {
        switch trace.tape.values[Int(variable.variable)].payload {
        case .host(let host), .literal(let host): return host.inlineDType
        case .traced(let outer): variable = outer
        case .integerLiteral, .device, .invalid: return nil
        }
      }
      return nil
    case .integerLiteral, .device, .invalid: return nil
    }
  }
}
