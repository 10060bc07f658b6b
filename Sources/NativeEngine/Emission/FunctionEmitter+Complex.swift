import Engines

// Complex numbers: sums and products as instructions, the rest by functions of the host.

extension FunctionEmitter {
  private func part(_ index: Int, of x: ScalarCode) -> ScalarCode {
    ScalarCode(x.dtype.realPart, [x.parts[index]], lanes: x.lanes)
  }

  /// A function of two complex scalars.
  func complexBinary(
    _ function: ScalarExpression.BinaryFunction, _ x: ScalarCode, _ y: ScalarCode
  ) -> ScalarCode {
    let (a, b, c, d) = (part(0, of: x), part(1, of: x), part(0, of: y), part(1, of: y))
    switch function {
    case .add, .subtract: return complex(binary(function, a, c), binary(function, b, d))
    case .multiply:
      return complex(
        binary(.subtract, binary(.multiply, a, c), binary(.multiply, b, d)),
        binary(.add, binary(.multiply, a, d), binary(.multiply, b, c)))
    case .equal: return binary(.and, binary(.equal, a, c), binary(.equal, b, d))
    case .divide: return complexCall("divide", [x, y])
    case .power: return complexCall("power", [x, y])
    case .remainder, .atan2, .hypot, .less, .lessOrEqual, .and, .or, .exclusiveOr,
      .shiftLeft, .shiftRight, .shiftRightLogical:
      preconditionFailure("complex numbers have no \(function)")
    }
  }

  /// A function of one complex scalar.
  func complexUnary(_ function: ScalarExpression.UnaryFunction, _ x: ScalarCode) -> ScalarCode {
    let (a, b) = (part(0, of: x), part(1, of: x))
    switch function {
    case .negate: return complex(unary(.negate, a), unary(.negate, b))
    case .conjugate: return complex(a, unary(.negate, b))
    case .realPart: return a
    case .imaginaryPart: return b
    case .not, .erf, .erfc, .floor: preconditionFailure("complex numbers have no \(function)")
    default: return complexCall(function.rawValue, [x])
    }
  }

  /// A call of a function of the host, or the function for several places at once where it has a form.
  private func complexCall(_ name: String, _ arguments: [ScalarCode]) -> ScalarCode {
    if arguments[0].lanes > 1, let form = ComplexForm.named(name, of: arguments[0].dtype.part),
      form.isExact || module.processor.usesVectorMath
    {
      return together(name, arguments, isValid: form.isValid, values: [form.real, form.imaginary]) {
        $0.complexCallAlone(name, $1)
      }
    }
    return eachPlace(arguments) { complexCallAlone(name, $0) }
  }

  /// A call for one number: (parts of the arguments, place of the result).
  private func complexCallAlone(_ name: String, _ arguments: [ScalarCode]) -> ScalarCode {
    let dtype = arguments[0].dtype
    let function = module.complexFunction(name, dtype, arguments.count)
    let result = text.frame("[2 x \(dtype.register)]", alignment: 16)
    let list = arguments.flatMap(\.parts).map { "\(dtype.register) \($0), " }.joined()
    run("call void \(function)(\(list)ptr \(result)) #2")
    return load(dtype, at: result)
  }
}
