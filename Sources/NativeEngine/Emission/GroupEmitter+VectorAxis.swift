import Engines

// Which axis the lanes of vectors are.
//
// Places are stored along the innermost axis; along the one before it where rows are so short that they are written out,
// with what they read and store loaded and stored as a whole. Results that are combined from elements have three forms, of
// which the first that is possible is taken:
//
// 1. Side by side along the innermost axis of the results, where all accesses are contiguous along it or the same.
// 2. Side by side along the innermost axis of the results that fills a vector, where each result combines fewer elements
//    than one step of vectors along the row takes, and rows are so short that they are loaded as a whole. The lanes would
//    be empty otherwise. With longer rows, as of batches of matrices, elements would be loaded one by one, which takes
//    longer than the same in single numbers.
// 3. One after the other, with vectors along the innermost axis that is combined.

extension GroupEmitter {
  /// The axis along which places are computed side by side: the innermost one of the lines, unless its accesses are not of
  /// that kind.
  var vectorAxis: Int? {
    if shortRow != nil { return lineAxes.last }
    guard let axis = space.loops.last, space.count(of: axis) >= lanes, canHaveLanes(axis) else { return nil }
    return axis
  }

  /// The axis along which results are combined side by side, and the one along which elements are combined in vectors.
  var rowAxes: (sideBySide: Int?, summed: Int?) {
    let summed = space.loops.filter { reduced[$0] }
    let row = summed.last.flatMap { isRegular($0) ? $0 : nil }
    return (resultAxis(space.loops.filter { !reduced[$0] }, summed, isAlongRows: row != nil), row)
  }

  /// The axis along which results are combined side by side; nothing where each is combined along its own vectors.
  ///
  /// - Parameter isAlongRows: whether elements can be combined along vectors.
  private func resultAxis(_ kept: [Int], _ summed: [Int], isAlongRows: Bool) -> Int? {
    if let axis = kept.last, isRegular(axis), !isAlongRows || space.count(of: axis) >= 2 * lanes { return axis }
    let terms = summed.reduce(1) { $0 * space.count(of: $1) }
    if terms >= lanes * Self.accumulatorCount { return nil }
    return kept.last { axis in
      canHaveLanes(axis) && space.count(of: axis) >= lanes
        && analysis.accesses.allSatisfy { (0...LoopEmitter.longestLoadedRow).contains($0.factor(of: axis)) }
    }
  }

  /// Whether all accesses walk through memory element by element along an axis, or do not depend on it.
  func isRegular(_ axis: Int) -> Bool {
    canHaveLanes(axis) && space.count(of: axis) >= lanes
      && analysis.accesses.allSatisfy { (0...1).contains($0.factor(of: axis)) }
  }

  func canHaveLanes(_ axis: Int) -> Bool {
    let (cuts, size) = (space.cuts(of: axis), group.space[axis])
    return !analysis.isGuarded[axis] && !analysis.hasDynamicGuard
      && analysis.breaks[axis].allSatisfy { $0 <= 0 || $0 >= size || cuts.contains($0) }
  }
}
