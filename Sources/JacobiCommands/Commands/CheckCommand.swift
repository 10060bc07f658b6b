import ArgumentParser
import Jacobi

struct CheckCommand: FormulaCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Compares the derivatives with finite differences; exit status 1 when they disagree.",
    usage: "jacobi check \"<function>\" --at <name=value,...> [<options>]",
    discussion: """
      All entries of the Jacobian, by both modes, against central differences with five points. Where there are too \
      many, three directions instead. At kinks, such as abs(x) at 0, there is nothing to agree with.

      Examples:
        jacobi check "log(x1) + x1*x2 - sin(x2)" --at x1=2,x2=5
        jacobi check "x^3; sin(x)" --at x=0.5 --tolerance 1e-9
      """)

  @OptionGroup var options: FunctionOptions
  @Option(
    parsing: .unconditional,
    help: "The largest relative error that passes; 1e-6 for float64, 1e-2 for float32 if left out.")
  var tolerance: Double?

  func run(in session: Session) throws -> Int32 {
    let problem = try Problem(options, session)
    let tolerance = tolerance ?? (options.dtype == .float64 ? 1e-6 : 1e-2)
    guard tolerance >= 0 else { throw CommandFailure.usage("--tolerance is a number that is not negative") }
    session.warn(problem.evaluation.warning)
    let check = try problem.checkDerivatives()
    let passes = check.error <= tolerance
    if options.json {
      session.print(.object(problem.fields + [("maxRelativeError", .double(check.error))]))
    } else {
      var columns = Columns(indent: "")
      columns.append("compared", check.what)
      columns.append("max relative error", digits(of: check.error))
      columns.append("tolerance", digits(of: tolerance))
      session.print(problem.valueText + columns.text + (passes ? "the derivatives agree\n" : ""))
    }
    if !passes {
      session.warn(
        "check failed: the derivatives and the finite differences disagree\(check.place.map { ", most in the derivative " + $0 } ?? "")"
      )
    }
    return passes ? ExitStatus.success : ExitStatus.checkFailed
  }
}

/// The outcome of a comparison with finite differences.
struct DerivativeCheck {
  /// The largest relative error.
  var error = 0.0
  /// What was compared, for people.
  var what = ""
  /// Where the largest error was.
  var place: String?

  mutating func add(_ other: Double, _ place: String) {
    if error.isNaN || (other <= error) { return }
    error = other
    self.place = place
  }
}

extension Problem {
  /// Values computed for one comparison along a direction.
  private static let evaluations = 16

  /// Compares forward and reverse mode with finite differences.
  func checkDerivatives() throws -> DerivativeCheck {
    let size = evaluation.nodes.reduce(inputCount + outputCount) { $0 + 1 + $1.count / 16 }
    let work = max(inputCount * Self.evaluations, outputCount).multipliedReportingOverflow(by: size)
    let entries = inputCount.multipliedReportingOverflow(by: outputCount)
    let isSmall =
      !work.overflow && work.partialValue < 30_000_000 && !entries.overflow && entries.partialValue <= 10_000
    return isSmall ? try checkAllEntries() : checkDirections()
  }

  private func checkAllEntries() throws -> DerivativeCheck {
    let differences = FiniteDifferences(self)
    let names = elementNames
    let forward = try jacobian(.forward).map(\.numbers)
    let reverse = try jacobian(.reverse).map(\.numbers)
    var check = DerivativeCheck(
      what:
        "\(inputCount * outputCount == 1 ? "1 entry" : "\(inputCount * outputCount) entries") of the Jacobian, in both modes"
    )
    for column in 0..<inputCount {
      var flat = [Double](repeating: 0, count: inputCount)
      flat[column] = 1
      let derivatives = [forward, reverse].map { matrix in matrix.map { $0[column] } }
      check.add(differences.relativeError(of: derivatives, along: split(flat)), "by \(names[column])")
    }
    return check
  }

  /// Three directions; reverse mode must agree with forward mode on each.
  private func checkDirections() -> DerivativeCheck {
    let differences = FiniteDifferences(self)
    let differential = differential
    let ones = outputs.map { Tensor.ones($0.shape.dimensions, dtype: dtype) }
    let gradient = pullback(ones).flatMap(\.numbers)
    var check = DerivativeCheck(what: "3 directions, in both modes")
    for number in 1...3 {
      // Weyl's sequence: the multiples of the golden ratio without their whole part, spread evenly.
      let flat = (0..<inputCount).map { index -> Double in
        let multiple = Double((index + 1) * number) * 0.6180339887498949
        return 2 * multiple.fraction - 1
      }
      let direction = split(flat)
      let tangent = differential(direction).flatMap(\.numbers)
      check.add(differences.relativeError(of: [tangent], along: direction), "along direction \(number)")
      let forward = tangent.reduce(0, +)
      let products = zip(gradient, flat).map { (slope: Double, step: Double) in slope * step }
      let reverse = products.reduce(0, +)
      let size = (tangent + products).reduce(0) { $0 + $1.magnitude }
      let error = (forward - reverse).magnitude
      check.add(error == 0 ? 0 : error / size, "between the modes, along direction \(number)")
    }
    return check
  }

  /// Numbers for all variables, one tensor for each.
  private func split(_ flat: [Double]) -> [Tensor] {
    var start = 0
    return point.map { tensor in
      defer { start += tensor.count }
      let numbers = flat[start..<start + tensor.count]
      return dtype == .float32
        ? Tensor(shape: tensor.shape.dimensions, scalars: numbers.map { Float($0) })
        : Tensor(shape: tensor.shape.dimensions, scalars: Array(numbers))
    }
  }
}

extension Double {
  fileprivate var fraction: Double { self - rounded(.down) }
}
