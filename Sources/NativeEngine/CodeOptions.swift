/// What may be chosen about generated code without a change of results beyond rounding. Tests use it: to see each value in
/// memory, and to have even short loops divided among threads.
package struct CodeOptions: Hashable, Sendable {
  /// Whether values are computed where they are read, and several of one space in one loop. Otherwise every tensor is
  /// stored by loops of its own.
  package var isFused = true

  /// Loops of less work, in simple operations on elements, are not divided among threads.
  package var smallestDividedWork = 400_000

  /// So many elements are combined in vectors before they are added to a total, a multiple of 64; about so many are the
  /// work of a thread at a time.
  package var blockSize = 1 << 14

  /// The usual ones.
  package init() {}

  /// Each tensor is stored by loops of its own.
  package static var unfused: CodeOptions {
    var options = CodeOptions()
    options.isFused = false
    return options
  }

  /// All loops that are longer than two vectors are divided among threads.
  package static var divided: CodeOptions {
    var options = CodeOptions()
    options.smallestDividedWork = 0
    options.blockSize = 64
    return options
  }
}
