import ControlPrimitives

/// The text of an expression, and how tightly its outermost operator binds.
///
/// Texts have a bounded length: what is longer is cut, with dots in the middle.
struct ExpressionText {
  /// How tightly an operator binds, loosest first.
  enum Binding: Int {
    case comparison, sum, product, sign, power, postfix
  }

  let text: String
  let binding: Binding

  private static let longest = 240

  /// A text with an outermost operator; without one for names.
  init(_ text: String, _ binding: Binding = .postfix) {
    if text.utf8.count > Self.longest {
      self.text = "\(text.prefix(Self.longest / 2)) ... \(text.suffix(Self.longest / 4))"
      self.binding = .comparison
    } else {
      self.text = text
      self.binding = binding
    }
  }

  /// A number, or a tensor's numbers: all of a few, else the first and last.
  init(constant tensor: Tensor) {
    guard let host = tensor.fetched.host else {
      self.init("?")
      return
    }
    self.init(constant: host)
  }

  init(constant host: HostTensor) {
    let elements = host.elementTexts()
    if host.shape.isScalar, let number = elements.first {
      self.init(number, number.hasPrefix("-") ? .sign : .postfix)
      return
    }
    let shown = elements.count > 8 ? elements.prefix(4) + ["..."] + elements.suffix(2) : elements[...]
    let list = "[" + shown.joined(separator: ", ") + "]"
    self.init(host.shape.rank <= 1 ? list : "reshape(\(list), \(host.shape))")
  }

  /// The constant result of an operation on constants. One that is repeated along new axes looks like itself.
  init(constant: Tensor, of primitive: any Primitive, _ operands: [ExpressionText]) {
    if primitive is Broadcast, let operand = operands.first {
      self = operand
    } else {
      self.init(constant: constant)
    }
  }

  /// The text, in parentheses when its operator binds looser than is needed.
  func parenthesized(_ least: Binding) -> String { binding.rawValue < least.rawValue ? "(\(text))" : text }
}

extension HostTensor {
  /// Each element as text; a number is read back as the same one, whole numbers are written without a fraction.
  func elementTexts() -> [String] {
    func texts<Scalar: TensorScalar>(_: Scalar.Type) -> [String] {
      withElements(as: Scalar.self) { elements in
        elements.map { element in
          let text = "\(element)"
          return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        }
      }
    }
    return dtype.withScalarType { texts($0) }
  }
}
