// What the functions that draw random tensors share: the element type, the shape, and random numbers in 0..<1.

/// A draw whose arguments have been checked.
struct Draw {
  /// The element type of the result.
  let dtype: DType
  /// The sizes of the result.
  let shape: [Int]
  /// The parameters, with that element type; their shapes broadcast to that of the result.
  let parameters: [Tensor]
  /// The two words of the key.
  let key: (Tensor, Tensor)

  /// Checks the arguments of a draw, and notes the use of the key.
  ///
  /// - Parameters:
  ///   - operation: the name in messages.
  ///   - key: a single key.
  ///   - shape: the sizes of the result; without them those that the parameters broadcast to.
  ///   - dtype: the element type; without it that of the parameters, or float64.
  ///   - parameters: of the distribution; literals adopt the element type.
  ///   - allowed: the element types that the distribution has.
  init(
    _ operation: String, _ key: RandomKey, _ shape: [Int]?, _ dtype: DType?, _ parameters: [Tensor] = [],
    allowed: [DType] = [.float64, .float32]
  ) throws(TensorError) {
    self.key = try key.pair(operation)
    let dtype = dtype ?? parameters.first { !$0.isLiteral }?.dtype ?? .float64
    guard allowed.contains(dtype) else {
      throw TensorError(
        .dtype, operation, "draws \(allowed.map(\.description).joined(separator: ", ")), not \(dtype)",
        hint: "pass dtype: .\(allowed[0])")
    }
    var adopted: [Tensor] = []
    for parameter in parameters {
      let parameter = try parameter.literal(adopting: dtype, operation)
      guard parameter.dtype == dtype else {
        throw TensorError(
          .dtype, operation, "a parameter is \(parameter.dtype) where \(dtype) is drawn",
          hint: "convert it: parameter.asType(.\(dtype))")
      }
      adopted.append(parameter)
    }
    let target = try shape.map { (sizes) throws(TensorError) in try Shape(checking: sizes, for: operation) }
    var result = target ?? Shape([])
    for parameter in adopted {
      guard let common = Shape.broadcast(result, parameter.shape), target == nil || common == target else {
        throw TensorError(
          .shape, operation, "a parameter of shape \(parameter.shape) does not broadcast to \(result)",
          hint:
            "sizes must be equal or 1, counted from the last axis; leave the shape out to draw one for each parameter")
      }
      result = common
    }
    try MemoryLimit.check(TensorType(dtype, result), for: operation)
    self.dtype = dtype
    self.shape = result.dimensions
    self.parameters = adopted
    try key.noteUse(operation)
  }

  /// A draw of checked arguments.
  init(dtype: DType, shape: [Int], parameters: [Tensor] = [], key: (Tensor, Tensor)) {
    self.dtype = dtype
    self.shape = shape
    self.parameters = parameters
    self.key = key
  }

  /// Numbers in 0..<1 that are evenly spread; of integers all bits.
  var unit: Tensor { RandomBits(dtype, shape: shape).bind(key.0, key.1) }

  /// Numbers that are evenly spread from the one above -1 to 1.
  var symmetric: Tensor { unit * 2 - Tensor(literalReal: 1 - dtype.halfEpsilon) }

  /// Numbers that are evenly spread above 0 and below 1.
  var positive: Tensor { unit + Tensor(literalReal: dtype.smallestNormal) }
}

extension Tensor {
  /// A number that adopts an element type.
  init(literalReal value: Double) { self.init(.literal(value.hostScalar)) }

  /// Whether this is a literal of one number.
  func isLiteral(_ value: Double) -> Bool {
    if case .float64(value)? = literal?.representation { return true }
    return false
  }
}

/// The tensor that a closure draws; an error is reported.
func drawing(
  _ operation: String, _ key: RandomKey, _ parameters: [Tensor], _ draw: () throws(TensorError) -> Tensor
) -> Tensor {
  if key.words.isInvalid || parameters.contains(where: \.isInvalid) { return poisoned(operation) }
  return reporting { () throws(TensorError) in try draw() }
}

extension DType {
  /// Half the distance from 1 to the next number.
  var halfEpsilon: Double { self == .float32 ? 0x1p-24 : 0x1p-53 }
  /// The smallest positive number with all digits.
  var smallestNormal: Double { self == .float32 ? Double(Float.leastNormalMagnitude) : .leastNormalMagnitude }
}
