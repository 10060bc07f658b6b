import Numerics

/// a where a mask holds, else b. The mask has the shape of both, or is a scalar.
///
/// What was not chosen has a strong zero as its cotangent: it stays zero on its way back, even where the branch that was
/// not taken is infinite or not a number.
public struct Select: LinearPrimitive {
  public static let name = "select"
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .linear, .selecting] }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 3 else {
      throw TensorError(.program, Self.name, "takes 3 operands, not \(operands.count)")
    }
    let (mask, a, b) = (operands[0], operands[1], operands[2])
    guard mask.dtype == .bool else {
      throw TensorError(
        .dtype, Self.name, "the mask is \(mask); it must be bool", hint: "compare: where(x .!= 0, a, b)")
    }
    if a.dtype != b.dtype { throw mixedDTypes(Self.name, a, b) }
    guard a.shape == b.shape, mask.shape == a.shape || mask.shape.isScalar else {
      throw TensorError(.shape, Self.name, "the shapes \(mask.shape), \(a.shape) and \(b.shape) differ")
    }
    return [a]
  }

  public func lowering(of operands: [TensorType]) -> Lowering {
    .elementwise(.select(.operand(0), .operand(1), .operand(2)))
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let (mask, a, b) = (operands[0], operands[1], operands[2])
    if mask.shape.isScalar { return [mask.onlyElement(as: Bool.self) ? a : b] }
    func choose<Scalar: TensorScalar>(_: Scalar.Type) throws(TensorError) -> HostTensor {
      try HostTensor(a.shape, of: Scalar.self, for: Self.name) { results in
        mask.withElements(as: Bool.self) { masks in
          a.withElements(as: Scalar.self) { first in
            b.withElements(as: Scalar.self) { second in
              for index in masks.indices {
                results.initializeElement(at: index, to: masks[index] ? first[index] : second[index])
              }
            }
          }
        }
      }
    }
    return [try a.dtype.withScalarType { (scalar) throws(TensorError) in try choose(scalar) }]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    operand == 0 ? .zero : .itself(self)
  }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    let mask = point.operand(0)
    let ct = cotangents[0]!
    return operand == 1 ? `where`(mask, ct, Tensor.zeros(like: ct)) : `where`(mask, Tensor.zeros(like: ct), ct)
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    let branches = [1, 2].map { isBatched[$0] ? operands[$0] : operands[$0].repeatedAlongNewAxis(size) }
    var mask = operands[0]
    let shape = branches[0].shape
    if isBatched[0] {
      // One truth value for each element of the batch stands for the whole of that element.
      if mask.rank < shape.rank { mask = Broadcast(shape: shape.dimensions, axes: [0]).bind(mask) }
    } else if mask.rank > 0 {
      mask = mask.repeatedAlongNewAxis(size)
    }
    return bind([mask] + branches)
  }

  public static var samples: [PrimitiveSample] {
    let shapes: [(Shape, Shape)] = [([], []), ([2, 3], [2, 3]), ([], [2, 3]), ([0], [0]), ([1], [1])]
    return shapes.map { mask, shape in
      PrimitiveSample(
        Select(), [OperandSample(mask, .flags, dtype: .bool), OperandSample(shape), OperandSample(shape)],
        dtypes: DType.allCases)
    }
  }
}
