/// Whether x and y are equal; `nan` equals nothing.
public struct Equal: NumericPredicate {
  public static let name = "equal"
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .discrete, .commutative] }
  public func scalar<S: ScalarSemantics>(_ x: S, _ y: S) -> S.Mask { S.isEqual(x, y) }
  public static var samples: [PrimitiveSample] { binarySamples(Equal(), dtypes: dtypes) }
}

/// Whether x is less than y; false when one is `nan`.
public struct Less: OrderedPredicate {
  public static let name = "less"
  public init() {}
  public func scalar<S: OrderedSemantics>(_ x: S, _ y: S) -> S.Mask { S.isLess(x, y) }
  public static var samples: [PrimitiveSample] { binarySamples(Less(), dtypes: dtypes) }
}

/// Whether x is at most y; false when one is `nan`.
public struct LessOrEqual: OrderedPredicate {
  public static let name = "lessOrEqual"
  public init() {}
  public func scalar<S: OrderedSemantics>(_ x: S, _ y: S) -> S.Mask { S.isLessOrEqual(x, y) }
  public static var samples: [PrimitiveSample] { binarySamples(LessOrEqual(), dtypes: dtypes) }
}
