import Jacobi

/// What checking laws found out.
public struct LawReport: Sendable {
  /// How many primitives were checked.
  public var primitiveCount = 0
  /// How many laws each was checked for.
  public var lawCount = 0
  /// How many comparisons were made.
  public var caseCount = 0
  /// What does not hold.
  public var violations: [LawViolation] = []

  /// A report of nothing.
  public init() {}

  /// Whether all laws hold.
  public var isPassed: Bool { violations.isEmpty }
}

extension LawReport: CustomStringConvertible {
  /// Such as `laws: 62 primitives, 15 laws, 12345 cases`, then what does not hold.
  public var description: String {
    let head = "laws: \(primitiveCount) primitives, \(lawCount) laws, \(caseCount) cases"
    if isPassed { return head }
    return ([head + ", \(violations.count) violations"] + violations.map(\.description)).joined(separator: "\n")
  }
}

/// Checks all laws for primitives, on all of their samples with all of their element types:
///
/// ```swift
/// #expect(checkLaws(of: [MyPrimitive.self]).isPassed)
/// ```
///
/// Any primitive that passes works under every transform, at every order.
///
/// - Parameters:
///   - primitives: the types of the primitives.
///   - laws: which laws.
///   - seed: of the random numbers; violations name it.
///   - engine: what runs the primitives, each as a function under `jit`; `nil` to have them evaluated at once.
/// - Returns: how much was checked, and what does not hold.
public func checkLaws(
  of primitives: [any Primitive.Type], laws: [any Law] = Laws.all, seed: UInt64 = 1, engine: (any Engine)? = nil
) -> LawReport {
  var report = LawReport()
  report.primitiveCount = primitives.count
  report.lawCount = laws.count
  for primitive in primitives {
    for sample in primitive.samples {
      for dtype in sample.dtypes {
        // What gives other types than it states breaks everything else, and stops debug builds.
        var typing = LawReport()
        check(ResultTypesLaw(), sample, dtype, seed: seed, &typing)
        for law in laws where typing.isPassed || law is ResultTypesLaw {
          check(law, sample, dtype, seed: seed, engine: engine, &report)
        }
      }
    }
  }
  return report
}

/// Checks one law on one sample with one element type, and adds what was found to a report.
public func check(
  _ law: some Law, _ sample: PrimitiveSample, _ dtype: DType, seed: UInt64 = 1, engine: (any Engine)? = nil,
  _ report: inout LawReport
) {
  do {
    var subject = try LawSubject(sample, dtype, law: law.name, seed: seed, engine: engine)
    do {
      try catchingTensorErrors { try law.check(&subject) }
    } catch let violation as LawViolation {
      report.violations.append(violation)
    } catch {
      report.violations.append(subject.violation("\(error)"))
    }
    report.caseCount += subject.caseCount
  } catch {
    let operands = sample.operands.map { "\($0.shape)" }.joined(separator: ", ")
    report.violations.append(
      LawViolation(
        law: law.name, primitive: "\(sample.primitive)", operands: "\(dtype) (\(operands))", message: "\(error)",
        seed: seed))
  }
}
