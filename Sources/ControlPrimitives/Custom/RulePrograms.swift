import Linearization

/// The derivative rules of a ``CustomCall``, as programs; what is not given is derived from what is.
public struct RulePrograms: Hashable, Sendable, Codable {
  /// From the operands and the arguments' tangents to the ruled results and their tangents.
  public var tangent: Subprogram?
  /// From the operands to the ruled results and what the backward rule needs.
  public var forward: Subprogram?
  /// From the cotangents of the ruled results, and what the forward rule kept, to those of the arguments.
  public var backward: Subprogram?
  /// For a program that is linear in its arguments: from the cotangents of the ruled results, and the tensors from
  /// outside, to the cotangents of the arguments.
  public var transpose: Subprogram?
  /// Whether the backward rule is linear in the cotangents, so that its transpose is forward mode. A rule that is not, such
  /// as one that clips, is reverse mode as it stands; the derivative of reverse mode is then that of the rules' own
  /// operations.
  public var isBackwardLinear: Bool

  /// Rules.
  public init(
    tangent: Subprogram? = nil, forward: Subprogram? = nil, backward: Subprogram? = nil, transpose: Subprogram? = nil,
    isBackwardLinear: Bool = true
  ) {
    self.tangent = tangent
    self.forward = forward
    self.backward = backward
    self.transpose = transpose
    self.isBackwardLinear = isBackwardLinear
  }

  /// All programs.
  public var all: [Subprogram] { [tangent, forward, backward, transpose].compactMap { $0 } }

  /// The same rules with other programs in place of ``all``.
  func replacing(_ programs: ArraySlice<Subprogram>) -> RulePrograms {
    var rest = programs
    return RulePrograms(
      tangent: tangent == nil ? nil : rest.popFirst(), forward: forward == nil ? nil : rest.popFirst(),
      backward: backward == nil ? nil : rest.popFirst(), transpose: transpose == nil ? nil : rest.popFirst(),
      isBackwardLinear: isBackwardLinear)
  }

  /// The rules that hold for the values which a derivative is taken at, so that those have the rules' derivative again.
  ///
  /// What a backward rule that is not linear gives has the derivative of the forward rule's operations, not one that the
  /// backward rule changes once more.
  var ofKnownPart: RulePrograms {
    isBackwardLinear ? self : RulePrograms(tangent: tangent, transpose: transpose)
  }

  /// Whether there is a rule for the derivative.
  package var hasDerivative: Bool { tangent != nil || backward != nil || transpose != nil }
}

// Text and JSON name `isBackwardLinear` where it is false.
extension RulePrograms {
  private enum CodingKeys: String, CodingKey {
    case tangent, forward, backward, transpose, isBackwardLinear
  }

  /// Reads rules.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      tangent: try container.decodeIfPresent(Subprogram.self, forKey: .tangent),
      forward: try container.decodeIfPresent(Subprogram.self, forKey: .forward),
      backward: try container.decodeIfPresent(Subprogram.self, forKey: .backward),
      transpose: try container.decodeIfPresent(Subprogram.self, forKey: .transpose),
      isBackwardLinear: try container.decodeIfPresent(Bool.self, forKey: .isBackwardLinear) ?? true)
  }

  /// Writes rules.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(tangent, forKey: .tangent)
    try container.encodeIfPresent(forward, forKey: .forward)
    try container.encodeIfPresent(backward, forKey: .backward)
    try container.encodeIfPresent(transpose, forKey: .transpose)
    if !isBackwardLinear { try container.encode(false, forKey: .isBackwardLinear) }
  }
}
