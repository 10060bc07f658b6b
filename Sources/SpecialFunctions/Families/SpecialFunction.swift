@_exported import Primitives

/// An elementwise function of real numbers that series, continued fractions or integrals compute on the host.
///
/// It is written for `Double`; a `Float` is computed as a `Double` and rounded once. There is no expression of it for generated
/// code: engines have the host evaluate it between their own steps.
public protocol SpecialFunction: ElementwisePrimitive {
  /// The function of the elements at one place. It is asked for once for each evaluation, so that it may hold what all places
  /// share.
  var kernel: SpecialKernel { get }

  /// The partial derivative by an operand, for operands with a result.
  func derivative(of operand: Int, _ operands: [Tensor], value: Tensor) -> LinearMap

  /// Checks the parameters of the primitive.
  func checkParameters() throws(TensorError)
}

/// A function of as many numbers as a primitive has operands.
public enum SpecialKernel {
  /// Of one number.
  case one((Double) -> Double)
  /// Of two numbers.
  case two((Double, Double) -> Double)
  /// Of three numbers.
  case three((Double, Double, Double) -> Double)
}

extension SpecialFunction {
  /// Real floating point.
  public static var dtypes: [DType] { [.float64, .float32] }

  /// None to check.
  public func checkParameters() throws(TensorError) {}

  /// The operands' common type.
  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkParameters()
    return [try commonType(of: operands, Self.name, arity: Self.arity, dtypes: Self.dtypes)]
  }

  /// The kernel on the elements at each place.
  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    [try evaluated(kernel, operands)]
  }

  /// The derivative that the author wrote.
  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    derivative(of: operand, (0..<Self.arity).map { point.operand($0) }, value: point.result())
  }
}

/// The largest order of a derivative that is a primitive of its own.
let greatestOrder = 100

/// Checks the order of a derivative.
func checkOrder(_ order: Int, _ operation: String) throws(TensorError) {
  guard (0...greatestOrder).contains(order) else {
    throw TensorError(.value, operation, "expected an order between 0 and \(greatestOrder), got \(order)")
  }
}

/// A kernel on the elements at each place; not generic, so that it is compiled once.
private func evaluated(_ kernel: SpecialKernel, _ operands: [HostTensor]) throws(TensorError) -> HostTensor {
  let columns = operands.map(\.doubles)
  let places = columns[0].indices
  let values: [Double] =
    switch kernel {
    case .one(let function): columns[0].map(function)
    case .two(let function): places.map { function(columns[0][$0], columns[1][$0]) }
    case .three(let function): places.map { function(columns[0][$0], columns[1][$0], columns[2][$0]) }
    }
  return operands[0].dtype == .float32
    ? try HostTensor(operands[0].shape, values.map { Float($0) }) : try HostTensor(operands[0].shape, values)
}

extension HostTensor {
  /// The elements of a float64 or float32 tensor.
  fileprivate var doubles: [Double] {
    dtype == .float32 ? elements(as: Float.self).map { Double($0) } : elements(as: Double.self)
  }
}

/// Samples of a primitive with operands of one shape from domains: scalars, matrices, a size of 1, and no element at all.
func specialSamples(_ primitive: any SpecialFunction, _ domains: OperandSample.Domain...) -> [PrimitiveSample] {
  samples(primitive, [[], [1, 2], [1], [0]], domains)
}

/// Samples without scalars, for derivatives of a high order: with scalars the laws compare the modes at the smallest numbers there
/// are, where further derivatives overflow on the way in one mode or another.
func arraySamples(_ primitive: any SpecialFunction, _ domains: OperandSample.Domain...) -> [PrimitiveSample] {
  samples(primitive, [[1, 2], [1], [0]], domains)
}

private func samples(
  _ primitive: any SpecialFunction, _ shapes: [Shape], _ domains: [OperandSample.Domain]
) -> [PrimitiveSample] {
  shapes.map { shape in
    PrimitiveSample(primitive, domains.map { OperandSample(shape, $0) }, dtypes: [.float64, .float32])
  }
}

/// Applies a primitive with three operands after literals have adopted the others' element type and the shapes have been
/// broadcast.
func broadcasting(_ primitive: some SpecialFunction, _ x: Tensor, _ y: Tensor, _ z: Tensor) -> Tensor {
  let name = type(of: primitive).name
  if x.isInvalid || y.isInvalid || z.isInvalid { return poisoned(name) }
  guard let (x, y) = madeEqual(name, x, y), let (x, z) = madeEqual(name, x, z), let (y, z) = madeEqual(name, y, z)
  else { return invalidTensor(TensorError(.shape, name, "the shapes of the operands do not broadcast to one shape")) }
  return primitive.bind([x, y, z])[0]
}

/// Applies a primitive with two operands after literals have adopted the other's element type and the shapes have been
/// broadcast.
func broadcasting(_ primitive: some SpecialFunction, _ x: Tensor, _ y: Tensor) -> Tensor {
  let name = type(of: primitive).name
  if x.isInvalid || y.isInvalid { return poisoned(name) }
  guard let (x, y) = madeEqual(name, x, y) else {
    return invalidTensor(TensorError(.shape, name, "the shapes of the operands do not broadcast to one shape"))
  }
  return primitive.bind(x, y)
}

/// A derivative where the function has a value, else no number, in the derivatives of the derivative as well.
func defined(_ slope: Tensor, _ value: Tensor) -> Tensor { `where`(value .== value, slope, value) }

/// An infinite number of the element type that it meets.
func infinite(_ sign: Double) -> Tensor { Tensor(.literal((sign * .infinity).hostScalar)) }
