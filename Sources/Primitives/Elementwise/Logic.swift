/// Whether both hold.
public struct LogicalAnd: LogicBinary {
  public static let name = "and"
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .discrete, .commutative] }
  public func scalar<S: LogicSemantics>(_ x: S, _ y: S) -> S { S.and(x, y) }
  public static var samples: [PrimitiveSample] { logicSamples(LogicalAnd()) }
}

/// Whether at least one holds.
public struct LogicalOr: LogicBinary {
  public static let name = "or"
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .discrete, .commutative] }
  public func scalar<S: LogicSemantics>(_ x: S, _ y: S) -> S { S.or(x, y) }
  public static var samples: [PrimitiveSample] { logicSamples(LogicalOr()) }
}

/// Whether exactly one holds.
public struct LogicalExclusiveOr: LogicBinary {
  public static let name = "exclusiveOr"
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .discrete, .commutative] }
  public func scalar<S: LogicSemantics>(_ x: S, _ y: S) -> S { S.exclusiveOr(x, y) }
  public static var samples: [PrimitiveSample] { logicSamples(LogicalExclusiveOr()) }
}

/// Whether it does not hold.
public struct LogicalNot: LogicUnary {
  public static let name = "not"
  public init() {}
  public func scalar<S: LogicSemantics>(_ x: S) -> S { S.not(x) }
  public static var samples: [PrimitiveSample] { unarySamples(LogicalNot(), .flags, dtypes: dtypes) }
}
