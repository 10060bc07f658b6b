import Linearization

/// What a checkpointed function keeps for reverse mode; the rest is computed again from its arguments.
public enum CheckpointPolicy: Hashable, Sendable {
  /// Nothing but the arguments.
  case nothing
  /// The results of matrix products, which cost more to compute again than anything else.
  case matrixProducts
  /// What ``named(_:_:)-(Tensor,_)`` has given one of these names.
  case named([String])
  /// Everything, as without a checkpoint.
  case everything
}

extension CheckpointPolicy {
  /// The variables of a program that may be kept, where they are needed.
  package func keepable(in program: Program) -> [Bool] {
    var isKeepable = [Bool](repeating: self == .everything, count: program.variableCount)
    for equation in program.equations {
      switch self {
      case .nothing, .everything: break
      case .matrixProducts:
        let operands = program.operands(of: equation).map { program.types[Int($0)] }
        if case .contraction = equation.primitive.lowering(of: operands) {
          for result in equation.results { isKeepable[result] = true }
        }
      case .named(let names):
        // A rule may need the value before it was named; it is the same one.
        if let named = equation.primitive as? Named, names.contains(named.label) {
          for operand in program.operands(of: equation) { isKeepable[Int(operand)] = true }
        }
      }
    }
    return isKeepable
  }
}

extension CheckpointPolicy: Codable {
  /// Writes a word, or the list of names.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .nothing: try container.encode("nothing")
    case .matrixProducts: try container.encode("matrixProducts")
    case .everything: try container.encode("everything")
    case .named(let names): try container.encode(names)
    }
  }

  /// Reads a word, or a list of names.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let names = try? container.decode([String].self) {
      self = .named(names)
      return
    }
    switch try container.decode(String.self) {
    case "nothing": self = .nothing
    case "matrixProducts": self = .matrixProducts
    case "everything": self = .everything
    case let word:
      throw TensorError(
        .program, Checkpoint.name, "there is no policy \"\(word)\"",
        hint: "policies are \"nothing\", \"matrixProducts\", \"everything\", and lists of names")
    }
  }
}
