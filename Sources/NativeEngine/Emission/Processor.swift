import Engines
import HostLibraries

/// What the processor and the C library offer to generated code.
struct Processor: Sendable {
  /// The number of float64 that one register holds, from which the number of places side by side follows.
  let width: Int
  /// Whether functions of several numbers at once may have other bits than those of one.
  let usesVectorMath: Bool
  private let vectorLibrary: DynamicLibrary?
  private let hasFeatures: (avx2: Bool, avx512: Bool)

  init(features: Set<String>, vectorMath: VectorMath) {
    let avx512 = features.contains("avx512f") && features.contains("avx512dq")
    let avx2 = features.contains("avx2")
    hasFeatures = (avx2, avx512)
    usesVectorMath = vectorMath != .none
    width = avx512 ? 8 : avx2 ? 4 : 2
    #if os(Linux) && arch(x86_64)
      vectorLibrary = vectorMath == .libmvec ? Self.libmvec : nil
    #else
      vectorLibrary = nil
    #endif
  }

  #if os(Linux) && arch(x86_64)
    /// Opened once: to find a library's file takes longer than to compile a small program.
    private static let libmvec = DynamicLibrary(firstOf: ["libmvec.so.1"])
  #endif

  /// The form of a function of the C library for several numbers at once: of glibc's libmvec, whose results are within 4
  /// units in the last place (glibc manual, "Errors in Math Functions").
  func vectorFunction(_ name: String, _ dtype: DType, _ lanes: Int, _ count: Int) -> (name: String, address: UInt)? {
    guard let vectorLibrary else { return nil }
    // The letters of the x86-64 vector ABI: b for SSE, d for AVX2, e for AVX-512.
    let letter: String? =
      switch lanes * dtype.byteCount {
      case 16: "b"
      case 32: hasFeatures.avx2 ? "d" : nil
      case 64: hasFeatures.avx512 ? "e" : nil
      default: nil
      }
    guard let letter else { return nil }
    let symbol = "_ZGV\(letter)N\(lanes)\(String(repeating: "v", count: count))_\(name)"
    return vectorLibrary.address(of: symbol).map { (symbol, UInt(bitPattern: $0)) }
  }
}
