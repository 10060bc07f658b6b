import ControlPrimitives

/// What reverse mode of a function keeps from its forward run, tensor by tensor; from ``residuals(of:at:isLocating:)``.
public struct ResidualReport: Hashable, Sendable {
  /// A tensor that is kept.
  public struct Residual: Hashable, Sendable {
    /// Its type; of what a loop keeps, with all steps along the first axis.
    public var type: TensorType
    /// The number of steps of the loop that made it, one slice in each; `nil` when no loop made it.
    public var stepCount: Int?
    /// What it is: `argument 0`, `constant`, `result of tanh`, or `cos, for the derivative of sin`.
    public var source: String
    /// Where in the user's source the equation that made it comes from, such as `Model.swift:12`.
    public var location: String?
    /// The operations whose derivatives need it, each once, in the order of the program.
    public var neededBy: [String]

    /// Its size in memory.
    public var byteCount: Int { type.byteCount ?? .max }
  }

  /// The tensors, in the order in which they are first needed.
  public var residuals: [Residual]

  /// What loops keep at a time while reverse mode runs, beside these tensors.
  public var loops: [LoopMemory] = []

  /// The bytes of all tensors together, and at a time of the loop that keeps the most; `nil` when that depends on a number
  /// of steps that is known at run time only.
  public var peakByteCount: Int? {
    var largest = 0
    for loop in loops {
      guard let bytes = loop.byteCount else { return nil }
      largest = max(largest, bytes)
    }
    let (sum, overflows) = byteCount.addingReportingOverflow(largest)
    return overflows ? .max : sum
  }

  /// The bytes of all tensors together.
  public var byteCount: Int { residuals.reduce(0) { $0 + $1.byteCount } }

  /// The bytes of those that are not arguments or constants, which are there anyway.
  public var computedByteCount: Int {
    residuals.filter { !$0.isGiven }.reduce(0) { $0 + $1.byteCount }
  }
}

extension ResidualReport.Residual {
  fileprivate var isGiven: Bool { source.hasPrefix("argument") || source == "constant" }
}

extension ResidualReport.Residual: CustomStringConvertible {
  /// Such as `float64[3]  24 bytes  result of exp (Model.swift:12), needed by exp`.
  public var description: String {
    var text = "\(type)  \(byteCount) bytes"
    if let stepCount, stepCount > 0 { text += " (\(stepCount) steps of \(byteCount / stepCount))" }
    text += "  \(source)"
    if let location { text += " (\(location))" }
    return text + ", needed by " + neededBy.joined(separator: ", ")
  }
}

extension ResidualReport: CustomStringConvertible {
  /// A line for each tensor, and one with the total; then a line for each loop that keeps something for a while.
  public var description: String {
    let count = residuals.count == 1 ? "1 tensor" : "\(residuals.count) tensors"
    let head = "kept for reverse mode: \(count), \(byteCount) bytes, \(computedByteCount) of them computed"
    let tensors = [head] + residuals.map { "  \($0)" }
    let others = loops.isEmpty ? [] : ["kept while reverse mode runs:"] + loops.map { "  \($0)" }
    return (tensors + others).joined(separator: "\n")
  }
}
