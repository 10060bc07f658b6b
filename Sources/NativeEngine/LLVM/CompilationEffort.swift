/// How much LLVM optimizes: passes of our own choice.
///
/// The usual ones (`default<O2>`) have a vectorizer of straight-line code that moves loads before stores to the same
/// place (LLVM 15 to 19; `CompiledProgramTests` shows it), and that the pass options do not turn off. What is worth it
/// has been written as vectors already.
package enum CompilationEffort: String, Sendable {
  /// For programs whose code is selected instruction by instruction, as anything else takes minutes.
  case lowest
  /// For large programs of straight-line code.
  case low
  case high

  /// The level of LLVM's code generator.
  var codeGenerationLevel: Int32 {
    switch self {
    case .lowest: 0
    case .low: 1
    case .high: 2
    }
  }

  /// The passes' text, for a version of LLVM.
  func passes(_ version: Int) -> String {
    // From LLVM 18 on the pass stops the process where one round is not enough, unless it is told not to.
    let combine = version >= 18 ? "instcombine<no-verify-fixpoint>" : "instcombine"
    return switch self {
    case .lowest: "cgscc(inline),globaldce"
    case .low: "cgscc(inline),function(sroa,early-cse<memssa>,\(combine),simplifycfg),globaldce"
    case .high:
      "cgscc(inline),function(sroa,early-cse<memssa>,simplifycfg,\(combine),loop(loop-rotate),loop-mssa(licm),"
        + "loop(loop-idiom,indvars,loop-deletion,loop-unroll-full),sroa,gvn,memcpyopt,sccp,\(combine),dse,"
        + "loop-mssa(licm),loop-unroll,adce,simplifycfg,\(combine)),globaldce"
    }
  }
}
