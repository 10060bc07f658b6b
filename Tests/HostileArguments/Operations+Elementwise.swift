import Jacobi

private nonisolated(unsafe) let unary: [Operation] = [
  Operation("exp") { exp($0) }, Operation("expMinusOne") { expMinusOne($0) }, Operation("log") { log($0) },
  Operation("log(onePlus:)") { log(onePlus: $0) }, Operation("sqrt") { sqrt($0) }, Operation("square") { square($0) },
  Operation("reciprocal") { reciprocal($0) }, Operation("sin") { sin($0) }, Operation("cos") { cos($0) },
  Operation("tan") { tan($0) }, Operation("asin") { asin($0) }, Operation("acos") { acos($0) },
  Operation("atan") { atan($0) }, Operation("sinh") { sinh($0) }, Operation("cosh") { cosh($0) },
  Operation("tanh") { tanh($0) }, Operation("asinh") { asinh($0) }, Operation("acosh") { acosh($0) },
  Operation("atanh") { atanh($0) }, Operation("erf") { erf($0) }, Operation("erfc") { erfc($0) },
  Operation("sigmoid") { sigmoid($0) }, Operation("softplus") { softplus($0) }, Operation("relu") { relu($0) },
  Operation("abs") { abs($0) }, Operation("sign") { sign($0) }, Operation("floor") { floor($0) },
  Operation("ceil") { ceil($0) }, Operation("round") { round($0) }, Operation("minus") { -$0 },
  Operation("plus") { +$0 }, Operation("logicalNot") { logicalNot($0) }, Operation("isNaN") { isNaN($0) },
  Operation("isFinite") { isFinite($0) }, Operation("realPart") { realPart($0) },
  Operation("imaginaryPart") { imaginaryPart($0) }, Operation("conjugate") { conjugate($0) },
  Operation("phase") { phase($0) }, Operation("stopGradient") { stopGradient($0) },
  Operation("clipped") { $0.clipped(to: -1...1) },
  Operation("clipped to odd numbers") { $0.clipped(to: -Double.infinity...Double.leastNonzeroMagnitude) },
  Operation("description") { x in Tensor(Double("\(x)".utf8.count)) },
  Operation("debugDescription") { x in Tensor(Double(String(reflecting: x).utf8.count)) },
  Operation("Double") { Tensor(Double($0)) }, Operation("Float") { Tensor(Float($0)) },
  Operation("Int") { Tensor(Int64(Int($0))) }, Operation("Bool") { Tensor(Bool($0)) },
  Operation("scalars of Double") { Tensor($0.scalars(as: Double.self)) },
  Operation("scalars of Int32") { Tensor($0.scalars(as: Int32.self)) },
  Operation("scalars of Bool") { Tensor($0.scalars(as: Bool.self)) },
  Operation("a loop on a value") { x in
    var y = x
    for _ in 0..<8 where Bool(y.sum() .< 100) { y = y * 2 }
    return y
  },
]

private nonisolated(unsafe) let binary: [(String, (Tensor, Tensor) -> Tensor)] = [
  ("+", { $0 + $1 }), ("-", { $0 - $1 }), ("*", { $0 * $1 }), ("/", { $0 / $1 }), ("**", { $0 ** $1 }),
  ("pow", { pow($0, $1) }), ("atan2", { atan2($0, $1) }), ("hypot", { hypot($0, $1) }), ("max", { max($0, $1) }),
  ("min", { min($0, $1) }), (".<", { $0 .< $1 }), (".<=", { $0 .<= $1 }), (".>", { $0 .> $1 }), (".>=", { $0 .>= $1 }),
  (".==", { $0 .== $1 }), (".!=", { $0 .!= $1 }), (".&", { $0 .& $1 }), (".|", { $0 .| $1 }), (".^", { $0 .^ $1 }),
  ("complex", { complex($0, $1) }), ("clip", { clip($0, $1, 3) }), ("clip both", { clip($0, 0, $1) }),
  ("where", { `where`($0 .> $1, $0, $1) }), ("where as mask", { `where`($0, $1, 0) }),
  ("where of literals", { `where`($0 .== $1, 1, 0) }),
  (
    "+=",
    { x, y in
      var x = x
      x += y
      return x
    }
  ),
]

/// Elementwise functions and operators, conversions and reading.
nonisolated(unsafe) let elementwiseOperations: [Operation] =
  unary + binary.flatMap { withOthers($0.0, $0.1) }
  + DType.allCases.map { dtype in Operation("asType \(dtype)") { $0.asType(dtype) } }
  + forEach(hostileIntegers, "** with exponent") { $0 ** $1 }
  + forEach(hostileIntegers, "+ with integer") { $0 + $1 }
  + forEach(hostileIntegers, "* with integer") { $1 * $0 }
  + forEach(hostileIntegers, ".< with integer") { $0 .< $1 }
  + [Double.nan, .infinity, -9.3e18, 0.5, Double.leastNonzeroMagnitude].flatMap { number in
    [
      Operation("* \(number)") { $0 * number }, Operation("** \(number)") { $0 ** number },
      Operation("\(number) **") { number ** $0 }, Operation("max \(number)") { max($0, number) },
    ]
  }
