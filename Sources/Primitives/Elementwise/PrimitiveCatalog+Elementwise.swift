extension PrimitiveCatalog {
  /// Each result element from the operand elements at the same place.
  public static var elementwise: [any Primitive.Type] {
    [
      Add.self, Subtract.self, Multiply.self, Divide.self, Negate.self, ZeroAbsorbingMultiply.self, Exp.self, Log.self,
      Sin.self, Cos.self, Conjugate.self,
    ]
  }
}
