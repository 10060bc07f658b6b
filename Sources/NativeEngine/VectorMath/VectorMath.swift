import Engines
import HostLibraries

/// Where the functions of several numbers at once come from, such as `exp` in a loop over an array.
package enum VectorMath: String, CaseIterable, Sendable {
  /// The functions of glibc's libmvec, where it is present and has them; the C library's for each number otherwise.
  case libmvec
  /// The C library's for each number, with the same bits as in code for one number.
  case none

  /// What a text names; without one it is libmvec.
  ///
  /// - Throws: a compilation error that lists the names when there is no such one.
  static func named(_ text: String?) throws(TensorError) -> VectorMath {
    guard let text else { return .libmvec }
    guard let choice = VectorMath(rawValue: text) else {
      let names = allCases.map(\.rawValue).joined(separator: " or ")
      throw TensorError(.compilation, "native engine", "JACOBI_VECTOR_MATH is \(names), not \"\(text)\"")
    }
    return choice
  }

  /// What the environment's `JACOBI_VECTOR_MATH` says.
  static func usual() throws(TensorError) -> VectorMath { try named(fromEnvironment) }

  private static let fromEnvironment = DynamicLibrary.environment("JACOBI_VECTOR_MATH")
}
