import Linearization

extension CustomCall {
  /// Reads a call.
  ///
  /// - Throws: an error for rules that are not linear in tangents or cotangents: what one mode would answer then has nothing
  ///   to do with what the other one does.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try container.decode(Subprogram.self, forKey: .function),
      argumentCount: try container.decode(Int.self, forKey: .argumentCount),
      ruledCount: try container.decode(Int.self, forKey: .ruledCount),
      rules: try container.decode(RulePrograms.self, forKey: .rules),
      batching: try container.decodeIfPresent(HostFunction<BatchingRule>.self, forKey: .batching))
    // Only where all programs fit can they be looked through.
    if (try? resultTypes(of: function.program.inputTypes)) != nil, let error = linearityError(Self.name) { throw error }
  }
}
