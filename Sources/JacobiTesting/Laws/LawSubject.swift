import Jacobi

/// A primitive with operands, on which laws are checked.
public struct LawSubject {
  /// The primitive and the shapes.
  public let sample: PrimitiveSample
  /// The element type of the operands that are free to have any.
  public let dtype: DType
  /// The operands, drawn from the sample's domains.
  public let operands: [Tensor]
  /// Random numbers for tangents and the like.
  public var random: CountingGenerator
  /// How many comparisons the law has made.
  public private(set) var caseCount = 0
  private let law: String
  /// The primitive's results for operands, at once or by what has been compiled.
  let results: ([Tensor]) -> [Tensor]

  /// Draws the operands of a sample.
  ///
  /// - Parameter engine: what runs the primitive as a compiled function; `nil` to have it evaluated at once.
  /// - Throws: an error when the operands do not fit into memory.
  public init(_ sample: PrimitiveSample, _ dtype: DType, law: String, seed: UInt64, engine: (any Engine)? = nil) throws
  {
    self.sample = sample
    self.dtype = dtype
    self.law = law
    let bound = { (operands: [Tensor]) in sample.primitive.bind(operands) }
    results = engine.map { jit(bound, engine: $0) } ?? bound
    random = CountingGenerator(seed: seed)
    operands = try OperandDrawing(sample, dtype, seed: seed).tensors()
  }

  private init(_ other: LawSubject, operands: [Tensor], dtype: DType) {
    (sample, law, random, results) = (other.sample, other.law, other.random, other.results)
    self.operands = operands
    self.dtype = dtype
  }

  /// The primitive.
  public var primitive: any Primitive { sample.primitive }

  /// The places of the operands that can have a tangent, and are not computed from others.
  public var active: [Int] {
    operands.indices.filter { operands[$0].dtype.isDifferentiable && sample.operands[$0].derived == nil }
  }

  /// The types of the operands.
  public var types: [TensorType] { operands.map(\.type) }

  /// The operands' numbers.
  func hosts() throws -> [HostTensor] {
    var hosts: [HostTensor] = []
    for operand in operands { hosts.append(try operand.hostValue()) }
    return hosts
  }

  /// The primitive as a function of some of its operands, the others fixed; only results that can have a tangent.
  func function(of places: [Int]) -> ([Tensor]) -> [Tensor] {
    let (results, operands, samples) = (results, operands, sample.operands)
    return { moving in
      var all = operands
      for (place, tensor) in zip(places, moving) { all[place] = tensor }
      for (place, sample) in samples.enumerated() {
        if let derived = sample.derived { all[place] = derived(Array(all[..<place])) }
      }
      return results(all).filter { $0.dtype.isDifferentiable }
    }
  }

  /// The operands at places.
  func operands(at places: [Int]) -> [Tensor] { places.map { operands[$0] } }

  /// The same subject with twice the precision, where the primitive takes such operands.
  func widened() throws -> LawSubject? {
    guard dtype.widened != dtype, sample.dtypes.contains(dtype.widened) else { return nil }
    var wide: [Tensor] = []
    for (operand, given) in zip(operands, sample.operands) {
      wide.append(try given.derived?(wide) ?? (given.dtype == nil ? operand.widened() : operand))
    }
    return LawSubject(self, operands: wide, dtype: dtype.widened)
  }

  /// All choices of at least one of some places; of many places each one and all of them.
  static func subsets(of places: [Int]) -> [[Int]] {
    if places.count > 3 { return places.map { [$0] } + [places] }
    return (1..<(1 << places.count)).map { bits in
      places.indices.filter { bits & (1 << $0) != 0 }.map { places[$0] }
    }
  }
}

// MARK: - Comparing

extension LawSubject {
  /// The error for a law that does not hold.
  public func violation(_ message: String) -> LawViolation {
    let types = operands.map { $0.type.description }.joined(separator: ", ")
    return LawViolation(
      law: law, primitive: "\(primitive)", operands: "(\(types))", message: message, seed: random.seed)
  }

  /// States that something must hold.
  ///
  /// - Throws: the violation when it does not.
  public mutating func expect(_ condition: Bool, _ message: @autoclosure () -> String) throws {
    caseCount += 1
    if !condition { throw violation(message()) }
  }

  /// States that two lists of tensors have equal types and, up to a relative error, equal numbers.
  ///
  /// - Parameter floor: a size below which numbers do not count as different from zero, relative to the tolerance.
  public mutating func expectEqual(
    _ actual: [Tensor], _ expected: [Tensor], tolerance: Double, floor: Double = 0, _ what: @autoclosure () -> String
  ) throws {
    let (given, wanted) = (actual.map(\.type), expected.map(\.type))
    try expect(given == wanted, "\(what()): types \(given) instead of \(wanted)")
    for (index, (a, b)) in zip(actual, expected).enumerated() {
      let (x, y) = (try a.coordinates(), try b.coordinates())
      if tolerance == 0 {
        try expect(
          try a.hostValue() == b.hostValue(), "\(what()): result \(index) is \(x), not, bit for bit, \(y)")
        continue
      }
      let size = (x + y).reduce(floor) { Swift.max($0, $1.magnitude) }
      for (place, (x, y)) in zip(x, y).enumerated() {
        // Equal infinities are equal, and so are two that are not numbers.
        if x == y || (x.isNaN && y.isNaN) { continue }
        let error = relativeError(x - y, size: size)
        try expect(
          error <= tolerance, "\(what()): result \(index), number \(place) is \(x), not \(y) (relative error \(error))")
      }
    }
  }

  /// The tolerance for exact derivatives, by the least precise tensor.
  func rounding(_ tensors: [Tensor]) -> Double { GradientTolerance.usual(for: tensors + operands).adjoint }

  /// The tolerance for differences, by the least precise tensor.
  func truncation(_ tensors: [Tensor]) -> Double { GradientTolerance.usual(for: tensors + operands).differences }
}
