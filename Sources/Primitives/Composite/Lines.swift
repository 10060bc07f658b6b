import Numerics

// Composites along the last axes, computed line by line where the lines are short: the body would take a dozen
// operations on tiny tensors.

/// What one line of real numbers is reduced to.
protocol LineReduction {
  /// The value for a line of at least one number.
  static func value<Number: ComplexPart>(_ line: UnsafeBufferPointer<Number>) -> Number
}

/// What one line of real numbers becomes.
protocol LineMap {
  /// Writes the results for a line of at least one number.
  static func map<Number: ComplexPart>(
    _ line: UnsafeBufferPointer<Number>, into results: UnsafeMutablePointer<Number>)
}

extension HostTensor {
  /// The length of the lines along the last axes, where a kernel suits them.
  ///
  /// Long lines are left to the body, whose sums are exact to a few roundings at any length.
  private func lineLength(_ axes: [Int]) -> Int? {
    let rank = shape.rank
    guard dtype == .float64 || dtype == .float32, axes == Array(rank - axes.count..<rank) else { return nil }
    let length = axes.reduce(1) { $0 &* shape[$1] }
    return (1...512).contains(length) ? length : nil
  }

  /// Each line along the last axes reduced to one number; nothing where the body serves better.
  func reducingLines<R: LineReduction>(_ axes: [Int], _: R.Type, _ name: String) throws(TensorError) -> HostTensor? {
    guard let length = lineLength(axes) else { return nil }
    return dtype == .float64
      ? try reducedLines(axes, length, R.self, of: Double.self, name)
      : try reducedLines(axes, length, R.self, of: Float.self, name)
  }

  private func reducedLines<R: LineReduction, Number: ComplexPart>(
    _ axes: [Int], _ length: Int, _: R.Type, of: Number.Type, _ name: String
  ) throws(TensorError) -> HostTensor {
    if axes.count == shape.rank {
      return withElements(as: Number.self) { R.value(UnsafeBufferPointer(rebasing: $0[...])) }.hostScalar
    }
    return try HostTensor(shape.removing(axes), of: Number.self, for: name) { results in
      withElements(as: Number.self) { elements in
        for line in results.indices {
          let start = line &* length
          results.initializeElement(
            at: line, to: R.value(UnsafeBufferPointer(rebasing: elements[start..<start &+ length])))
        }
      }
    }
  }

  /// Each line along the last axes mapped to one of the same length; nothing where the body serves better.
  func mappingLines<M: LineMap>(_ axes: [Int], _: M.Type, _ name: String) throws(TensorError) -> HostTensor? {
    guard let length = lineLength(axes) else { return nil }
    return dtype == .float64
      ? try mappedLines(length, M.self, of: Double.self, name) : try mappedLines(length, M.self, of: Float.self, name)
  }

  private func mappedLines<M: LineMap, Number: ComplexPart>(
    _ length: Int, _: M.Type, of: Number.Type, _ name: String
  ) throws(TensorError) -> HostTensor {
    try HostTensor(shape, of: Number.self, for: name) { results in
      guard let destination = results.baseAddress else { return }
      withElements(as: Number.self) { elements in
        for start in stride(from: 0, to: elements.count, by: length) {
          M.map(UnsafeBufferPointer(rebasing: elements[start..<start &+ length]), into: destination + start)
        }
      }
    }
  }
}

extension UnsafeBufferPointer where Element: ComplexPart {
  /// The largest number; `nan` when there is one.
  var largest: Element {
    var largest = self[0]
    for number in self where !(largest >= number) && !largest.isNaN { largest = number }
    return largest
  }
}
