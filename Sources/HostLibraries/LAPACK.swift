import HostTensors

/// The routines for factorizations of matrices in the host's library of linear algebra: those of Fortran, whose arguments
/// are addresses and whose matrices lie column by column.
package struct LAPACK: Sendable {
  /// The routines, if there is a library and it has them.
  package static let shared: LAPACK? = BLAS.shared.map { LAPACK(library: $0.library) }.flatMap {
    $0.library.address(of: "dpotrf_") == nil ? nil : $0
  }

  private let library: DynamicLibrary

  /// Returns a routine.
  ///
  /// - Parameters:
  ///   - name: its name without the letter of the element type, such as `potrf`.
  ///   - dtype: the element type; integers have no routines.
  ///   - type: the routine's type in C, a `@convention(c)` function type with 32-bit integers.
  package func routine<Function>(_ name: String, _ dtype: DType, as type: Function.Type = Function.self) -> Function? {
    guard let letter = dtype.routineLetter else { return nil }
    return library.function("\(letter)\(name)_", as: type)
  }

  /// Matrices of fewer rows are factored without the library: a call costs more than it saves there.
  package static var smallestSize: Int { 24 }

  /// A routine for elements of one type, found once for a whole batch.
  package struct Routine<Function> {
    let function: Function
    let dtype: DType
  }

  /// The routine of a factorization; `nil` where there is none, or no library.
  package static func routine<Function>(_ name: String, _ dtype: DType, _: Function.Type) -> Routine<Function>? {
    guard let function = shared?.routine(name, dtype, as: Function.self) else { return nil }
    return Routine(function: function, dtype: dtype)
  }
}
