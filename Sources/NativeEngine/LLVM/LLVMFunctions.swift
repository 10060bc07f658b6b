import HostLibraries

/// The functions of LLVM's C interface that are used, with their types. Their names and types are those of the headers
/// `llvm-c/*.h`, which are the same from LLVM 15 to 22.
struct LLVMFunctions: Sendable {
  typealias Reference = OpaquePointer
  typealias Text = UnsafePointer<CChar>
  typealias OwnedText = UnsafeMutablePointer<CChar>
  typealias Output<T> = UnsafeMutablePointer<T>

  /// A symbol's name and where it is, for ``absoluteSymbols``.
  struct SymbolPair {
    var name: Reference?
    var address: UInt64
    var genericFlags: UInt8
    var targetFlags: UInt8
  }

  // Core.h, IRReader.h, Support.h
  typealias GetVersion = @convention(c) @Sendable (Output<UInt32>, Output<UInt32>, Output<UInt32>) -> Void
  let getVersion: GetVersion?
  let contextCreate: @convention(c) @Sendable () -> Reference?
  let contextDispose: @convention(c) @Sendable (Reference?) -> Void
  let createMemoryBuffer: @convention(c) @Sendable (UnsafeRawPointer?, Int, Text) -> Reference?
  let disposeMemoryBuffer: @convention(c) @Sendable (Reference?) -> Void
  let bufferStart: @convention(c) @Sendable (Reference?) -> UnsafeRawPointer?
  let bufferSize: @convention(c) @Sendable (Reference?) -> Int
  let parseIR: @convention(c) @Sendable (Reference?, Reference?, Output<Reference?>, Output<OwnedText?>) -> Int32
  let disposeModule: @convention(c) @Sendable (Reference?) -> Void
  let printModule: @convention(c) @Sendable (Reference?) -> OwnedText?
  let namedGlobal: @convention(c) @Sendable (Reference?, Text) -> Reference?
  let deleteGlobal: @convention(c) @Sendable (Reference?) -> Void
  let setTarget: @convention(c) @Sendable (Reference?, Text?) -> Void
  let disposeMessage: @convention(c) @Sendable (OwnedText?) -> Void

  // Target.h, TargetMachine.h
  let defaultTriple: @convention(c) @Sendable () -> OwnedText?
  let targetFromTriple: @convention(c) @Sendable (Text?, Output<Reference?>, Output<OwnedText?>) -> Int32
  let hostCPU: @convention(c) @Sendable () -> OwnedText?
  let hostFeatures: @convention(c) @Sendable () -> OwnedText?
  let createTargetMachine: @convention(c) @Sendable (Reference?, Text?, Text?, Text?, Int32, Int32, Int32) -> Reference?
  let disposeTargetMachine: @convention(c) @Sendable (Reference?) -> Void
  let createDataLayout: @convention(c) @Sendable (Reference?) -> Reference?
  let setDataLayout: @convention(c) @Sendable (Reference?, Reference?) -> Void
  let disposeDataLayout: @convention(c) @Sendable (Reference?) -> Void
  let emitToMemory:
    @convention(c) @Sendable (Reference?, Reference?, Int32, Output<OwnedText?>, Output<Reference?>) -> Int32

  // Analysis.h
  let verifyModule: @convention(c) @Sendable (Reference?, Int32, Output<OwnedText?>) -> Int32

  // Transforms/PassBuilder.h, Error.h
  let runPasses: @convention(c) @Sendable (Reference?, Text, Reference?, Reference?) -> Reference?
  let createPassOptions: @convention(c) @Sendable () -> Reference?
  let disposePassOptions: @convention(c) @Sendable (Reference?) -> Void
  let errorMessage: @convention(c) @Sendable (Reference?) -> OwnedText?
  let disposeErrorMessage: @convention(c) @Sendable (OwnedText?) -> Void

  // Orc.h, LLJIT.h
  let createJIT: @convention(c) @Sendable (Output<Reference?>, Reference?) -> Reference?
  let mainLibrary: @convention(c) @Sendable (Reference?) -> Reference?
  let globalPrefix: @convention(c) @Sendable (Reference?) -> CChar
  let processSymbols:
    @convention(c) @Sendable (
      Output<Reference?>, CChar, UnsafeRawPointer?, UnsafeMutableRawPointer?
    ) -> Reference?
  let addGenerator: @convention(c) @Sendable (Reference?, Reference?) -> Void
  let mangleAndIntern: @convention(c) @Sendable (Reference?, Text) -> Reference?
  let absoluteSymbols: @convention(c) @Sendable (UnsafeMutableRawPointer?, Int) -> Reference?
  let define: @convention(c) @Sendable (Reference?, Reference?) -> Reference?
  let createTracker: @convention(c) @Sendable (Reference?) -> Reference?
  let removeTracked: @convention(c) @Sendable (Reference?) -> Reference?
  let releaseTracker: @convention(c) @Sendable (Reference?) -> Void
  let addObject: @convention(c) @Sendable (Reference?, Reference?, Reference?) -> Reference?
  let lookup: @convention(c) @Sendable (Reference?, Output<UInt64>, Text) -> Reference?

  /// The functions of a library.
  ///
  /// - Throws: an error that names a function that is missing.
  init(_ library: DynamicLibrary) throws(LibraryMissing) {
    func find<Function>(_ name: String) throws(LibraryMissing) -> Function {
      guard let address = library.address(of: name) else {
        throw LibraryMissing("\(library.name) has no function \(name)")
      }
      return unsafeBitCast(address, to: Function.self)
    }
    // Later than the others.
    getVersion = library.address(of: "LLVMGetVersion").map { unsafeBitCast($0, to: GetVersion.self) }
    contextCreate = try find("LLVMContextCreate")
    contextDispose = try find("LLVMContextDispose")
    createMemoryBuffer = try find("LLVMCreateMemoryBufferWithMemoryRangeCopy")
    disposeMemoryBuffer = try find("LLVMDisposeMemoryBuffer")
    bufferStart = try find("LLVMGetBufferStart")
    bufferSize = try find("LLVMGetBufferSize")
    parseIR = try find("LLVMParseIRInContext")
    disposeModule = try find("LLVMDisposeModule")
    printModule = try find("LLVMPrintModuleToString")
    namedGlobal = try find("LLVMGetNamedGlobal")
    deleteGlobal = try find("LLVMDeleteGlobal")
    setTarget = try find("LLVMSetTarget")
    disposeMessage = try find("LLVMDisposeMessage")
    defaultTriple = try find("LLVMGetDefaultTargetTriple")
    targetFromTriple = try find("LLVMGetTargetFromTriple")
    hostCPU = try find("LLVMGetHostCPUName")
    hostFeatures = try find("LLVMGetHostCPUFeatures")
    createTargetMachine = try find("LLVMCreateTargetMachine")
    disposeTargetMachine = try find("LLVMDisposeTargetMachine")
    createDataLayout = try find("LLVMCreateTargetDataLayout")
    setDataLayout = try find("LLVMSetModuleDataLayout")
    disposeDataLayout = try find("LLVMDisposeTargetData")
    emitToMemory = try find("LLVMTargetMachineEmitToMemoryBuffer")
    verifyModule = try find("LLVMVerifyModule")
    runPasses = try find("LLVMRunPasses")
    createPassOptions = try find("LLVMCreatePassBuilderOptions")
    disposePassOptions = try find("LLVMDisposePassBuilderOptions")
    errorMessage = try find("LLVMGetErrorMessage")
    disposeErrorMessage = try find("LLVMDisposeErrorMessage")
    createJIT = try find("LLVMOrcCreateLLJIT")
    mainLibrary = try find("LLVMOrcLLJITGetMainJITDylib")
    globalPrefix = try find("LLVMOrcLLJITGetGlobalPrefix")
    processSymbols = try find("LLVMOrcCreateDynamicLibrarySearchGeneratorForProcess")
    addGenerator = try find("LLVMOrcJITDylibAddGenerator")
    mangleAndIntern = try find("LLVMOrcLLJITMangleAndIntern")
    absoluteSymbols = try find("LLVMOrcAbsoluteSymbols")
    define = try find("LLVMOrcJITDylibDefine")
    createTracker = try find("LLVMOrcJITDylibCreateResourceTracker")
    removeTracked = try find("LLVMOrcResourceTrackerRemove")
    releaseTracker = try find("LLVMOrcReleaseResourceTracker")
    addObject = try find("LLVMOrcLLJITAddObjectFileWithRT")
    lookup = try find("LLVMOrcLLJITLookup")
  }
}
