/// What an expression over truth values may use, on the host as in generated code.
public protocol LogicSemantics {
  /// Whether both hold.
  static func and(_ a: Self, _ b: Self) -> Self
  /// Whether at least one holds.
  static func or(_ a: Self, _ b: Self) -> Self
  /// Whether exactly one holds.
  static func exclusiveOr(_ a: Self, _ b: Self) -> Self
  /// Whether it does not hold.
  static func not(_ a: Self) -> Self
}

extension Bool: LogicSemantics {
  /// Whether both hold.
  @inlinable public static func and(_ a: Bool, _ b: Bool) -> Bool { a && b }
  /// Whether at least one holds.
  @inlinable public static func or(_ a: Bool, _ b: Bool) -> Bool { a || b }
  /// Whether exactly one holds.
  @inlinable public static func exclusiveOr(_ a: Bool, _ b: Bool) -> Bool { a != b }
  /// Whether it does not hold.
  @inlinable public static func not(_ a: Bool) -> Bool { !a }
}
