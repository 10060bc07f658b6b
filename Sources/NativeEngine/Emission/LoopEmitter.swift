import Engines

/// Writes what is computed at one place of a space, or at several side by side: values that are not in memory are computed
/// where they are read.
final class LoopEmitter {
  /// What the index of an axis is, where code is being written.
  enum Index {
    /// A number.
    case fixed(Int)
    /// A value in the code, within a range.
    case variable(String, Range<Int>)
    /// Consecutive indices side by side, from a value in the code on; within a range.
    case lanes(String, Range<Int>)
    /// Nothing: the next axis's loop is that of both.
    case folded
  }

  let unit: UnitEmitter
  let function: FunctionEmitter
  /// Whether a value of the graph is computed in these loops.
  private let isInline: (Int) -> Bool
  /// Longer rows are not loaded as a whole: to pick from many registers takes longer than to load one by one.
  static var longestLoadedRow: Int { 4 }
  private(set) var axes: [Index]
  private var laneCount = 1
  private var memory: [[Visit: ScalarCode]] = [[:]]
  /// What is to be stored of short rows, column by column.
  private var rows = ShortRows()

  private struct Visit: Hashable {
    var value: Int
    var places: [AffineIndex]
  }

  init(_ unit: UnitEmitter, rank: Int, isInline: @escaping (Int) -> Bool) {
    self.unit = unit
    function = unit.function
    self.isInline = isInline
    axes = [Index](repeating: .fixed(0), count: rank)
  }

  private var graph: Graph { unit.graph }

  /// Sets what the index of an axis is. Code that has been written holds no longer.
  func set(_ axis: Int, _ index: Index, lanes: Int = 1) {
    axes[axis] = index
    laneCount = axes.contains { if case .lanes = $0 { true } else { false } } ? lanes : 1
    memory = [[:]]
  }

  /// Whether what is computed lies in a part of the space, from its first place on; axes are cut where it ends.
  func isInside(_ part: [Int], of space: [Int]) -> Bool {
    axes.indices.allSatisfy { axis in
      // Of axes that are one with others the part has all.
      if part[axis] == space[axis] { return true }
      switch axes[axis] {
      case .fixed(let index): return index < part[axis]
      case .variable(_, let range), .lanes(_, let range): return range.upperBound <= part[axis]
      case .folded: return false
      }
    }
  }

  /// How many places are computed side by side.
  var lanes: Int { laneCount }

  /// The place that is computed.
  var here: [AffineIndex] {
    axes.indices.map { axis in
      if case .fixed(let index) = axes[axis] { return AffineIndex(index) }
      return AffineIndex(axis: axis)
    }
  }
}

// MARK: - Values

extension LoopEmitter {
  /// The element of a value at a place.
  func value(_ value: Int, at places: [AffineIndex]) -> ScalarCode {
    let type = graph.values[value].type
    if type.shape.isScalar { return unit.scalar(value) }
    let visit = Visit(value: value, places: places)
    for scope in memory.reversed() { if let known = scope[visit] { return known } }
    let code = isInline(value) ? computed(value, at: places) : loaded(value, type, at: places)
    memory[memory.count - 1][visit] = code
    return code
  }

  /// The element of a value at a place, computed.
  func computed(_ value: Int, at places: [AffineIndex]) -> ScalarCode {
    guard case .pure(let lowering, let operands) = graph.values[value].origin else {
      return loaded(value, graph.values[value].type, at: places)
    }
    let dtype = graph.values[value].type.dtype
    switch lowering {
    case .elementwise(let expression):
      return function.emit(expression, operands.map { self.value($0, at: places) }, result: dtype) {
        index(places[$0])
      }
    case .view(let maps): return self.value(operands[0], at: maps.map { places.mapped($0) })
    case .insertion(let insertion): return inserted(insertion, operands, dtype, at: places)
    case .gather(let axis, let batchRank):
      let shape = graph.values[operands[0]].type.shape
      let parts = GatherIndices(places, axis: axis, batchRank: batchRank, graph.values[operands[1]].type.shape.rank)
      let index = checkedIndex(self.value(operands[1], at: parts.indices), size: shape[axis])
      // An empty tensor has no place to read instead.
      if shape[axis] == 0 { return function.constant(0, dtype) }
      return self.value(operands[0], at: parts.own(place(of: index)))
    case .linearIndices(let sizes):
      var total = function.constant(0, .int64)
      for (size, operand) in zip(sizes, operands) {
        let index = checkedIndex(self.value(operand, at: places), size: size)
        total = function.binary(
          .add, function.binary(.multiply, total, function.constant(Double(size), .int64)), index)
      }
      return total
    // One element, or the memory would be shared.
    case .reshape:
      return self.value(operands[0], at: graph.values[operands[0]].type.shape.dimensions.map { _ in AffineIndex(0) })
    // Of numbers: there is nothing to loop over.
    case .reduction: return self.value(operands[0], at: places)
    case .contraction: return unit.finished(unit.term(of: value, at: places, self), of: value)
    default: preconditionFailure("values of this kind are not computed where they are read")
    }
  }

  /// The index that a place is, for as many places as are computed.
  private func index(_ place: AffineIndex) -> ScalarCode {
    let (lanes, stride) = (lanes, laneStride(place))
    func alone(_ lane: Int) -> ScalarCode { ScalarCode(.int64, [offset(place, lane: lane)], lanes: 1) }
    if place.dynamics.contains(where: { $0.lanes > 1 }) { return function.gathered((0..<lanes).map(alone)) }
    if lanes == 1 || stride == 0 { return alone(0) }
    let steps = (0..<lanes).map { "i64 \($0 * stride)" }.joined(separator: ", ")
    return function.binary(.add, alone(0), ScalarCode(.int64, ["<\(steps)>"], lanes: lanes))
  }

  /// The place that an index names; one outside is a failure.
  private func checkedIndex(_ index: ScalarCode, size: Int) -> ScalarCode {
    let (place, isInside) = function.place(ofIndex: index, size: size)
    function.fail(where: function.unary(.not, isInside).parts[0], lanes: isInside.lanes)
    return place
  }

  private func place(of index: ScalarCode) -> AffineIndex {
    var place = AffineIndex(0)
    place.dynamics = [AffineIndex.Dynamic(name: index.parts[0], lanes: index.lanes, factor: 1)]
    return place
  }
}

// MARK: - Insertions

extension LoopEmitter {
  private func inserted(_ insertion: Insertion, _ operands: [Int], _ dtype: DType, at places: [AffineIndex])
    -> ScalarCode
  {
    let parts = insertion.hasBase ? operands.dropFirst() : operands[...]
    return part(0, of: insertion, Array(parts), base: insertion.hasBase ? operands[0] : nil, dtype, at: places)
  }

  /// The element from a part or from one of the later ones, or what fills the rest.
  private func part(
    _ number: Int, of insertion: Insertion, _ operands: [Int], base: Int?, _ dtype: DType, at places: [AffineIndex]
  ) -> ScalarCode {
    guard number < operands.count else {
      return base.map { value($0, at: places) } ?? function.constant(0, dtype)
    }
    var own: [AffineIndex] = []
    var conditions: [String] = []
    for (region, place) in zip(insertion.parts[number], places) {
      switch position(of: place, in: region) {
      case .outside: return part(number + 1, of: insertion, operands, base: base, dtype, at: places)
      case .inside(let place): if region.isAxis { own.append(place) }
      case .perhaps(let condition, let place):
        conditions.append(condition)
        if region.isAxis { own.append(place) }
      }
    }
    guard let first = conditions.first else { return value(operands[number], at: own) }
    let condition = conditions.dropFirst().reduce(first) { function.add("and i1 \($0), \($1)") }
    return chosen(
      condition, dtype, { value(operands[number], at: own) },
      { part(number + 1, of: insertion, operands, base: base, dtype, at: places) })
  }

  private enum Position {
    case inside(AffineIndex)
    case outside
    case perhaps(String, AffineIndex)
  }

  /// Where a place lies in a region of an axis.
  private func position(of place: AffineIndex, in region: Insertion.Region) -> Position {
    if region.count == 0 { return .outside }
    if abs(region.step) == 1 {
      let own = place.mapped(start: -region.start * region.step, step: region.step)
      if let range = bounds(of: own) {
        if range.lowerBound >= 0 && range.upperBound <= region.count { return .inside(own) }
        if range.upperBound <= 0 || range.lowerBound >= region.count { return .outside }
      }
      let index = offset(own)
      return .perhaps(function.add("icmp ult i64 \(index), \(region.count)"), own)
    }
    if let range = bounds(of: place), range.count == 1 {
      let (index, rest) = (range.lowerBound - region.start).quotientAndRemainder(dividingBy: region.step)
      return rest == 0 && (0..<region.count).contains(index) ? .inside(AffineIndex(index)) : .outside
    }
    let distance = function.add("sub i64 \(offset(place)), \(region.start)")
    let index = function.add("sdiv i64 \(distance), \(region.step)")
    let back = function.add("mul i64 \(index), \(region.step)")
    let isWhole = function.add("icmp eq i64 \(back), \(distance)")
    let isInside = function.add("icmp ult i64 \(index), \(region.count)")
    var own = AffineIndex(0)
    own.dynamics = [AffineIndex.Dynamic(name: index, lanes: 1, factor: 1)]
    return .perhaps(function.add("and i1 \(isWhole), \(isInside)"), own)
  }

  /// The values that a place can have, where that is known.
  private func bounds(of place: AffineIndex) -> Range<Int>? {
    if !place.dynamics.isEmpty { return nil }
    var (low, high) = (place.constant, place.constant)
    for term in place.terms {
      let range: Range<Int>
      switch axes[term.axis] {
      case .fixed(let index): range = index..<(index + 1)
      case .variable(_, let known), .lanes(_, let known): range = known
      case .folded: return nil
      }
      if range.isEmpty { return nil }
      let (first, last) = (term.factor * range.lowerBound, term.factor * (range.upperBound - 1))
      low += min(first, last)
      high += max(first, last)
    }
    return low..<(high + 1)
  }

  /// One of two values, of which only one is computed.
  private func chosen(
    _ condition: String, _ dtype: DType, _ yes: () -> ScalarCode, _ no: () -> ScalarCode
  ) -> ScalarCode {
    let lanes = lanes
    let slots = (0..<dtype.partCount).map { _ in
      function.text.frame(laneType(dtype.register, lanes), alignment: 64)
    }
    let (first, second, after) = (
      function.text.label("inside"), function.text.label("outside"), function.text.label("after")
    )
    func write(_ value: () -> ScalarCode) {
      memory.append([:])
      let code = function.spread(value(), to: lanes)
      memory.removeLast()
      for (slot, part) in zip(slots, code.parts) {
        function.run("store \(laneType(dtype.register, lanes)) \(part), ptr \(slot), align 8")
      }
      function.text.jump(to: after)
    }
    function.text.branch(condition, first, second)
    function.text.begin(first)
    write(yes)
    function.text.begin(second)
    write(no)
    function.text.begin(after)
    let parts = slots.map { function.add("load \(laneType(dtype.register, lanes)), ptr \($0), align 8") }
    return ScalarCode(dtype, parts, lanes: lanes)
  }
}

// MARK: - Memory

extension LoopEmitter {
  /// The element of a value in memory.
  private func loaded(_ value: Int, _ type: TensorType, at places: [AffineIndex]) -> ScalarCode {
    let base = unit.pointer(value)
    let place = linear(places, type.shape)
    let stride = lanes == 1 ? 0 : laneStride(place)
    if let code = interleaved(type, base, place, stride) { return code }
    let isScattered = place.dynamics.contains { $0.lanes > 1 } || (stride != 0 && stride != 1)
    if lanes > 1 && isScattered {
      return function.gathered(
        (0..<lanes).map { lane in
          function.load(type.dtype, at: function.address(base, offset(place, lane: lane), type.dtype))
        })
    }
    let address = function.address(base, offset(place), type.dtype)
    return function.load(type.dtype, at: address, lanes: stride == 1 ? lanes : 1)
  }

  /// Elements side by side of short rows, picked from all elements of these rows, which are loaded together: what else is
  /// read of the rows then costs no further load. Nothing where elements are not of that kind.
  private func interleaved(_ type: TensorType, _ base: String, _ place: AffineIndex, _ stride: Int) -> ScalarCode? {
    guard lanes > 1, (2...Self.longestLoadedRow).contains(stride), !type.dtype.isComplex, place.dynamics.isEmpty,
      type.shape.count % stride == 0
    else { return nil }
    // From the beginning of a row on, so that nothing behind the tensor is read.
    var first = place
    for term in place.terms {
      if case .fixed(let index) = axes[term.axis] {
        first.constant += term.factor * index
      } else if case .folded = axes[term.axis] {
        continue
      } else if term.factor % stride != 0 {
        return nil
      }
    }
    first.terms.removeAll { if case .fixed = axes[$0.axis] { true } else { false } }
    let column = first.constant % stride
    if column < 0 { return nil }
    first.constant -= column
    let rows = function.load(
      type.dtype, at: function.address(base, offset(first), type.dtype), lanes: lanes * stride)
    return function.picked(rows, from: column, step: stride, count: lanes)
  }

  /// Writes an element of a value in memory.
  func store(_ code: ScalarCode, to value: Int, at places: [AffineIndex]) {
    let type = graph.values[value].type
    let base = unit.pointer(value)
    let place = linear(places, type.shape)
    if lanes > 1, !type.dtype.isComplex, laneStride(place) == rows.count, rows.count > 1 {
      return rows.add(function.spread(code, to: lanes), value, place)
    }
    if lanes > 1 && laneStride(place) != 1 {
      let all = function.spread(code, to: lanes)
      for lane in 0..<lanes {
        let address = function.address(base, offset(place, lane: lane), type.dtype)
        function.store(function.place(lane, of: all), at: address)
      }
      return
    }
    function.store(function.spread(code, to: lanes), at: function.address(base, offset(place), type.dtype))
  }

  /// Keeps back what is stored of rows of so many elements, until all columns are there.
  func beginRows(of count: Int) { rows = ShortRows(count: count) }

  /// Stores what was kept back: whole rows, where each element of them is there.
  func endRows() {
    for columns in rows.columns {
      let type = graph.values[columns.value].type
      let base = unit.pointer(columns.value)
      if let first = columns.start(ofRowsOf: rows.count) {
        let all = function.interleaved(columns.codes)
        function.store(all, at: function.address(base, offset(first), type.dtype))
        continue
      }
      for (place, code) in zip(columns.places, columns.codes) {
        for lane in 0..<code.lanes {
          let address = function.address(base, offset(place, lane: lane), type.dtype)
          function.store(function.place(lane, of: code), at: address)
        }
      }
    }
    rows = ShortRows()
  }

  /// How far apart the elements of places side by side lie.
  private func laneStride(_ place: AffineIndex) -> Int {
    for term in place.terms { if case .lanes = axes[term.axis] { return term.factor } }
    return 0
  }

  /// A place as a value in the code; of places side by side the first one, or another one.
  private func offset(_ place: AffineIndex, lane: Int = 0) -> String {
    var constant = place.constant
    var sum: String?
    func add(_ name: String, _ factor: Int) {
      let product = factor == 1 ? name : function.add("mul i64 \(name), \(factor)")
      sum = sum.map { function.add("add i64 \($0), \(product)") } ?? product
    }
    for term in place.terms {
      switch axes[term.axis] {
      case .fixed(let index): constant += term.factor * index
      case .variable(let name, _): add(name, term.factor)
      case .lanes(let name, _):
        add(name, term.factor)
        constant += term.factor * lane
      case .folded: break
      }
    }
    for dynamic in place.dynamics {
      let name =
        dynamic.lanes == 1
        ? dynamic.name : function.add("extractelement \(laneType("i64", dynamic.lanes)) \(dynamic.name), i64 \(lane)")
      add(name, dynamic.factor)
    }
    guard let sum else { return "\(constant)" }
    return constant == 0 ? sum : function.add("add i64 \(sum), \(constant)")
  }
}
