import Engines

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A library of matrix products, found at run time; without one they are loops.
struct BLAS: Sendable {
  /// The library, if there is one.
  static let shared: BLAS? = find()

  private let library: DynamicLibrary

  private static func find() -> BLAS? {
    let chosen = DynamicLibrary.environment("JACOBI_BLAS")
    if chosen == "none" { return nil }
    #if os(macOS)
      let names = ["/System/Library/Frameworks/Accelerate.framework/Accelerate"]
    #else
      let names = ["libopenblas.so.0", "libopenblas.so"]
      // OpenBLAS 0.3.21 does not know newer processors of AMD and takes kernels for AVX2 there.
      if case .success(let llvm) = LLVM.shared, llvm.features.contains("avx512f"), llvm.features.contains("avx512dq") {
        setenv("OPENBLAS_CORETYPE", "SKYLAKEX", 0)
      }
    #endif
    guard let library = DynamicLibrary(firstOf: chosen.map { [$0] } ?? names),
      library.address(of: "cblas_dgemm") != nil
    else { return nil }
    return BLAS(library: library)
  }

  /// The library's name, for people.
  var name: String { library.name }

  /// The product of matrices of an element type: its C name and where it is.
  func product(_ dtype: DType) -> (name: String, address: UInt)? {
    let letter: String
    switch dtype {
    case .float32: letter = "s"
    case .float64: letter = "d"
    case .complex64: letter = "c"
    case .complex128: letter = "z"
    case .int32, .int64, .bool: return nil
    }
    let name = "cblas_\(letter)gemm"
    return library.address(of: name).map { (name, UInt(bitPattern: $0)) }
  }
}
