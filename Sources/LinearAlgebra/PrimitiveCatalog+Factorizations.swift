import Primitives

extension PrimitiveCatalog {
  /// Factorizations of matrices, and what is computed from the factors.
  public static var factorizations: [any Primitive.Type] {
    [
      Cholesky.self, LU.self, QR.self, TriangularSolve.self, FactoredSolve.self, LogDeterminant.self, Determinant.self,
      Adjugate.self, SymmetricEigen.self, SVD.self, DividedDifferences.self, SpectralForm.self,
      Eigen.self, PseudoInverse.self, PolarFactor.self, NuclearNorm.self, HermitianSylvester.self,
      ColumnPivots.self,
    ]
  }
}
