import Engines

// Arithmetic of all element types.

extension FunctionEmitter {
  /// Both for the same number of places.
  func aligned(_ x: ScalarCode, _ y: ScalarCode) -> (ScalarCode, ScalarCode) {
    let lanes = max(x.lanes, y.lanes)
    return (spread(x, to: lanes), spread(y, to: lanes))
  }

  /// An instruction on two values of one part each.
  private func instruction(_ name: String, _ x: String, _ y: String, _ dtype: DType, _ lanes: Int) -> String {
    add("\(name) \(laneType(dtype.register, lanes)) \(x), \(y)")
  }

  /// A function of two scalars.
  func binary(_ function: ScalarExpression.BinaryFunction, _ a: ScalarCode, _ b: ScalarCode) -> ScalarCode {
    let (x, y) = aligned(a, b)
    let (dtype, lanes) = (x.dtype, x.lanes)
    if dtype.isComplex { return complexBinary(function, x, y) }
    let real = dtype.isReal
    func plain(_ name: String) -> ScalarCode {
      ScalarCode(dtype, [instruction(name, x.parts[0], y.parts[0], dtype, lanes)], lanes: lanes)
    }
    func compared(_ name: String) -> ScalarCode {
      ScalarCode(.bool, [instruction(name, x.parts[0], y.parts[0], dtype, lanes)], lanes: lanes)
    }
    switch function {
    case .add: return plain(real ? "fadd" : "add")
    case .subtract: return plain(real ? "fsub" : "sub")
    case .multiply: return plain(real ? "fmul" : "mul")
    case .divide: return real ? plain("fdiv") : divided("sdiv", x, by: y)
    case .remainder: return real ? mathCall("fmod", [x, y]) : divided("srem", x, by: y)
    case .power: return mathCall("pow", [x, y])
    case .atan2: return mathCall("atan2", [x, y])
    case .hypot: return mathCall("hypot", [x, y])
    case .equal: return compared(real ? "fcmp oeq" : "icmp eq")
    case .less: return compared(real ? "fcmp olt" : "icmp slt")
    case .lessOrEqual: return compared(real ? "fcmp ole" : "icmp sle")
    case .and: return plain("and")
    case .or: return plain("or")
    case .exclusiveOr: return plain("xor")
    case .shiftLeft, .shiftRight, .shiftRightLogical: return shift(function, x, by: y)
    }
  }

  /// The bits of integers moved; LLVM has no value where all of them would be moved out.
  private func shift(
    _ function: ScalarExpression.BinaryFunction, _ x: ScalarCode, by count: ScalarCode
  ) -> ScalarCode {
    let (dtype, lanes) = (x.dtype, x.lanes)
    let width = 8 * dtype.byteCount
    let limit = spread(constant(Double(width), dtype), to: lanes).parts[0]
    let isInside = ScalarCode(
      .bool, [instruction("icmp ult", count.parts[0], limit, dtype, lanes)], lanes: lanes)
    func moved(_ name: String, by count: ScalarCode) -> ScalarCode {
      ScalarCode(dtype, [instruction(name, x.parts[0], count.parts[0], dtype, lanes)], lanes: lanes)
    }
    if function == .shiftRight {
      return moved("ashr", by: select(isInside, count, constant(Double(width - 1), dtype)))
    }
    let zero = constant(0, dtype)
    let name = function == .shiftLeft ? "shl" : "lshr"
    return select(isInside, moved(name, by: select(isInside, count, zero)), zero)
  }

  /// Integers divided; where LLVM has no value it is a failure.
  private func divided(_ name: String, _ x: ScalarCode, by y: ScalarCode) -> ScalarCode {
    let (dtype, lanes) = (x.dtype, x.lanes)
    let least = ScalarCode(dtype, [dtype == .int32 ? "\(Int32.min)" : "\(Int64.min)"], lanes: 1)
    let isTooLarge = binary(.and, binary(.equal, x, least), binary(.equal, y, constant(-1, dtype)))
    let isInvalid = binary(.or, binary(.equal, y, constant(0, dtype)), isTooLarge)
    fail(where: isInvalid.parts[0], lanes: lanes)
    let safe = select(isInvalid, constant(1, dtype), y)
    return ScalarCode(dtype, [instruction(name, x.parts[0], safe.parts[0], dtype, lanes)], lanes: lanes)
  }

  /// A function of one scalar.
  func unary(_ function: ScalarExpression.UnaryFunction, _ x: ScalarCode) -> ScalarCode {
    let (dtype, lanes) = (x.dtype, x.lanes)
    if dtype.isComplex { return complexUnary(function, x) }
    let type = laneType(dtype.register, lanes)
    func intrinsic(_ name: String) -> ScalarCode {
      ScalarCode(
        dtype, [add("call \(type) \(module.intrinsic(name, dtype, lanes))(\(type) \(x.parts[0]))")], lanes: lanes)
    }
    switch function {
    case .negate:
      if dtype.isReal { return ScalarCode(dtype, [add("fneg \(type) \(x.parts[0])")], lanes: lanes) }
      return binary(.subtract, constant(0, dtype), x)
    case .not: return binary(.exclusiveOr, x, constant(dtype == .bool ? 1 : -1, dtype))
    case .sqrt: return intrinsic("sqrt")
    case .floor: return intrinsic("floor")
    case .realPart, .conjugate: return x
    case .imaginaryPart: return constant(0, dtype)
    case .hypotOne: return binary(.hypot, constant(1, dtype), x)
    case .expMinusOne: return mathCall("expm1", [x])
    case .logOnePlus: return mathCall("log1p", [x])
    default: return mathCall(function.rawValue, [x])
    }
  }

  /// The first where a flag holds, else the second.
  func select(_ mask: ScalarCode, _ a: ScalarCode, _ b: ScalarCode) -> ScalarCode {
    let lanes = max(mask.lanes, a.lanes, b.lanes)
    let (flag, x, y) = (spread(mask, to: lanes), spread(a, to: lanes), spread(b, to: lanes))
    let type = laneType(x.dtype.register, lanes)
    let parts = zip(x.parts, y.parts).map { first, second in
      add("select \(laneType("i1", lanes)) \(flag.parts[0]), \(type) \(first), \(type) \(second)")
    }
    return ScalarCode(x.dtype, parts, lanes: lanes)
  }

  /// A power with a whole exponent, computed as the host does.
  func power(_ x: ScalarCode, _ exponent: Int) -> ScalarCode {
    let isDirect = exponent.magnitude <= 3 || exponent.magnitude > 1 << 24
    if x.dtype.isReal && !isDirect { return binary(.power, x, constant(Double(exponent), x.dtype)) }
    if exponent == 0 { return constant(1, x.dtype) }
    var power = x
    var remaining = exponent.magnitude
    while remaining & 1 == 0 {
      power = binary(.multiply, power, power)
      remaining >>= 1
    }
    var product = power
    remaining >>= 1
    while remaining > 0 {
      power = binary(.multiply, power, power)
      if remaining & 1 == 1 { product = binary(.multiply, product, power) }
      remaining >>= 1
    }
    return exponent < 0 ? binary(.divide, constant(1, x.dtype), product) : product
  }
}

// MARK: - Conversion

extension FunctionEmitter {
  /// A complex number from its parts.
  func complex(_ a: ScalarCode, _ b: ScalarCode) -> ScalarCode {
    let (x, y) = aligned(a, b)
    return ScalarCode(x.dtype.complexified ?? x.dtype, [x.parts[0], y.parts[0]], lanes: x.lanes)
  }

  /// A scalar as another type.
  func convert(_ x: ScalarCode, _ to: DType) -> ScalarCode {
    if x.dtype == to { return x }
    if x.dtype.isComplex {
      let parts = x.parts.map { ScalarCode(x.dtype.realPart, [$0], lanes: x.lanes) }
      if to == .bool { return binary(.or, convert(parts[0], .bool), convert(parts[1], .bool)) }
      let converted = parts.map { convert($0, to.realPart) }
      return complex(converted[0], converted[1])
    }
    if to.isComplex { return complex(convert(x, to.realPart), constant(0, to.realPart)) }
    let lanes = x.lanes
    let (from, target) = (laneType(x.dtype.register, lanes), laneType(to.register, lanes))
    func cast(_ instruction: String) -> ScalarCode {
      ScalarCode(to, [add("\(instruction) \(from) \(x.parts[0]) to \(target)")], lanes: lanes)
    }
    switch (x.dtype, to) {
    case (.bool, .float32), (.bool, .float64): return cast("uitofp")
    case (.bool, _): return cast("zext")
    case (.float32, .bool), (.float64, .bool):
      let zero = spread(constant(0, x.dtype), to: lanes)
      return ScalarCode(.bool, [add("fcmp une \(from) \(x.parts[0]), \(zero.parts[0])")], lanes: lanes)
    case (_, .bool):
      let zero = spread(constant(0, x.dtype), to: lanes)
      return ScalarCode(.bool, [add("icmp ne \(from) \(x.parts[0]), \(zero.parts[0])")], lanes: lanes)
    case (.float32, .float64): return cast("fpext")
    case (.float64, .float32): return cast("fptrunc")
    case (.int32, .int64): return cast("sext")
    case (.int64, .int32):
      let narrow = cast("trunc")
      let same = binary(.equal, x, convert(narrow, .int64))
      fail(where: unary(.not, same).parts[0], lanes: lanes)
      return narrow
    case (.int32, _), (.int64, _): return cast("sitofp")
    case (.float32, _): return convert(convert(x, .float64), to)
    default: return truncated(x, to)
    }
  }

  /// A float64 as an integer, toward zero; a number that is out of range is a failure.
  private func truncated(_ x: ScalarCode, _ to: DType) -> ScalarCode {
    let isLow = to == .int64
    // The largest numbers below and above that are out of range; -2^63 itself is in range, and its neighbour is 2^10 away.
    let upper = constant(isLow ? 0x1p63 : 0x1p31, .float64)
    let above =
      isLow
      ? binary(.lessOrEqual, constant(-0x1p63, .float64), x) : binary(.less, constant(-0x1p31 - 1, .float64), x)
    let inside = binary(.and, above, binary(.less, x, upper))
    fail(where: unary(.not, inside).parts[0], lanes: x.lanes)
    let safe = select(inside, x, constant(0, .float64))
    let (from, target) = (laneType("double", x.lanes), laneType(to.register, x.lanes))
    return ScalarCode(to, [add("fptosi \(from) \(safe.parts[0]) to \(target)")], lanes: x.lanes)
  }
}
