/// A primitive with places where its derivative is a convention, or where it jumps: see `Documentation/Kinks.md`.
public protocol KinkedPrimitive: Primitive {
  /// Where the operands are at such a place: a `bool` tensor of any shape.
  func isAtKink(_ operands: [Tensor]) -> Tensor
}

extension Abs: KinkedPrimitive {
  /// At 0.
  public func isAtKink(_ operands: [Tensor]) -> Tensor { operands[0] .== 0 }
}

extension Modulus: KinkedPrimitive {
  /// At 0.
  public func isAtKink(_ operands: [Tensor]) -> Tensor { operands[0] .== 0 }
}

extension Relu: KinkedPrimitive {
  /// At 0.
  public func isAtKink(_ operands: [Tensor]) -> Tensor { operands[0] .== 0 }
}

extension Sign: KinkedPrimitive {
  /// At 0, where it jumps.
  public func isAtKink(_ operands: [Tensor]) -> Tensor { operands[0] .== 0 }
}

extension Maximum: KinkedPrimitive {
  /// Where both are equal.
  public func isAtKink(_ operands: [Tensor]) -> Tensor { operands[0] .== operands[1] }
}

extension Minimum: KinkedPrimitive {
  /// Where both are equal.
  public func isAtKink(_ operands: [Tensor]) -> Tensor { operands[0] .== operands[1] }
}

extension Less: KinkedPrimitive {
  /// Where both are equal: what is chosen by it changes there.
  public func isAtKink(_ operands: [Tensor]) -> Tensor { operands[0] .== operands[1] }
}

extension LessOrEqual: KinkedPrimitive {
  /// Where both are equal: what is chosen by it changes there.
  public func isAtKink(_ operands: [Tensor]) -> Tensor { operands[0] .== operands[1] }
}

extension Hypot: KinkedPrimitive {
  /// At the origin.
  public func isAtKink(_ operands: [Tensor]) -> Tensor { (operands[0] .== 0) .& (operands[1] .== 0) }
}

extension Atan2: KinkedPrimitive {
  /// At the origin.
  public func isAtKink(_ operands: [Tensor]) -> Tensor { (operands[0] .== 0) .& (operands[1] .== 0) }
}

extension Norm: KinkedPrimitive {
  /// Where all elements of a line are 0.
  public func isAtKink(_ operands: [Tensor]) -> Tensor { (operands[0] .== 0).all(axes: axes) }
}

extension ReduceMax: KinkedPrimitive {
  /// Where several elements of a line are the largest.
  public func isAtKink(_ operands: [Tensor]) -> Tensor {
    (operands[0] .== operands[0].max(axes: axes, keepingDimensions: true)).sum(axes: axes) .> 1
  }
}

extension ReduceMin: KinkedPrimitive {
  /// Where several elements of a line are the smallest.
  public func isAtKink(_ operands: [Tensor]) -> Tensor {
    (operands[0] .== operands[0].min(axes: axes, keepingDimensions: true)).sum(axes: axes) .> 1
  }
}

extension Floor: KinkedPrimitive {
  /// At whole numbers, where it jumps.
  public func isAtKink(_ operands: [Tensor]) -> Tensor { operands[0] .== floor(operands[0]) }
}

extension Ceil: KinkedPrimitive {
  /// At whole numbers, where it jumps.
  public func isAtKink(_ operands: [Tensor]) -> Tensor { operands[0] .== floor(operands[0]) }
}

extension Trunc: KinkedPrimitive {
  /// At whole numbers but 0, where it jumps.
  public func isAtKink(_ operands: [Tensor]) -> Tensor {
    (operands[0] .== floor(operands[0])) .& (operands[0] .!= 0)
  }
}

extension Round: KinkedPrimitive {
  /// At halves, where it jumps.
  public func isAtKink(_ operands: [Tensor]) -> Tensor { operands[0] - floor(operands[0]) .== 0.5 }
}
