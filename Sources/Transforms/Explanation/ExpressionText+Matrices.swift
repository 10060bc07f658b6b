import ControlPrimitives
import LinearAlgebra

// How operations on matrices look in an expression: as the functions that people call.

extension ExpressionText {
  /// `nil` for other operations.
  static func matrixOperation(_ primitive: any Primitive, _ x: [ExpressionText]) -> ExpressionText? {
    // By name first: to ask a primitive for each of these types takes longer than to write the text.
    switch type(of: primitive).name {
    case Transpose.name:
      guard (primitive as? Transpose)?.permutation == [1, 0] else { return nil }
      return ExpressionText("transpose(\(x[0].text))")
    case FactoredSolve.name:
      guard let solve = primitive as? FactoredSolve else { return nil }
      return ExpressionText("solve(\(turned(x[0], solve.transform)), \(x[1].text))")
    case TriangularSolve.name:
      guard let solve = primitive as? TriangularSolve else { return nil }
      return ExpressionText("triangularSolve(\(turned(x[0], solve.transform)), \(x[1].text))")
    // The factors that they reuse are not what they are functions of.
    case Determinant.name, LogDeterminant.name: return ExpressionText("\(type(of: primitive).name)(\(x[0].text))")
    default: return nil
    }
  }

  private static func turned(_ x: ExpressionText, _ transform: MatrixTransform) -> String {
    switch transform {
    case .identity: x.text
    case .transpose: "transpose(\(x.text))"
    case .adjoint: "adjoint(\(x.text))"
    }
  }
}
