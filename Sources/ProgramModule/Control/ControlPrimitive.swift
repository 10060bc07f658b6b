/// A primitive that contains programs, or whose derivative is a rule for the operation as a whole.
///
/// It declares its ``ports``: how its operands and results are connected with its programs. Dependence, activity, what
/// reverse mode keeps, predication under a batch, inlining and hoisting are computed from them. What cannot be computed
/// has no default, so that a control primitive without a derivative rule does not compile.
public protocol ControlPrimitive: Primitive {
  /// The programs that are part of this primitive.
  var subprograms: [Subprogram] { get }

  /// The same primitive with other programs that compute the same.
  ///
  /// - Parameter programs: one for each of ``subprograms``, with its types.
  func replacingSubprograms(_ programs: [Subprogram]) -> Self

  /// How operands and results are connected with the programs.
  var ports: ControlPorts { get }

  /// The same kind of operation with other programs, which are connected otherwise.
  ///
  /// - Parameters:
  ///   - programs: one for each of ``subprograms``.
  ///   - ports: how they are connected, in the order of operands and results that this primitive uses.
  /// - Returns: `nil` where this primitive has no such form. It is then treated as a whole.
  func rewired(_ programs: [Subprogram], _ ports: ControlPorts) -> (any ControlPrimitive)?

  /// The results together with the derivative with respect to all operands that are active.
  func linearized(_ operands: [Tensor], isActive: [Bool]) -> (results: [Tensor], map: JointLinearMap)

  /// Whether a derivative can be taken; `false` for calls of functions outside, and for what calls them.
  var hasDerivative: Bool { get }

  /// The results where a predicate is true, and any values of their types elsewhere, without failing.
  ///
  /// - Parameter predicate: a bool scalar. Under a batch each example has its own.
  func bind(_ operands: [Tensor], predicatedBy predicate: Tensor) -> [Tensor]
}

extension ControlPrimitive {
  /// Contains programs.
  public var traits: PrimitiveTraits { .control }

  /// This primitive.
  public var control: (any ControlPrimitive)? { self }

  /// No other form.
  public func rewired(_ programs: [Subprogram], _ ports: ControlPorts) -> (any ControlPrimitive)? { nil }

  /// The derivative with respect to one operand, from that of the operation as a whole.
  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let operands = (0..<point.operandCount).map { point.operand($0) }
    let map = linearized(operands, isActive: operands.indices.map { $0 == operand }).map
    let results = point.resultCount
    return .rule { dx in
      var isMasked = false
      let tangents = map.apply(operands.indices.map { $0 == operand ? dx : nil }, &isMasked)
      return (0..<results).map { index in
        tangents[index]
          ?? reporting { () throws(TensorError) in Tensor(try HostTensor(point.resultType(index), filledWith: 0)) }
      }
    }
  }

  /// Whether all programs have a derivative.
  public var hasDerivative: Bool { subprograms.allSatisfy(\.hasDerivative) }

  /// Checks that programs do not nest so deeply that running them could exhaust the stack.
  ///
  /// - Throws: an error with the depth.
  package func checkDepth() throws(TensorError) {
    guard let depth = subprograms.map(\.depth).max(), depth > Subprogram.largestDepth else { return }
    throw TensorError(
      .program, Self.name, "programs nest \(depth) deep; at most \(Subprogram.largestDepth) are possible",
      hint: "call a function directly where it need not be kept as a program of its own")
  }
}

extension Subprogram {
  /// Whether a derivative can be taken of everything in it.
  package var hasDerivative: Bool {
    (try? attachment(.named("has a derivative")) { () throws(TensorError) in
      program.equations.allSatisfy { $0.primitive.control?.hasDerivative ?? true }
    }) ?? true
  }

  /// Whether an equation can fail, or never end, for some values of its operands.
  package var canFail: Bool {
    (try? attachment(.named("can fail")) { () throws(TensorError) in
      program.equations.contains { program.canFail($0) }
    }) ?? true
  }
}

extension Program {
  /// Whether an equation can fail, or never end, for some values of its operands.
  package func canFail(_ equation: Equation) -> Bool {
    equation.primitive.canFail(on: operands(of: equation).map { types[Int($0)] })
  }
}

extension Primitive {
  /// Whether it can fail, or never end, for some values of operands of these types.
  package func canFail(on operands: [TensorType]) -> Bool {
    !failureConditions(of: operands).isEmpty || (control?.subprograms.contains { $0.canFail } ?? false)
  }
}
