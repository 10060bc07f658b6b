/// What may be chosen about generated code without a change of results beyond rounding. Tests use it: to see each value in
/// memory, and to have even short loops divided among threads and shared by spaces of different sizes.
package struct CodeOptions: Hashable, Sendable {
  /// Whether values are computed where they are read, and several of one space in one loop. Otherwise every tensor is
  /// stored by loops of its own.
  package var isFused = true

  /// Which spaces that are not the same share loops.
  package var sharing = SpaceSharing.usual

  /// Loops of less work, in simple operations on elements, are not divided among threads.
  package var smallestDividedWork = 400_000

  /// So many elements are combined in vectors before they are added to a total, a multiple of 64; about so many are the
  /// work of a thread at a time.
  package var blockSize = 1 << 14

  /// Where functions of several numbers at once come from; `nil` is what the environment's `JACOBI_VECTOR_MATH` says.
  package var vectorMath: VectorMath?

  /// How much LLVM optimizes; `nil` depends on the length of the code.
  package var effort: CompilationEffort?

  /// The usual ones.
  package init() {}

  /// The usual ones, with functions of several numbers at once from one place.
  package init(vectorMath: VectorMath) { self.vectorMath = vectorMath }

  /// Each tensor is stored by loops of its own.
  package static var unfused: CodeOptions {
    var options = CodeOptions()
    options.isFused = false
    return options
  }

  /// All loops that are longer than two vectors are divided among threads, and all that may share loops do.
  package static var divided: CodeOptions {
    var options = CodeOptions()
    options.smallestDividedWork = 0
    options.blockSize = 64
    options.sharing = .always
    return options
  }

  /// LLVM optimizes as little as for the longest programs.
  package static var quick: CodeOptions {
    var options = CodeOptions()
    options.effort = .lowest
    return options
  }
}
