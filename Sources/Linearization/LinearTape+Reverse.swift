import Primitives

extension LinearTape {
  /// The cotangents of the inputs from cotangents of variables; `nil` is zero.
  ///
  /// - Parameter isMasked: whether zeros in the seeds are strong.
  package func transposed(seeds: [(variable: Int32, ct: Tensor)], isMasked: Bool = false) -> [Tensor?] {
    Array(swept(seeds, isMasked: isMasked).cts[0..<tape.inputCount])
  }

  /// The cotangents of the inputs from cotangents of variables, and which of them may hold strong zeros.
  package func transposedWithMasks(
    seeds: [(variable: Int32, ct: Tensor)], isMasked: Bool
  ) -> (cts: [Tensor?], isMasked: [Bool]) {
    let sweep = swept(seeds, isMasked: isMasked)
    return (Array(sweep.cts[0..<tape.inputCount]), Array(sweep.isMasked[0..<tape.inputCount]))
  }

  private func swept(_ seeds: [(variable: Int32, ct: Tensor)], isMasked: Bool) -> ReverseSweep {
    var sweep = ReverseSweep(self, isMasked: isMasked)
    for (variable, ct) in seeds where isActive(Int(variable)) { sweep.add(ct, to: Int(variable)) }
    entries.withUnsafeBufferPointer { entries in
      var index = entries.count
      while index > 0 {
        index &-= 1
        sweep.run(entries[index])
      }
    }
    return sweep
  }
}

/// A run over the entries in the opposite order, each transposed, which sums a cotangent for each variable.
private struct ReverseSweep {
  let linear: LinearTape
  /// The cotangents; `nil` is zero.
  var cts: [Tensor?]
  /// Which cotangents may have strong zeros.
  var isMasked: [Bool]

  init(_ linear: LinearTape, isMasked: Bool) {
    self.linear = linear
    cts = [Tensor?](repeating: nil, count: linear.tape.values.count)
    self.isMasked = [Bool](repeating: isMasked, count: linear.tape.values.count)
  }

  @inline(__always)
  mutating func run(_ entry: LinearTape.Entry) {
    let result = Int(entry.result)
    switch entry.operation {
    case .identity: if let ct = cts[result] { move(ct, entry) }
    case .negation: if let ct = cts[result] { move(-ct, entry) }
    case .scale:
      if let ct = cts[result] {
        let factor = conjugate(entry.factor)
        move(isMasked[result] ? ZeroAbsorbingMultiply().bind(ct, factor) : ct * factor, entry)
      }
    case .quotient:
      if let ct = cts[result] {
        let divisor = conjugate(entry.factor)
        move(isMasked[result] ? ZeroAbsorbingMultiply().bind(ct, 1 / divisor) : ct / divisor, entry)
      }
    case .map, .joint, .control: runGeneral(entry)
    }
  }

  @inline(__always)
  private mutating func move(_ ct: Tensor, _ entry: LinearTape.Entry) {
    if isMasked[Int(entry.result)] { isMasked[Int(entry.source)] = true }
    add(ct, to: Int(entry.source))
  }

  @inline(__always)
  mutating func add(_ ct: Tensor, to variable: Int) {
    if let already = cts[variable] {
      cts[variable] = already + ct
    } else {
      cts[variable] = ct
    }
  }

  private mutating func runGeneral(_ entry: LinearTape.Entry) {
    let equation = linear.tape.equations[Int(entry.equation)]
    switch linear.maps[Int(entry.map)] {
    case .map(let map):
      transpose(map, equation, operand: Int(entry.operand), target: Int(entry.source))
    case .joint(let primitive): transpose(primitive, equation)
    case .control(let map):
      let given = equation.results.map { cts[$0] }
      if given.allSatisfy({ $0 == nil }) { return }
      var masked = equation.results.contains { cts[$0] != nil && isMasked[$0] }
      for (operand, ct) in map.transpose(given, &masked).enumerated() {
        guard let ct else { continue }
        let target = linear.operandVariable(equation, operand)
        if masked { isMasked[target] = true }
        add(ct, to: target)
      }
    }
  }

  /// Transposes an equation that is linear in all its active operands jointly.
  private mutating func transpose(_ primitive: any LinearPrimitive, _ equation: borrowing Equation) {
    let results = equation.results
    if results.allSatisfy({ cts[$0] == nil }) { return }
    var active: [Int] = []
    for operand in 0..<Int(equation.operandCount) where linear.isActive(linear.operandVariable(equation, operand)) {
      active.append(operand)
    }
    if primitive.traits.contains(.structural), transposeOverwriting(primitive, equation, active) { return }
    let given = results.map { cts[$0] }
    let isMasking = primitive.traits.makesStrongCotangents || results.contains { isMasked[$0] }
    let moved = primitive.transposed(given, of: active, at: EquationPoint(linear.tape, equation))
    for (operand, ct) in zip(active, moved) {
      let target = linear.operandVariable(equation, operand)
      if isMasking { isMasked[target] = true }
      add(ct, to: target)
    }
  }

  private mutating func transpose(
    _ map: LinearMap, _ equation: borrowing Equation, operand: Int, target: Int
  ) {
    let first = Int(equation.firstResult)
    let point = EquationPoint(linear.tape, equation)
    let traits = equation.primitive.traits
    let isSelecting = traits.makesStrongCotangents
    if equation.resultCount == 1, traits.contains(.structural), case .itself(let primitive) = map {
      if let ct = cts[first], addInPlace(ct, primitive, operand, target) {
        if isSelecting || isMasked[first] { isMasked[target] = true }
        return
      }
      if traits.contains(.linear), transposeOverwriting(primitive, equation, [operand]) { return }
    }
    let given = equation.results.map { cts[$0] }
    if given.allSatisfy({ $0 == nil }) { return }
    var masked = equation.results.contains { isMasked[$0] }
    guard let moved = map.transposed(given, operand: operand, at: point, isMasked: &masked) else { return }
    if masked || isSelecting { isMasked[target] = true }
    add(moved, to: target)
  }

  /// Transposes in the memory of the result's cotangent, where the primitive knows how. No other entry needs that cotangent:
  /// an equation that only moves elements is one entry. So writing a large tensor element by element has a gradient in time
  /// proportional to what was written.
  private mutating func transposeOverwriting(
    _ primitive: any LinearPrimitive, _ equation: borrowing Equation, _ operands: [Int]
  ) -> Bool {
    let result = Int(equation.firstResult)
    guard equation.resultCount == 1, var ct = cts[result]?.host else { return false }
    cts[result] = nil
    let point = EquationPoint(linear.tape, equation)
    guard let moved = primitive.transposed(overwriting: &ct, of: operands, at: point) else {
      cts[result] = Tensor(.host(ct))
      return false
    }
    ct = HostTensor(.bool(false))
    let masks = isMasked[result] || primitive.traits.makesStrongCotangents
    for (operand, moved) in zip(operands, moved) {
      let target = linear.operandVariable(equation, operand)
      if masks { isMasked[target] = true }
      add(Tensor(.host(moved)), to: target)
    }
    return true
  }

  /// Adds the transposed entry to a cotangent whose memory nobody else refers to, where the primitive knows how: so that
  /// reading a large tensor element by element has a gradient in time proportional to what was read.
  private mutating func addInPlace(_ ct: Tensor, _ primitive: any LinearPrimitive, _ operand: Int, _ target: Int)
    -> Bool
  {
    guard let host = ct.host, var total = cts[target]?.host, host.dtype == total.dtype else { return false }
    cts[target] = nil
    let isDone = primitive.addTransposed(host, of: operand, to: &total)
    cts[target] = Tensor(.host(total))
    return isDone
  }
}
