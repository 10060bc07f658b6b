import HostTensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The host's library of linear algebra, which is found at run time: OpenBLAS, or Accelerate on macOS.
///
/// `JACOBI_BLAS` in the environment names another library, or `none`. Its integers must have 32 bits. The same library has
/// the routines of ``LAPACK``.
package struct BLAS: Sendable {
  /// The library, or the reason why there is none.
  package static let found: Result<BLAS, LibraryMissing> = find()

  /// The library, if there is one.
  package static let shared: BLAS? = try? found.get()

  let library: DynamicLibrary
  /// What the library calls itself, and its file, for people.
  package let description: String
  let single: SingleProduct
  let double: DoubleProduct
  let singleComplex: ComplexProduct
  let doubleComplex: ComplexProduct

  /// What multiplies large matrices on this machine, for people.
  package static var summary: String {
    switch found {
    case .success(let blas): "matrix products by \(blas.description)"
    case .failure(let missing): "matrix products without a library, as \(missing.reason)"
    }
  }

  private static func find() -> Result<BLAS, LibraryMissing> {
    if let path = DynamicLibrary.environment("JACOBI_BLAS") {
      if path == "none" || path.isEmpty { return .failure(LibraryMissing("JACOBI_BLAS is '\(path)'")) }
      let named = named(path)
      // Whoever asked for it is told, once, that it is not used.
      if case .failure(let missing) = named {
        SystemMessages.warn("products of matrices are computed without a library, as \(missing.reason)")
      }
      return named
    }
    #if os(macOS)
      let names = ["/System/Library/Frameworks/Accelerate.framework/Accelerate"]
    #else
      let names = ["libopenblas.so.0", "libopenblas.so"]
    #endif
    chooseKernels()
    guard let library = DynamicLibrary(firstOf: names) else {
      return .failure(LibraryMissing("no \(names[0]) was found"))
    }
    return load(library)
  }

  /// The library that the environment names.
  private static func named(_ path: String) -> Result<BLAS, LibraryMissing> {
    chooseKernels()
    do throws(LibraryMissing) {
      return load(try DynamicLibrary(path)).mapError { LibraryMissing("JACOBI_BLAS is \(path), but \($0.reason)") }
    } catch {
      return .failure(LibraryMissing("JACOBI_BLAS names \(path), which cannot be loaded: \(error.reason)"))
    }
  }

  /// Names the kernels for OpenBLAS, unless the environment does.
  ///
  /// OpenBLAS 0.3.21 takes those for AVX2 on newer processors of AMD, and those for SSE3 on newer ones of Intel: on a
  /// Sapphire Rapids, a product took five times as long.
  private static func chooseKernels() {
    #if arch(x86_64) && !os(macOS)
      let features = ProcessorFeatures.current
      if features.isSuperset(of: ["avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512cd"]) {
        setenv("OPENBLAS_CORETYPE", "SKYLAKEX", 0)
      } else if features.isSuperset(of: ["avx2", "fma"]) {
        setenv("OPENBLAS_CORETYPE", "HASWELL", 0)
      }
    #endif
  }

  private static func load(_ library: DynamicLibrary) -> Result<BLAS, LibraryMissing> {
    guard let single = library.function("cblas_sgemm", as: SingleProduct.self),
      let double = library.function("cblas_dgemm", as: DoubleProduct.self),
      let singleComplex = library.function("cblas_cgemm", as: ComplexProduct.self),
      let doubleComplex = library.function("cblas_zgemm", as: ComplexProduct.self)
    else { return .failure(LibraryMissing("\(library.name) does not have the products of CBLAS")) }
    typealias Configuration = @convention(c) () -> UnsafePointer<CChar>?
    let configuration = library.function("openblas_get_config", as: Configuration.self)?()
      .map { String(cString: $0) }
    let words = configuration?.split(separator: " ") ?? []
    if words.contains("USE64BITINT") {
      return .failure(LibraryMissing("\(library.name) counts in 64 bits, and not in 32"))
    }
    let title = words.count > 1 ? "\(words[0]) \(words[1]) (\(library.name))" : library.name
    return .success(
      BLAS(
        library: library, description: title, single: single, double: double, singleComplex: singleComplex,
        doubleComplex: doubleComplex))
  }

  /// Returns the product of matrices with elements of a type: its name in C, and its address; nothing for integers.
  package func product(_ dtype: DType) -> (name: String, address: UInt)? {
    guard let letter = dtype.routineLetter else { return nil }
    let name = "cblas_\(letter)gemm"
    return library.address(of: name).map { (name, UInt(bitPattern: $0)) }
  }
}

extension DType {
  /// The letter with which names of BLAS and LAPACK begin; nothing for integers.
  var routineLetter: String? {
    switch self {
    case .float32: "s"
    case .float64: "d"
    case .complex64: "c"
    case .complex128: "z"
    case .int32, .int64, .bool: nil
    }
  }
}
