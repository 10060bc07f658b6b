import Jacobi
import JacobiTesting
import Testing

/// Each law can fail: a primitive that is wrong in one way is caught by the law that is about it, and by no other.
@Suite struct WrongPrimitiveTests {
  struct Wrong: Sendable, CustomTestStringConvertible {
    let type: any Primitive.Type
    let laws: Set<String>
    var testDescription: String { "\(type)" }

    init(_ type: any Primitive.Type, _ laws: String...) {
      self.type = type
      self.laws = Set(laws)
    }
  }

  static let all = [
    Wrong(RightSquare.self),
    Wrong(RightTwice.self),
    Wrong(RightRule.self),
    Wrong(WrongShortEvaluation.self, "evaluation", "program"),
    Wrong(WrongHash.self, "evaluation"),
    Wrong(WrongElementTypes.self, "element types"),
    Wrong(WrongOperandCount.self, "wrong operands"),
    Wrong(WrongSamples.self, "sample shapes"),
    Wrong(WrongTrait.self, "traits"),
    Wrong(WrongCommutative.self, "traits"),
    Wrong(WrongLinearity.self, "linearity"),
    Wrong(WrongPartial.self, "forward mode"),
    Wrong(WrongReuse.self, "edges", "reuse"),
    Wrong(WrongAdjoint.self, "adjoint identity", "edges"),
    Wrong(WrongDoubleTranspose.self, "double transpose"),
    Wrong(WrongSecondOrder.self, "second order"),
    Wrong(WrongEdge.self, "edges"),
    Wrong(WrongBatching.self, "batching"),
    Wrong(WrongBatchedForward.self, "batched forward mode"),
    Wrong(WrongBatchedReverse.self, "batched reverse mode"),
    Wrong(WrongStrongZeros.self, "strong zeros"),
    Wrong(WrongExpression.self, "scalar expressions"),
    Wrong(WrongFailure.self, "failures"),
    Wrong(UnstatedFailure.self, "edges", "failures"),
    Wrong(WrongPredication.self, "unchosen operations"),
    Wrong(WrongText.self, "program text"),
    Wrong(WrongResultType.self, "result types"),
    // One that breaks whatever compares evaluations.
    Wrong(WrongPurity.self, "evaluation", "program", "reuse", "traits"),
  ]

  @Test(arguments: all) func isCaught(_ wrong: Wrong) {
    let report = checkLaws(of: [wrong.type])
    #expect(Set(report.violations.map(\.law)) == wrong.laws, Comment(rawValue: "\(report)"))
  }

  /// Every law is the one that catches something.
  @Test func everyLawCatchesSomething() {
    let caught = Self.all.reduce(into: Set<String>()) { $0.formUnion($1.laws) }
    #expect(caught == Set(Laws.all.map(\.name)))
  }

  @Test func theViolationSaysWhatIsWrong() throws {
    let violation = try #require(checkLaws(of: [WrongPartial.self]).violations.first)
    #expect(violation.description.hasPrefix("law \"forward mode\" fails for WrongPartial() of (float64[]), seed 1:"))
    #expect(violation.description.contains("the tangent along operands [0] against differences: result 0, number 0 is"))
  }
}
