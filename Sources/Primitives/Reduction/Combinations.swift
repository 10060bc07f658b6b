/// Addition.
enum SumOf<Element: HostNumber>: Combination {
  @inline(__always) static var initial: Element { Element.zeroScalar }
  @inline(__always) static func combine(_ a: Element, _ b: Element) -> Element { Element.sum(a, b) }
}

/// Multiplication.
enum ProductOf<Element: HostNumber>: Combination {
  @inline(__always) static var initial: Element { Element.oneScalar }
  @inline(__always) static func combine(_ a: Element, _ b: Element) -> Element { Element.product(a, b) }
}

/// The larger one; `nan` when one of them is. There is no largest of nothing; the types have been checked.
enum MaximumOf<Element: OrderedHostNumber>: Combination {
  @inline(__always) static var initial: Element { Element.zeroScalar }
  @inline(__always) static func combine(_ a: Element, _ b: Element) -> Element {
    a >= b || a.isNotANumber ? a : b
  }
}

/// The smaller one; `nan` when one of them is. There is no smallest of nothing; the types have been checked.
enum MinimumOf<Element: OrderedHostNumber>: Combination {
  @inline(__always) static var initial: Element { Element.zeroScalar }
  @inline(__always) static func combine(_ a: Element, _ b: Element) -> Element {
    a <= b || a.isNotANumber ? a : b
  }
}

/// Whether both hold.
enum AllOf: Combination {
  @inline(__always) static var initial: Bool { true }
  @inline(__always) static func combine(_ a: Bool, _ b: Bool) -> Bool { a && b }
}

/// Whether one holds.
enum AnyOf: Combination {
  @inline(__always) static var initial: Bool { false }
  @inline(__always) static func combine(_ a: Bool, _ b: Bool) -> Bool { a || b }
}
