import Primitives

extension PrimitiveCatalog {
  /// Functions of statistics and physics.
  public static var specialFunctions: [any Primitive.Type] {
    [
      NormalCDF.self, LogNormalCDF.self, NormalQuantile.self, Erfcx.self, Dawson.self,
      GammaInc.self, GammaTail.self, GammaIncInverse.self, GammaDensity.self,
      BetaInc.self, BetaTail.self, BetaIncInverse.self, BetaDensity.self, LogBeta.self, PolygammaDifference.self,
      ExponentialIntegral.self, ExponentialIntegralEi.self, SineIntegral.self, CosineIntegral.self, Zeta.self,
      LambertW.self,
      LogOneMinusExp.self, LogCosh.self, LogSinh.self, RelativeEntropy.self, LogarithmOfRatio.self,
    ]
  }
}
