import Engines

// Elements in rows that are shorter than a vector: several rows side by side, each column written out.

extension GroupEmitter {
  private static var costOfLongRows: Int { 15 }

  /// The axis of such rows; nothing where lines are as they are.
  var shortRow: Int? {
    let axes = space.loops
    guard lanes > 1, axes.count > 1, group.reducedAxes == nil else { return nil }
    let (outer, inner) = (axes[axes.count - 2], axes[axes.count - 1])
    // Elements of longer rows are loaded one by one, which pays where much is computed of each.
    let longest = analysis.cost < Self.costOfLongRows ? LoopEmitter.longestLoadedRow : lanes - 1
    guard (2...max(longest, 2)).contains(space.count(of: inner)), space.count(of: outer) >= lanes,
      canHaveLanes(outer), canHaveLanes(inner),
      analysis.accesses.allSatisfy({ (0...max(longest, 2)).contains($0.factor(of: outer)) })
    else { return nil }
    return inner
  }

  /// The axes of loops in which lines are written, the innermost one last: all but that of short rows.
  var lineAxes: [Int] { shortRow == nil ? space.loops : space.loops.dropLast() }

  /// Writes each member at the place that is computed, or at all places of a short row there.
  func writeColumns(lanes: Int, _ combine: (Int, ScalarCode) -> Void) {
    guard let row = shortRow else { return writeMembers(combine) }
    let count = space.count(of: row)
    loops.beginRows(of: lanes > 1 ? count : 1)
    for column in 0..<count {
      loops.set(row, .fixed(column), lanes: lanes)
      writeMembers(combine)
    }
    loops.endRows()
  }
}
