import Jacobi
import Synchronization

// For each law, a primitive that breaks it and no other, where that is possible.

private let counter = Atomic<Int>(0)
private func nextCount() -> Int { counter.wrappingAdd(1, ordering: .relaxed).newValue }

/// Nothing is wrong.
struct RightSquare: Specimen {}

/// Nothing is wrong.
struct RightTwice: LinearSpecimen {}

/// Nothing is wrong; the rule multiplies with numbers, which are broadcast.
struct RightRule: Specimen {
  func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let x = point.operand(0)
    return .rule { dx in [x * (2.0 * dx)] }
  }
}

/// The short evaluation is another function.
struct WrongShortEvaluation: Specimen {
  func evaluate(_ x: HostTensor) throws(TensorError) -> HostTensor {
    _ = try resultTypes(of: [x.type])
    return try HostTensor(x.shape, x.elements(as: Double.self).map { $0 * $0 + 1 })
  }
}

/// Equal primitives have different hash values.
struct WrongHash: Specimen {
  func hash(into hasher: inout Hasher) { hasher.combine(nextCount()) }
}

/// Takes int64, of which the samples say nothing.
struct WrongElementTypes: Specimen {
  func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    if operands.count == 1 && operands[0].dtype == .int64 { return operands }
    return try RightSquare().resultTypes(of: operands)
  }
  func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    operands[0].dtype == .int64 ? operands : [try mapped(operands[0])]
  }
}

/// Does not see that there are too many operands.
struct WrongOperandCount: Specimen {
  func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try RightSquare().resultTypes(of: Array(operands.prefix(1)))
  }
}

/// The samples have one shape only.
struct WrongSamples: Specimen {
  static var samples: [PrimitiveSample] { [PrimitiveSample(Self(), [OperandSample([2, 3])], dtypes: [.float64])] }
}

/// A square does more than move elements.
struct WrongTrait: Specimen {
  var traits: PrimitiveTraits { [.elementwise, .structural] }
}

/// The larger of two numbers depends on their order where they are 0 and -0.
struct WrongCommutative: Specimen {
  static var samples: [PrimitiveSample] {
    [[], [2, 3], [1], [0]].map {
      PrimitiveSample(Self(), [OperandSample($0), OperandSample($0)], dtypes: [.float64])
    }
  }
  var traits: PrimitiveTraits { [.elementwise, .commutative] }
  func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    if operands.contains(where: { $0.dtype != .float64 }) { return try RightSquare().resultTypes(of: [operands[0]]) }
    return try Maximum().resultTypes(of: operands)
  }
  func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] { try Maximum().evaluate(operands) }
  func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    Maximum().differential(of: operand, at: point)
  }
  func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    Maximum().batched(operands, isBatched: isBatched, size: size)
  }
}

/// 2x + 1 is affine, not linear.
struct WrongLinearity: LinearSpecimen {
  func value(_ x: Double) -> Double { 2 * x + 1 }
  func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .scale(by: 2 + 0 * point.operand(0)) }
}

/// The derivative of the square is not 3x.
struct WrongPartial: Specimen {
  func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .scale(by: 3 * point.operand(0)) }
}

/// The derivative is another one each time that it is used, by a little.
struct WrongReuse: Specimen {
  func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let x = point.operand(0)
    return .rule { dx in [2 * x * dx * (1 + 1e-13 * Double(nextCount() % 7))] }
  }
}

/// The adjoint is three times the operand, and says that its own adjoint is this primitive.
struct WrongAdjoint: LinearSpecimen {
  struct Thrice: LinearSpecimen {
    func value(_ x: Double) -> Double { 3 * x }
    func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
      WrongAdjoint().bind(cotangents[0] ?? 0)
    }
  }
  func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    Thrice().bind(cotangents[0] ?? 0)
  }
}

/// The adjoint has the right value, but no derivative.
struct WrongDoubleTranspose: LinearSpecimen {
  func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    2 * stopGradient(cotangents[0] ?? 0)
  }
}

/// The derivative has the right value, but no derivative.
struct WrongSecondOrder: Specimen {
  func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    .scale(by: 2 * stopGradient(point.operand(0)))
  }
}

/// The derivative is not a number at 0, where none is drawn.
struct WrongEdge: Specimen {
  func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let x = point.operand(0)
    return .scale(by: 2 * x * (x / x))
  }
}

/// The batch is squared, and made negative.
struct WrongBatching: Specimen {
  func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] { [-bind(operands[0])] }
}

/// Twice a number, but three times a batch of them.
struct TwiceOrThrice: LinearSpecimen {
  func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] { [3 * operands[0]] }
}

/// The derivative is right for one example, and wrong for a batch.
struct WrongBatchedForward: LinearSpecimen {
  func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .rule { [TwiceOrThrice().bind($0)] } }
}

/// The adjoint is right for one example, and wrong for a batch.
struct WrongBatchedReverse: LinearSpecimen {
  func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    TwiceOrThrice().bind(cotangents[0] ?? 0)
  }
}

/// The evaluation gives other numbers each time.
struct WrongPurity: Specimen {
  func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let factor = 1 + 1e-13 * Double(nextCount() % 7)
    return [try HostTensor(operands[0].shape, operands[0].elements(as: Double.self).map { $0 * $0 * factor })]
  }
}

/// A result of another type than stated.
struct WrongResultType: Specimen {
  func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let x = try mapped(operands[0])
    return [try HostTensor(x.shape.prepending(1), x.elements(as: Double.self))]
  }
}

/// The parameter is not printed.
struct WrongText: Specimen {
  var exponent = 2
  static var samples: [PrimitiveSample] {
    [[], [2, 3], [1], [0]].map {
      PrimitiveSample(WrongText(exponent: 3), [OperandSample($0)], dtypes: [.float64])
    }
  }
  init() {}
  init(exponent: Int) { self.exponent = exponent }
  init(from decoder: any Decoder) throws {}
  func encode(to encoder: any Encoder) throws { _ = encoder.container(keyedBy: Key.self) }
  private enum Key: CodingKey {}
}

/// Code would compute something else.
struct WrongExpression: Specimen {
  func lowering(of operands: [TensorType]) -> Lowering {
    .elementwise(ScalarExpression.operand(0) * .operand(0) + .constant(1))
  }
}

/// States a failure that does not happen.
struct WrongFailure: Specimen {
  func failureConditions(of operands: [TensorType]) -> [FailureCondition] { [.conversion(operand: 0, to: .int32)] }
}

/// Fails for infinite operands, and does not state it.
struct UnstatedFailure: Specimen {
  func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    if operands[0].elements(as: Double.self).contains(where: \.isInfinite) {
      throw TensorError(.value, Self.name, "infinite")
    }
    return [try mapped(operands[0])]
  }
}

/// The derivative is a product that nobody knows to be one, in which 0 · infinity is not a number.
struct WrongStrongZeros: Specimen {
  func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let x = point.operand(0)
    return .rule { dx in [SecretProduct().bind(2 * x, dx)] }
  }

  struct SecretProduct: LinearPrimitive {
    static let name = "secretProduct"
    static var samples: [PrimitiveSample] { [] }
    var traits: PrimitiveTraits { [.elementwise, .bilinear] }
    func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] { [operands[0]] }
    func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
      try Multiply().evaluate(operands)
    }
    func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .itself(self) }
    func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
      bind(cotangents[0]!, point.operand(1 - operand))
    }
    func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
      Multiply().batched(operands, isBatched: isBatched, size: size)
    }
  }
}

/// Fails for examples of a batch that did not choose it: what it does where a predicate is false is what it always does.
struct WrongPredication: ControlPrimitive {
  static var name: String { "wrongPredication" }

  var subprograms: [Subprogram] { [] }
  func replacingSubprograms(_ programs: [Subprogram]) -> WrongPredication { self }
  var ports: ControlPorts { .opaque }

  func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 2, operands[0].dtype == .float64, operands[1].dtype == .int64 else {
      throw TensorError(.program, Self.name, "takes float64 numbers and int64 indices, not \(operands)")
    }
    return [operands[0]]
  }

  func failureConditions(of operands: [TensorType]) -> [FailureCondition] { [.index(operand: 1, in: 0..<3)] }

  func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    if failureConditions(of: operands.map(\.type))[0].isMet(by: operands) == true {
      throw TensorError(.index, Self.name, "an index is not from 0 to 2")
    }
    return [operands[0]]
  }

  func linearized(_ operands: [Tensor], isActive: [Bool]) -> (results: [Tensor], map: JointLinearMap) {
    linearized(by: { [$0[0]] }, at: operands, isActive: isActive)
  }

  func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    let x = operands[0]
    return bind([isBatched[0] ? x : x.broadcast(to: [size] + x.shape.dimensions), operands[1]])
  }

  func bind(_ operands: [Tensor], predicatedBy predicate: Tensor) -> [Tensor] { bind(operands) }

  static var samples: [PrimitiveSample] {
    [[], [2, 3], [1], [0]].map { shape in
      PrimitiveSample(
        WrongPredication(), [OperandSample(shape), OperandSample([], .indices(below: 3), dtype: .int64)],
        dtypes: [.float64])
    }
  }
}
