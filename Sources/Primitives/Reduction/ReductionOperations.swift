/// Addition.
enum SumOf<Element: HostNumber>: ReductionOperation {
  @inline(__always) static var initial: Element { Element.zeroScalar }
  @inline(__always) static func combine(_ a: Element, _ b: Element) -> Element { Element.sum(a, b) }
}

/// Multiplication.
enum ProductOf<Element: HostNumber>: ReductionOperation {
  @inline(__always) static var initial: Element { Element.oneScalar }
  @inline(__always) static func combine(_ a: Element, _ b: Element) -> Element { Element.product(a, b) }
}

/// The larger one; `nan` when one of them is. There is no largest of nothing; the types have been checked.
enum MaximumOf<Element: OrderedHostNumber>: ReductionOperation {
  @inline(__always) static var initial: Element { Element.zeroScalar }
  @inline(__always) static func combine(_ a: Element, _ b: Element) -> Element {
    // As two selections, the first of which is an instruction of the processor, without a jump.
    let larger = b > a ? b : a
    return b.isNotANumber ? b : larger
  }
}

/// The smaller one; `nan` when one of them is. There is no smallest of nothing; the types have been checked.
enum MinimumOf<Element: OrderedHostNumber>: ReductionOperation {
  @inline(__always) static var initial: Element { Element.zeroScalar }
  @inline(__always) static func combine(_ a: Element, _ b: Element) -> Element {
    let smaller = b < a ? b : a
    return b.isNotANumber ? b : smaller
  }
}

/// Whether both hold.
enum AllOf: ReductionOperation {
  @inline(__always) static var initial: Bool { true }
  @inline(__always) static func combine(_ a: Bool, _ b: Bool) -> Bool { a && b }
}

/// Whether one holds.
enum AnyOf: ReductionOperation {
  @inline(__always) static var initial: Bool { false }
  @inline(__always) static func combine(_ a: Bool, _ b: Bool) -> Bool { a || b }
}
