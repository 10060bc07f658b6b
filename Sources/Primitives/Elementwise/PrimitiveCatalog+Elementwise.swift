extension PrimitiveCatalog {
  /// Each result element from the operand elements at the same place.
  public static var elementwise: [any Primitive.Type] {
    arithmetic + elementary + realFunctions + activations + predicates + bits + types
  }

  private static var arithmetic: [any Primitive.Type] {
    [
      Add.self, Subtract.self, Multiply.self, Divide.self, Negate.self, ZeroAbsorbingMultiply.self, Power.self,
      IntegerPower.self, IntegerQuotient.self, IntegerRemainder.self,
    ]
  }

  private static var elementary: [any Primitive.Type] {
    [
      Exp.self, ExpMinusOne.self, Log.self, LogOnePlus.self, Sqrt.self, Sin.self, Cos.self, Tan.self, Asin.self,
      Acos.self, Atan.self, Sinh.self, Cosh.self, Tanh.self, Asinh.self, Acosh.self, Atanh.self, Sec.self,
      Sech.self, HypotOne.self, RootOneMinusSquare.self, RootSquareMinusOne.self,
    ]
  }

  private static var realFunctions: [any Primitive.Type] {
    [
      Log2.self, Log10.self, Exp2.self, Cbrt.self, LogGamma.self, Polygamma.self, Erfinv.self, Remainder.self,
      Trunc.self, Sinc.self, XLogY.self, XLogOnePlusY.self,
      Erf.self, Erfc.self, OneMinusSquare.self, Sigmoid.self, LogAddExp.self, LogisticSlope.self, Softplus.self,
      Abs.self, Sign.self,
      Floor.self, Ceil.self, Round.self,
      Atan2.self, Hypot.self, DirectionCosine.self, Maximum.self, Minimum.self, Preference.self, Relu.self,
      HeavisideStep.self,
    ]
  }

  private static var activations: [any Primitive.Type] { [Silu.self, Gelu.self, Logit.self] }

  private static var predicates: [any Primitive.Type] {
    [
      Equal.self, Less.self, LessOrEqual.self, LogicalAnd.self, LogicalOr.self, LogicalExclusiveOr.self,
      LogicalNot.self, Select.self,
    ]
  }

  private static var bits: [any Primitive.Type] {
    [
      BitwiseAnd.self, BitwiseOr.self, BitwiseXor.self, BitwiseNot.self, ShiftLeft.self, ShiftRight.self,
      ShiftRightLogical.self,
    ]
  }

  private static var types: [any Primitive.Type] {
    [Convert.self, RealPart.self, ImaginaryPart.self, MakeComplex.self, Modulus.self, Conjugate.self]
  }
}
