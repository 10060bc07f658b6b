/// One comparison of a derivative with what it must be equal to.
public struct GradientComparison: Hashable, Sendable {
  /// What two things were compared.
  public enum Kind: String, Hashable, Sendable {
    /// Forward mode with finite differences.
    case forwardAgainstDifferences = "forward mode against 5-point differences"
    /// Reverse mode with forward mode: Re<ct, J v> = Re<transposed J ct, v>.
    case reverseAgainstForward = "reverse mode against forward mode"
    /// Reverse mode with finite differences, by the adjoint identity.
    case reverseAgainstDifferences = "reverse mode against 5-point differences"
  }

  /// What was compared.
  public var kind: Kind
  /// The function whose derivative it is, such as `f` or `vjp of f`.
  public var function: String
  /// 1 for first derivatives, and so on.
  public var order: Int
  /// Where the difference is largest, such as `result 0, element 3`.
  public var place: String
  /// The derivative there.
  public var actual: Double
  /// What it must be.
  public var expected: Double
  /// The largest difference, relative to the size of what was compared.
  public var relativeError: Double
  /// The largest relative error that is allowed.
  public var tolerance: Double

  /// Whether the two agree.
  public var isPassed: Bool { relativeError <= tolerance }
}

extension GradientComparison: CustomStringConvertible {
  /// One line, or two for a comparison that failed, with the numbers.
  public var description: String {
    let head = "order \(order), \(function), \(kind.rawValue): relative error \(relativeError)"
    return isPassed ? head : head + ", at most \(tolerance) is allowed\n    \(place): \(actual), expected \(expected)"
  }
}

/// What ``checkGradients(_:at:order:modes:tolerance:seed:)-1`` found out.
public struct GradientReport: Hashable, Sendable {
  /// All comparisons, in the order in which they were made.
  public var comparisons: [GradientComparison] = []
  /// The seed of the random directions.
  public var seed: UInt64

  /// The largest relative error of all comparisons.
  public var maxRelativeError: Double { comparisons.map(\.relativeError).max() ?? 0 }
  /// The comparisons that failed.
  public var failures: [GradientComparison] { comparisons.filter { !$0.isPassed } }
  /// Whether none failed.
  public var isPassed: Bool { failures.isEmpty }
}

extension GradientReport: CustomStringConvertible {
  /// How many comparisons agree, then those that do not.
  public var description: String {
    let passed = comparisons.count - failures.count
    let head = "checkGradients: \(passed) of \(comparisons.count) comparisons agree (seed \(seed))"
    return ([head] + failures.map { "  " + $0.description }).joined(separator: "\n")
  }
}

/// The error of a gradient check that failed; its description names the comparisons that failed, with the numbers.
public struct GradientCheckError: Error, Hashable, Sendable, CustomStringConvertible {
  /// All comparisons, also those that agree.
  public var report: GradientReport
  /// The report.
  public var description: String { report.description }
}
