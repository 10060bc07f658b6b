import Numerics

// Parameters and constants in program text.

extension ProgramParser {
  /// How deeply parameters may nest: reading them is recursive, and must not exhaust the stack.
  private static var largestNesting: Int { 64 }

  /// The parameters of a primitive between brackets: values by name, or a single value.
  mutating func parameters() throws(TensorError) -> ParameterValue {
    try take("[")
    try skipLines()
    if isNext("]") {
      try advance()
      return .keyed([])
    }
    // A name is followed by '='; what else begins with a name is a value.
    if token.kind == .identifier || token.kind == .string {
      let first = token
      try advance()
      if isNext("=") { return .keyed(try fields(startingWith: first, until: "]", depth: 1)) }
      let value = try word(first)
      try skipLines()
      try take("]")
      return value
    }
    let value = try value(depth: 1)
    try skipLines()
    try take("]")
    return value
  }

  /// Values by name up to a closing bracket. The first name has been read.
  private mutating func fields(
    startingWith first: Token, until end: String, depth: Int
  ) throws(TensorError) -> [ParameterValue.Field] {
    var fields: [ParameterValue.Field] = []
    var names: Set<String> = []
    var name = first
    while true {
      guard names.insert(name.text).inserted else {
        throw lexer.error("'\(name.text)' again", expected: "another name", at: name.offset)
      }
      try take("=")
      fields.append(ParameterValue.Field(name.text, try value(depth: depth)))
      try skipLines()
      if isNext(end) { break }
      try take(",")
      try skipLines()
      guard token.kind == .identifier || token.kind == .string else { throw unexpected("the name of a parameter") }
      name = token
      try advance()
    }
    try advance()
    return fields
  }

  private mutating func value(depth: Int) throws(TensorError) -> ParameterValue {
    try skipLines()
    guard depth <= Self.largestNesting else {
      throw unexpected("at most \(Self.largestNesting) values inside each other")
    }
    let first = token
    switch token.kind {
    case .number:
      try advance()
      return .number(first.text)
    case .identifier, .string:
      try advance()
      return try word(first)
    case .punctuation where token.text == "[": return .list(try list(depth: depth + 1))
    case .punctuation where token.text == "{":
      try advance()
      try skipLines()
      if isNext("}") {
        try advance()
        return .keyed([])
      }
      guard token.kind == .identifier || token.kind == .string else { throw unexpected("the name of a value") }
      let name = token
      try advance()
      return .keyed(try fields(startingWith: name, until: "}", depth: depth + 1))
    case .punctuation where token.text == "@":
      try advance()
      let name = token
      let (_, key) = try programName()
      guard let program = definitions[key] else {
        throw lexer.error(name.description, expected: "the name of a program defined above", at: name.offset)
      }
      return .program(program)
    default: throw unexpected("a value")
    }
  }

  /// The value of a word that has been read.
  private func word(_ word: Token) throws(TensorError) -> ParameterValue {
    if word.kind == .string { return .string(word.text) }
    switch word.text {
    case "true": return .flag(true)
    case "false": return .flag(false)
    case "nil": return .null
    case "inf", "nan", "snan": return .number(word.text)
    default: return .symbol(word.text)
    }
  }

  private mutating func list(depth: Int) throws(TensorError) -> [ParameterValue] {
    try take("[")
    try skipLines()
    var elements: [ParameterValue] = []
    while !isNext("]") {
      elements.append(try value(depth: depth))
      try skipLines()
      if !isNext("]") { try take(",") }
      try skipLines()
    }
    try advance()
    return elements
  }
}

// MARK: - Constants

extension ProgramParser {
  /// The numbers of a constant of a known type.
  mutating func constant(_ type: TensorType) throws(TensorError) -> HostTensor {
    switch type.dtype {
    case .float64: try elements(type) { (parser) throws(TensorError) in try parser.real(Double.self) }
    case .float32: try elements(type) { (parser) throws(TensorError) in try parser.real(Float.self) }
    case .int32: try elements(type) { (parser) throws(TensorError) in try parser.integer(Int32.self) }
    case .int64: try elements(type) { (parser) throws(TensorError) in try parser.integer(Int64.self) }
    case .bool: try elements(type) { (parser) throws(TensorError) in try parser.flag() }
    case .complex64: try elements(type) { (parser) throws(TensorError) in try parser.complex(Float.self) }
    case .complex128: try elements(type) { (parser) throws(TensorError) in try parser.complex(Double.self) }
    }
  }

  /// Elements in nested lists. Brackets are counted, so that nesting takes no stack.
  private mutating func elements<Scalar: TensorScalar>(
    _ type: TensorType, _ element: (inout ProgramParser) throws(TensorError) -> Scalar
  ) throws(TensorError) -> HostTensor {
    let start = token.offset
    let sizes = type.shape.dimensions
    var scalars: [Scalar] = []
    if sizes.contains(0) {
      try take("[")
      try take("]")
    } else {
      // How many entries the open lists have so far, outermost first.
      var open: [Int] = []
      repeat {
        try skipLines()
        while open.count < sizes.count {
          guard isNext("[") else { throw unexpected("'[', since the type is \(type)") }
          try advance()
          try skipLines()
          open.append(0)
        }
        scalars.append(try element(&self))
        try close(&open, sizes)
      } while !open.isEmpty
    }
    do throws(TensorError) {
      return try HostTensor(type.shape, scalars)
    } catch {
      throw lexer.error(error.message, expected: "the elements of a \(type)", at: start)
    }
  }

  /// Closes the lists that are full after an entry; behind it a comma follows, unless all are closed.
  private mutating func close(_ open: inout [Int], _ sizes: [Int]) throws(TensorError) {
    while let entries = open.last {
      open[open.count - 1] = entries + 1
      try skipLinesInside(open)
      if entries + 1 < sizes[open.count - 1] {
        try take(",")
        return
      }
      try take("]")
      open.removeLast()
    }
  }

  private mutating func skipLinesInside(_ open: [Int]) throws(TensorError) {
    if !open.isEmpty { try skipLines() }
  }

  private mutating func real<Value: ComplexPart & LosslessStringConvertible>(
    _: Value.Type
  ) throws(TensorError) -> Value {
    guard token.kind == .number || ["inf", "nan", "snan"].contains(token.text),
      let value = realValue(token.text, Value.self)
    else { throw unexpected("a number of type \(Value.dtype)") }
    try advance()
    return value
  }

  private mutating func integer<Value: FixedWidthInteger & TensorScalar>(_: Value.Type) throws(TensorError) -> Value {
    guard token.kind == .number, let value = Value(token.text) else {
      throw unexpected("a whole number of type \(Value.dtype)")
    }
    try advance()
    return value
  }

  private mutating func flag() throws(TensorError) -> Bool {
    guard token.kind == .identifier, let value = Bool(token.text) else { throw unexpected("true or false") }
    try advance()
    return value
  }

  private mutating func complex<Value: ComplexPart & LosslessStringConvertible>(
    _: Value.Type
  ) throws(TensorError) -> Complex<Value> {
    try take("(")
    let first = try real(Value.self)
    try take(",")
    let second = try real(Value.self)
    try take(")")
    return Complex(first, second)
  }
}
