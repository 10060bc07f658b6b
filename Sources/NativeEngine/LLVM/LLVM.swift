import Engines
import HostLibraries

/// LLVM, found at run time: it turns the text of a module into machine code in this process.
///
/// `@unchecked Sendable`, as the compiler cannot judge pointers: these are set in the initializer; each compilation makes
/// its own context and code generator, LLVM's linker locks what it changes, and the list of defined symbols has a lock.
final class LLVM: @unchecked Sendable {
  /// Which versions are known to work.
  static let versions = 15...22

  /// LLVM, or what is missing.
  static let shared: Result<LLVM, LibraryMissing> = find()

  let functions: LLVMFunctions
  /// The version and the processor, for people.
  let description: String
  /// The version's first number.
  let version: Int
  /// The processor's features, such as `avx512f`.
  let features: Set<String>
  private let target: OpaquePointer
  private let triple: String
  private let processor: String
  private let featureText: String
  private let jit: OpaquePointer
  private let library: OpaquePointer
  private let defined = Lock<Set<String>>([])

  private static func find() -> Result<LLVM, LibraryMissing> {
    if let path = DynamicLibrary.environment("JACOBI_LLVM") {
      if path == "none" || path.isEmpty { return .failure(LibraryMissing("JACOBI_LLVM is '\(path)'")) }
      do throws(LibraryMissing) {
        return load(try DynamicLibrary(path))
      } catch {
        return .failure(LibraryMissing("JACOBI_LLVM names \(path), which cannot be loaded: \(error.reason)"))
      }
    }
    // What was found, and why it cannot be used.
    var problems: [String] = []
    for name in versions.reversed().flatMap(candidates) {
      do throws(LibraryMissing) {
        let library = try DynamicLibrary(name)
        switch load(library) {
        case .success(let llvm): return .success(llvm)
        case .failure(let missing): problems.append(missing.reason)
        }
      } catch {
        if let path = LibraryFile.find(name) { problems.append("\(path) cannot be loaded: \(error.reason)") }
      }
    }
    let older = olderVersions.reversed().flatMap(candidates).compactMap { LibraryFile.find($0) }
    problems += older.prefix(1).map { "\($0) is too old" }
    let range = "no library of LLVM \(versions.lowerBound) to \(versions.upperBound)"
    return .failure(
      LibraryMissing(
        problems.isEmpty
          ? "\(range) was found" : "\(range) was found that can be used: \(problems.joined(separator: "; "))"))
  }

  /// Versions that may be installed, and whose code is written in another way.
  private static let olderVersions = 11...14

  /// The names that systems have for a version's library.
  private static func candidates(_ version: Int) -> [String] {
    #if os(macOS)
      ["/opt/homebrew", "/usr/local"].flatMap { prefix in
        ["\(prefix)/opt/llvm@\(version)/lib/libLLVM.dylib"]
          + (version == versions.upperBound ? ["\(prefix)/opt/llvm/lib/libLLVM.dylib"] : [])
      }
    #else
      ["libLLVM.so.\(version).1", "libLLVM-\(version).so.1", "libLLVM-\(version).so"]
    #endif
  }

  private static func load(_ library: DynamicLibrary) -> Result<LLVM, LibraryMissing> {
    // Version 15 is the first with pointers that do not say what they point to, which generated code has.
    guard library.address(of: "LLVMContextCreate") != nil else {
      return .failure(LibraryMissing("\(library.name) is no library of LLVM"))
    }
    guard library.address(of: "LLVMPointerTypeInContext") != nil else {
      return .failure(
        LibraryMissing(
          "\(library.name) is a version of LLVM before \(versions.lowerBound), which is too old; "
            + "versions \(versions.lowerBound) to \(versions.upperBound) are used"))
    }
    let functions: LLVMFunctions
    do throws(LibraryMissing) { functions = try LLVMFunctions(library) } catch { return .failure(error) }
    #if arch(x86_64)
      let architecture = "X86"
    #elseif arch(arm64)
      let architecture = "AArch64"
    #else
      return .failure(LibraryMissing("this processor is neither x86-64 nor arm64"))
    #endif
    for part in ["TargetInfo", "Target", "TargetMC", "AsmPrinter"] {
      guard let address = library.address(of: "LLVMInitialize\(architecture)\(part)") else {
        return .failure(LibraryMissing("\(library.name) cannot generate code for this processor"))
      }
      unsafeBitCast(address, to: (@convention(c) () -> Void).self)()
    }
    do throws(TensorError) {
      return .success(try LLVM(functions, library.name))
    } catch {
      return .failure(LibraryMissing("\(library.name): \(error.message)"))
    }
  }

  private init(_ functions: LLVMFunctions, _ name: String) throws(TensorError) {
    self.functions = functions
    func owned(_ text: UnsafeMutablePointer<CChar>?) -> String {
      defer { functions.disposeMessage(text) }
      return text.map { String(cString: $0) } ?? ""
    }
    triple = owned(functions.defaultTriple())
    processor = owned(functions.hostCPU())
    featureText = owned(functions.hostFeatures())
    features = Set(featureText.split(separator: ",").filter { $0.hasPrefix("+") }.map { String($0.dropFirst()) })
    var target: OpaquePointer?
    var message: UnsafeMutablePointer<CChar>?
    guard functions.targetFromTriple(triple, &target, &message) == 0, let target else {
      throw LLVM.failure(owned(message))
    }
    self.target = target
    var jit: OpaquePointer?
    if let error = functions.createJIT(&jit, nil) { throw LLVM.failure(LLVM.text(of: error, functions)) }
    guard let jit, let library = functions.mainLibrary(jit) else { throw LLVM.failure("no linker") }
    self.jit = jit
    self.library = library
    var generator: OpaquePointer?
    if let error = functions.processSymbols(&generator, functions.globalPrefix(jit), nil, nil) {
      throw LLVM.failure(LLVM.text(of: error, functions))
    }
    functions.addGenerator(library, generator)
    var (major, minor, patch): (UInt32, UInt32, UInt32) = (0, 0, 0)
    functions.getVersion?(&major, &minor, &patch)
    // LLVM 15 does not say.
    version = functions.getVersion == nil ? 15 : Int(major)
    let title = functions.getVersion == nil ? "LLVM (\(name))" : "LLVM \(major).\(minor).\(patch)"
    description = "\(title) for \(processor)"
  }

  /// The error of something that LLVM refused, which is a mistake of this engine.
  static func failure(_ message: String) -> TensorError {
    TensorError(.compilation, "native engine", message, hint: "this is a mistake in Jacobi; please report it")
  }

  static func text(of error: OpaquePointer, _ functions: LLVMFunctions) -> String {
    let text = functions.errorMessage(error)
    defer { functions.disposeErrorMessage(text) }
    return text.map { String(cString: $0) } ?? ""
  }
}

// MARK: - Compilation

extension LLVM {
  /// The optimized text of a module and its object code.
  struct Output {
    var object: OpaquePointer
    var text: String?
  }

  /// Makes object code from the text of a module.
  ///
  /// - Parameter keepsText: whether the text of the optimized module is wanted.
  func compile(_ text: String, effort: CompilationEffort, keepsText: Bool = false) throws(TensorError) -> Output {
    let functions = functions
    func owned(_ text: UnsafeMutablePointer<CChar>?) -> String {
      defer { functions.disposeMessage(text) }
      return text.map { String(cString: $0) } ?? ""
    }
    let context = functions.contextCreate()
    defer { functions.contextDispose(context) }
    var text = text
    let buffer = text.withUTF8 { functions.createMemoryBuffer($0.baseAddress, $0.count, "jacobi") }
    var module: OpaquePointer?
    var message: UnsafeMutablePointer<CChar>?
    guard functions.parseIR(context, buffer, &module, &message) == 0, let module else {
      throw LLVM.failure(owned(message))
    }
    defer { functions.disposeModule(module) }
    #if DEBUG
      // The parser accepts a value that is used before it is computed; the passes crash on it. 2: return the status.
      guard functions.verifyModule(module, 2, &message) == 0 else { throw LLVM.failure(owned(message)) }
      functions.disposeMessage(message)
    #endif
    // Position-independent code; the default code model.
    let level = effort.codeGenerationLevel
    guard let machine = functions.createTargetMachine(target, triple, processor, featureText, level, 2, 0) else {
      throw LLVM.failure("no code generator for \(triple)")
    }
    defer { functions.disposeTargetMachine(machine) }
    functions.setTarget(module, triple)
    let layout = functions.createDataLayout(machine)
    functions.setDataLayout(module, layout)
    functions.disposeDataLayout(layout)
    let options = functions.createPassOptions()
    defer { functions.disposePassOptions(options) }
    let passes = ([effort.passes(version)] + (Sanitizer.current.map { [$0.passes] } ?? [])).joined(separator: ",")
    if let error = functions.runPasses(module, passes, machine, options) {
      throw LLVM.failure(LLVM.text(of: error, functions))
    }
    // What sanitizers do at the start of a module has been done by this process.
    if Sanitizer.current != nil, let starters = functions.namedGlobal(module, "llvm.global_ctors") {
      functions.deleteGlobal(starters)
    }
    let optimized = keepsText ? owned(functions.printModule(module)) : nil
    var object: OpaquePointer?
    // 1: an object file.
    guard functions.emitToMemory(machine, module, 1, &message, &object) == 0, let object else {
      throw LLVM.failure(owned(message))
    }
    return Output(object: object, text: optimized)
  }

  /// Links object code into this process.
  ///
  /// - Parameters:
  ///   - object: object code, which is taken over.
  ///   - entry: the name of the function that is looked up.
  ///   - symbols: functions that the code calls, by name, beside those of the C library.
  func link(
    _ object: OpaquePointer, entry: String, symbols: [String: UInt]
  ) throws(TensorError) -> LinkedCode {
    do throws(TensorError) { try define(symbols) } catch {
      functions.disposeMemoryBuffer(object)
      throw error
    }
    let tracker = functions.createTracker(library)
    if let error = functions.addObject(jit, tracker, object) {
      functions.releaseTracker(tracker)
      throw LLVM.failure(LLVM.text(of: error, functions))
    }
    var address: UInt64 = 0
    if let error = functions.lookup(jit, &address, entry) {
      _ = functions.removeTracked(tracker)
      functions.releaseTracker(tracker)
      throw LLVM.failure(LLVM.text(of: error, functions))
    }
    return LinkedCode(self, tracker: tracker, address: UInt(address))
  }

  private func define(_ symbols: [String: UInt]) throws(TensorError) {
    try defined.withLock { (defined) throws(TensorError) in
      let new = symbols.filter { !defined.contains($0.key) }
      if new.isEmpty { return }
      var pairs = new.map { name, address in
        // Exported and callable.
        LLVMFunctions.SymbolPair(
          name: functions.mangleAndIntern(jit, name), address: UInt64(address), genericFlags: 1 | 4, targetFlags: 0)
      }
      let unit = pairs.withUnsafeMutableBytes { functions.absoluteSymbols($0.baseAddress, new.count) }
      if let error = functions.define(library, unit) { throw LLVM.failure(LLVM.text(of: error, functions)) }
      defined.formUnion(new.keys)
    }
  }

  fileprivate func remove(_ tracker: OpaquePointer?) {
    if let error = functions.removeTracked(tracker) { _ = LLVM.text(of: error, functions) }
    functions.releaseTracker(tracker)
  }
}

/// Machine code in this process, which goes when nothing refers to it any more.
///
/// `@unchecked Sendable`, as the compiler cannot judge pointers: the tracker is used only when nothing refers to this any
/// more, and the code has no state; what a call writes belongs to that call.
final class LinkedCode: @unchecked Sendable {
  private let llvm: LLVM
  private let tracker: OpaquePointer?
  /// Where the entry is.
  let address: UInt

  fileprivate init(_ llvm: LLVM, tracker: OpaquePointer?, address: UInt) {
    self.llvm = llvm
    self.tracker = tracker
    self.address = address
  }

  deinit { llvm.remove(tracker) }
}
