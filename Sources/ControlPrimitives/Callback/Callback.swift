import Linearization

/// A call of a Swift function on host tensors, about which nothing is known but the types of its results.
///
/// It has no derivative: to ask for one is an error, which says what to write.
public struct Callback: ControlPrimitive {
  public static let name = "callback"

  /// The function.
  public let function: HostFunction<HostBody>
  /// The types that it takes.
  public let operandTypes: [TypeText]
  /// The types that it gives.
  public let resultTypes: [TypeText]

  /// From the operands to the results; an error that it throws is reported as one of this operation.
  public typealias HostBody = @Sendable ([HostTensor]) throws -> [HostTensor]

  /// A call for operands of some types.
  public init(_ function: HostFunction<HostBody>, _ operandTypes: [TensorType], _ resultTypes: [TensorType]) {
    self.function = function
    self.operandTypes = operandTypes.map { TypeText(type: $0) }
    self.resultTypes = resultTypes.map { TypeText(type: $0) }
  }

  /// It contains no programs; but it has rules of its own.
  public var subprograms: [Subprogram] { [] }

  public func replacingSubprograms(_ programs: [Subprogram]) -> Callback { self }

  public var ports: ControlPorts { .opaque }

  /// None: it is to be given by a rule around the call.
  public var hasDerivative: Bool { false }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    let expected = operandTypes.map(\.type)
    guard operands == expected else {
      throw TensorError(
        operands.map(\.dtype) == expected.map(\.dtype) ? .shape : .dtype, Self.name,
        "\(function.name) was recorded for operands of types \(expected), not \(operands)",
        hint: "call pureCallback's function again, for these types")
    }
    let types = resultTypes.map(\.type)
    for type in types { try MemoryLimit.check(type, for: function.name) }
    return types
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let results: [HostTensor]
    do {
      results = try function.body(operands)
    } catch let error as TensorError {
      throw error
    } catch {
      throw TensorError(.value, Self.name, "\(function.name) threw an error: \(error)")
    }
    let stated = resultTypes.map(\.type)
    guard results.map(\.type) == stated else {
      throw TensorError(
        .shape, Self.name, "\(function.name) gave results of types \(results.map(\.type)); \(stated) were declared",
        hint: "declare the types that it gives (resultTypes:), or convert its results")
    }
    return results
  }

  /// The function may throw.
  public func failureConditions(of operands: [TensorType]) -> [FailureCondition] { [.other] }

  /// The function for each example, in a loop.
  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    let shared = operands.indices.filter { !isBatched[$0] }
    let sliced = operands.indices.filter { isBatched[$0] }
    let types = (shared + sliced).map { operandTypes[$0].type }
    let step = Program.tracing(function.name, types, unreadable: .readInBatch) { inputs in
      var all = [Tensor](repeating: Tensor(.invalid), count: operands.count)
      for (input, place) in zip(inputs, shared + sliced) { all[place] = input }
      return bind(all)
    }
    guard let step else { return [Tensor(.invalid)] }
    let sweep = Sweep(Subprogram(step.program), stateCount: 0, slicedCount: sliced.count)
    return Loop(length: size, fixedCount: shared.count, sweeps: [sweep]).bind((shared + sliced).map { operands[$0] })
  }

  /// The function may fail for operands that were not made for it: it is not called.
  public func bind(_ operands: [Tensor], predicatedBy predicate: Tensor) -> [Tensor] {
    let (function, types) = (function, resultTypes.map(\.type))
    let predicated = HostFunction<HostBody>(function.name) { operands in
      if operands[0].onlyElement(as: Bool.self) { return try function.body(Array(operands.dropFirst())) }
      return try types.map { try HostTensor($0, filledWith: 0) }
    }
    return Callback(predicated, [predicate.type] + operandTypes.map(\.type), types).bind([predicate] + operands)
  }

  /// A function of integers, which has no derivative to ask for.
  public static var samples: [PrimitiveSample] {
    let type = TensorType(.int64, [3])
    let negated = HostFunction<HostBody>("negated") { operands in
      let first = operands[0].elements(as: Int64.self)
      let second = operands[1].elements(as: Int64.self)
      return [try HostTensor([3], zip(first, second).map { $0 &- 2 &* $1 })]
    }
    return [
      PrimitiveSample(
        Callback(negated, [type, type], [type]), [OperandSample([3]), OperandSample([3])], dtypes: [.int64])
    ]
  }
}

/// A type as program text has it, such as `float64[2, 3]`.
public struct TypeText: Hashable, Sendable, Codable {
  /// The type.
  public var type: TensorType

  /// A type.
  public init(type: TensorType) { self.type = type }

  /// Writes the type as a string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(type.description)
  }

  /// Reads the type from a string.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    let parts = text.split(separator: "[", maxSplits: 1, omittingEmptySubsequences: false)
    let sizes = parts.count == 2 && parts[1].hasSuffix("]") ? parts[1].dropLast().split(separator: ",") : ["?"]
    let numbers = sizes.map { Int($0.drop { $0 == " " }) }
    guard let dtype = DType(name: String(parts[0])), numbers.allSatisfy({ $0 ?? -1 >= 0 }) else {
      throw TensorError(
        .program, "program text", "\"\(text)\" is not the type of a tensor", hint: "types look like float64[2, 3]")
    }
    type = TensorType(dtype, Shape(numbers.compactMap { $0 }))
  }
}
