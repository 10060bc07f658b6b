import Primitives

/// A real branch of Lambert's function.
public enum LambertBranch: Int, Hashable, Sendable, Codable, CaseIterable {
  /// The branch of values of at least -1, for x ≥ -1/e.
  case principal = 0
  /// The branch of values of at most -1, for -1/e ≤ x ≤ 0.
  case lower = -1
}

/// Returns the solution w of w exp(w) = x for each element.
///
/// ```swift
/// lambertW([0, 1])  // [0. 0.5671432904097838]
/// lambertW(-0.1, branch: .lower)  // -3.577152063957297
/// ```
///
/// It is `nan` where the branch has no real value. At x = -1/e both branches meet, with an infinite derivative. Real only. NumPy:
/// `scipy.special.lambertw` with `k` of 0 or -1.
///
/// - Parameters:
///   - x: the elements.
///   - branch: which solution; by default the principal one.
public func lambertW(_ x: Tensor, branch: LambertBranch = .principal) -> Tensor { LambertW(branch: branch).bind(x) }

/// The solution w of w exp(w) = x on a branch; its derivative is exp(-w) / (1 + w).
public struct LambertW: SpecialFunction {
  public static let name = "lambertW"
  public static var arity: Int { 1 }
  /// The branch.
  public let branch: LambertBranch

  public init(branch: LambertBranch = .principal) { self.branch = branch }

  public var kernel: SpecialKernel { .one { [branch] x in lambert(x, branch: branch.rawValue) } }

  public func derivative(of operand: Int, _ x: [Tensor], value: Tensor) -> LinearMap {
    // Either form of exp(-w): w / x is 0 / 0 at 0, and the exponential has few digits where w is large.
    .quotient(by: (1 + value) * `where`(abs(value) .< 1, exp(value), x[0] / value))
  }

  public static var samples: [PrimitiveSample] {
    specialSamples(LambertW(), .positive) + arraySamples(LambertW(branch: .lower), .negative)
  }
}
