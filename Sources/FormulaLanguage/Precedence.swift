/// How tight the operators bind, loosest first.
enum Precedence {
  static let comparison = 1
  static let sum = 2
  static let product = 3
  static let sign = 4
  static let power = 5
  static let postfix = 6
}

extension Token.Kind {
  /// How tight the binary operator binds; nil where the token is none.
  var precedence: Int? {
    switch self {
    case .less, .lessOrEqual, .equal, .notEqual, .greaterOrEqual, .greater: Precedence.comparison
    case .plus, .minus: Precedence.sum
    case .star, .slash: Precedence.product
    case .caret: Precedence.power
    default: nil
    }
  }

  /// What the binary operator computes.
  var operation: Formula.Kind {
    switch self {
    case .plus: .add
    case .minus: .subtract
    case .star: .multiply
    case .slash: .divide
    case .caret: .power
    case .less: .compare(.less)
    case .lessOrEqual: .compare(.lessOrEqual)
    case .equal: .compare(.equal)
    case .notEqual: .compare(.notEqual)
    case .greaterOrEqual: .compare(.greaterOrEqual)
    case .greater: .compare(.greater)
    default: preconditionFailure("not a binary operator")
    }
  }
}
