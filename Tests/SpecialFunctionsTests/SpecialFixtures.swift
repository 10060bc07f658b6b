import Foundation
import Jacobi

/// A value of a special function, or of a derivative, by mpmath at 50 digits; `Fixtures/special.py` writes it.
struct SpecialCase: Decodable, Sendable, CustomStringConvertible {
  let function: String
  /// The order of the derivative by each argument.
  let orders: [Int]
  let arguments: [Double]
  let value: Double
  /// How many times a relative error of the arguments is larger in the value.
  let condition: Double

  init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    function = try container.decode(String.self)
    orders = try container.decode([Int].self)
    arguments = try container.decode([Double].self)
    value = try container.decode(Double.self)
    condition = try container.decode(Double.self)
  }

  var description: String { "\(function)\(orders) at \(arguments)" }

  static func all(_ family: String) throws -> [SpecialCase] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "Fixtures/\(family).json")
    return try JSONDecoder().decode([SpecialCase].self, from: Data(contentsOf: file))
  }

  /// The relative error of a number.
  func error(of actual: Double) -> Double { abs(actual - value) / abs(value) }

  /// 10⁻¹³, and what four roundings of the arguments change.
  var tolerance: Double { 1e-13 + 4 * Double.ulpOfOne * condition }
}

/// A function of several tensors.
typealias Function = @Sendable ([Tensor]) -> Tensor

/// The derivative of some orders by the arguments, the first one innermost, in reverse mode.
func derivative(_ function: @escaping Function, orders: [Int]) -> Function {
  var result = function
  for (place, order) in orders.enumerated() {
    for _ in 0..<order {
      let inner = result
      result = { arguments in
        grad { (x: Tensor) in
          var all = arguments
          all[place] = x
          return inner(all)
        }(arguments[place])
      }
    }
  }
  return result
}
