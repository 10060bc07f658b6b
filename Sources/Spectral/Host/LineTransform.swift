import Primitives

/// How lines of a length are transformed.
final class LineTransform<Real: FourierReal>: Sendable {
  private enum Method: Sendable {
    case single
    case factored(FourierPlan<Real>)
    case chirped(Bluestein<Real>)
  }

  /// The length of the lines.
  let count: Int
  private let method: Method

  init(_ count: Int) {
    self.count = count
    if count == 1 {
      method = .single
    } else if let factors = fourierFactors(count) {
      method = .factored(FourierPlan(count, factors))
    } else {
      method = .chirped(Bluestein(count))
    }
  }

  /// About how many complex numbers it keeps.
  var size: Int {
    if case .chirped(let chirped) = method { return 2 * chirped.plan.count + count }
    return count
  }

  /// How many lines of a number of them are transformed together.
  private func blockCount(_ lines: Int) -> Int { Swift.min(lines, Swift.max(8, 4096 / count)) }

  /// How many real numbers of memory a transform of lines needs.
  func workCount(lines: Int) -> Int {
    switch method {
    case .single: 0
    case .factored: 4 &* count &* blockCount(lines)
    case .chirped(let chirped): 6 &* chirped.plan.count &+ 2 &* count
    }
  }

  /// Transforms lines of complex numbers.
  ///
  /// - Parameters:
  ///   - lineStride: the distance of the lines' first numbers, in complex numbers; `stride` that of a line's numbers.
  ///   - work: memory for as many numbers as ``workCount(lines:)`` says.
  func transform(
    lines: Int, lineStride: Int, stride: Int, from source: UnsafeMutablePointer<Real>,
    to target: UnsafeMutablePointer<Real>, _ direction: Direction<Real>, work: UnsafeMutablePointer<Real>
  ) {
    func layout(_ pairs: UnsafeMutablePointer<Real>, _ scale: Real) -> Interleaved<Real> {
      Interleaved(pairs: pairs, isExchanged: direction.isInverse, scale: scale)
    }
    func planar(_ start: UnsafeMutablePointer<Real>, _ count: Int) -> Planar<Real> {
      Planar(re: start, im: start + count)
    }
    switch method {
    case .single:
      for line in 0..<lines {
        let pair: FourierPair<Real> = layout(source, 1).load(line &* lineStride)
        layout(target, direction.scale).store(line &* lineStride, pair)
      }
    case .factored(let plan) where stride == 1 && plan.isDirect && (lines == 1 || count >= 64):
      for line in 0..<lines {
        let start = 2 &* line &* lineStride
        plan.transform(
          from: layout(source + start, 1), to: layout(target + start, direction.scale), work: planar(work, count),
          targetMemory: planar(target + start, count))
      }
    case .factored(let plan):
      let block = blockCount(lines)
      var line = 0
      while line < lines {
        let size = Swift.min(block, lines &- line)
        let (a, b) = (planar(work, count &* size), planar(work + 2 &* count &* size, count &* size))
        let (from, to) = (layout(source, 1), layout(target, direction.scale))
        for k in 0..<count {
          for q in 0..<size {
            let pair: FourierPair<Real> = from.load((line &+ q) &* lineStride &+ k &* stride)
            a.store(k &* size &+ q, pair)
          }
        }
        let result = plan.transform(lines: size, a, b)
        for k in 0..<count {
          for q in 0..<size {
            let pair: FourierPair<Real> = result.load(k &* size &+ q)
            to.store((line &+ q) &* lineStride &+ k &* stride, pair)
          }
        }
        line &+= size
      }
    case .chirped(let chirped):
      let padded = chirped.plan.count
      let buffers = (0..<3).map { planar(work + 2 &* padded &* $0, padded) }
      let own = planar(work + 6 &* padded, count)
      let (from, to) = (layout(source, 1), layout(target, direction.scale))
      for line in 0..<lines {
        for k in 0..<count {
          let pair: FourierPair<Real> = from.load(line &* lineStride &+ k &* stride)
          own.store(k, pair)
        }
        chirped.transform(from: own, to: own, buffers[0], buffers[1], buffers[2])
        for k in 0..<count {
          let pair: FourierPair<Real> = own.load(k)
          to.store(line &* lineStride &+ k &* stride, pair)
        }
      }
    }
  }
}

/// The direction of a transform, and what is multiplied by.
struct Direction<Real: FourierReal> {
  let isInverse: Bool
  let scale: Real

  init(isInverse: Bool, _ scale: FourierScale, count: Int) {
    self.isInverse = isInverse
    self.scale =
      switch scale {
      case .one: 1
      case .inverseSquareRoot: Real(1 / Double(count).squareRoot())
      case .inverse: Real(1 / Double(count))
      }
  }
}
