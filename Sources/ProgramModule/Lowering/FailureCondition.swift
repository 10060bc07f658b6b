/// A reason for which an operation fails: what the values of its operands must not be.
///
/// Types are not among the reasons, as those are checked when an operation is applied, and neither is memory.
public enum FailureCondition: Hashable, Sendable {
  /// An element of an integer operand is outside a range, such as the number of a branch; an empty range allows none.
  case index(operand: Int, in: Range<Int>)
  /// An element of a real or integer operand, truncated toward zero, is not in the range of an integer type, or is `nan`.
  case conversion(operand: Int, to: DType)
  /// An element of an integer operand is divided by 0, or, where it is the least integer, by -1.
  case division(of: Int, by: Int)
  /// Something that no single operand's elements tell: a function of the host, or a loop that may not end.
  case other

  /// An element of an operand is not an index of an axis; negative ones count from the end.
  public static func index(operand: Int, size: Int) -> FailureCondition { .index(operand: operand, in: -size..<size) }

  /// Whether operands meet the condition, so that the operation fails for them; `nil` where only running it tells.
  public func isMet(by operands: [HostTensor]) -> Bool? {
    switch self {
    case .index(let operand, let range):
      let elements = operands[operand]
      return elements.dtype == .int32
        ? elements.withElements(as: Int32.self) { $0.contains { !range.contains(Int($0)) } }
        : elements.withElements(as: Int64.self) { $0.contains { !range.contains(Int($0)) } }
    case .conversion(let operand, let dtype): return Self.hasElement(operands[operand], outside: dtype)
    case .division(let dividend, let divisor):
      let (x, y) = (operands[dividend], operands[divisor])
      return x.dtype == .int32 ? Self.fails(x, y, Int32.self) : Self.fails(x, y, Int64.self)
    case .other: return nil
    }
  }

  private static func fails<Integer: TensorScalar & FixedWidthInteger>(
    _ dividend: HostTensor, _ divisor: HostTensor, _: Integer.Type
  ) -> Bool {
    dividend.withElements(as: Integer.self) { x in
      divisor.withElements(as: Integer.self) { y in
        // A scalar stands for all places.
        y.indices.contains { y[$0] == 0 || y[$0] == -1 && x[x.count == 1 ? 0 : $0] == .min }
      }
    }
  }

  private static func hasElement(_ operand: HostTensor, outside dtype: DType) -> Bool {
    switch operand.dtype {
    case .float64: operand.withElements(as: Double.self) { $0.contains { !fits($0, dtype) } }
    case .float32: operand.withElements(as: Float.self) { $0.contains { !fits(Double($0), dtype) } }
    case .int64: operand.withElements(as: Int64.self) { dtype == .int32 && $0.contains { Int32(exactly: $0) == nil } }
    case .int32, .bool, .complex64, .complex128: false
    }
  }

  private static func fits(_ x: Double, _ dtype: DType) -> Bool {
    let whole = x.rounded(.towardZero)
    return dtype == .int32 ? Int32(exactly: whole) != nil : Int64(exactly: whole) != nil
  }
}
