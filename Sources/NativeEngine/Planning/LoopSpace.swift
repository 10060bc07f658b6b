/// The axes of a space as loops: which of them are made one, where they are cut, and how many places go side by side.
struct LoopSpace {
  /// What an axis becomes.
  enum Axis: Equatable {
    /// Always 0, since it has one index.
    case single
    /// Part of the loop of the next axis that is not folded.
    case folded
    /// A loop over so many indices, cut where other parts of insertions begin and members of a group end.
    case loop(count: Int, cuts: [Int])
  }

  let axes: [Axis]

  /// So many cuts of one axis at most; beyond, the index decides at run time which part of an insertion is read.
  private static var largestCutCount: Int { 12 }

  /// - Parameters:
  ///   - space: the sizes.
  ///   - reduced: for each axis, whether elements are combined along it.
  init(_ space: [Int], reduced: [Bool], _ analysis: AccessAnalysis) {
    var axes = [Axis](repeating: .single, count: space.count)
    var inner: Int?
    for axis in space.indices.reversed() where space[axis] != 1 {
      if let next = inner, case .loop(let count, let cuts) = axes[next], cuts.isEmpty,
        Self.isFoldable(axis, next, count, reduced, analysis)
      {
        axes[next] = .loop(count: count * space[axis], cuts: [])
        axes[axis] = .folded
        continue
      }
      let cuts = analysis.breaks[axis].union(analysis.ends[axis]).filter { $0 > 0 && $0 < space[axis] }
      let isFew = cuts.count <= Self.largestCutCount
      axes[axis] = .loop(count: space[axis], cuts: (isFew ? cuts : analysis.ends[axis]).sorted())
      inner = axis
    }
    self.axes = axes
  }

  /// Whether an axis and the loop inside of it are one walk through memory for every access.
  private static func isFoldable(
    _ axis: Int, _ next: Int, _ count: Int, _ reduced: [Bool], _ analysis: AccessAnalysis
  ) -> Bool {
    if analysis.isSeparate[axis] || analysis.isSeparate[next] || reduced[axis] != reduced[next] { return false }
    return analysis.accesses.allSatisfy { $0.factor(of: axis) == $0.factor(of: next) &* count }
  }

  /// The axes that are loops.
  var loops: [Int] { axes.indices.filter { if case .loop = axes[$0] { true } else { false } } }

  /// The number of indices of an axis that is a loop.
  func count(of axis: Int) -> Int {
    if case .loop(let count, _) = axes[axis] { return count }
    return 1
  }

  /// Where the loop of an axis is cut.
  func cuts(of axis: Int) -> [Int] {
    if case .loop(_, let cuts) = axes[axis] { return cuts }
    return []
  }

  /// The ranges between the cuts of an axis.
  func ranges(of axis: Int) -> [Range<Int>] {
    let bounds = [0] + cuts(of: axis) + [count(of: axis)]
    return zip(bounds, bounds.dropFirst()).map { $0..<$1 }
  }
}
