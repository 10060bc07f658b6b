/// What a transform of a length without large prime factors needs: the factors, and roots of unity for each pass.
///
/// `@unchecked Sendable`: the roots are written by the initializer only.
final class FourierPlan<Real: FourierReal>: @unchecked Sendable {
  /// The length.
  let count: Int
  /// The factors, one for each pass.
  let factors: [Int]
  private let roots: UnsafeMutableBufferPointer<Real>
  /// Where the roots of a pass begin; their imaginary parts follow the real parts.
  private var starts: [Int] = []
  /// Cosines and sines of the large primes.
  private var primes: [Int: (cosines: [Real], sines: [Real])] = [:]

  /// A plan for a length that has the factors of ``fourierFactors(_:)``.
  init(_ count: Int, _ factors: [Int]) {
    self.count = count
    self.factors = factors
    var (length, total) = (count, 0)
    for factor in factors {
      starts.append(total)
      total += 2 * (factor - 1) * (length / factor)
      length /= factor
    }
    roots = .allocate(capacity: total)
    length = count
    for (factor, start) in zip(factors, starts) {
      let rest = length / factor
      let half = (factor - 1) * rest
      for k in 1..<factor {
        for p in 0..<rest {
          let (cosine, sine) = unitRoot(k * p, of: length)
          let place = start + (k - 1) * rest + p
          roots.initializeElement(at: place, to: Real(cosine))
          roots.initializeElement(at: place + half, to: Real(-sine))
        }
      }
      if factor > 8, primes[factor] == nil {
        let all = (0..<factor).map { unitRoot($0, of: factor) }
        primes[factor] = (all.map { Real($0.cosine) }, all.map { Real($0.sine) })
      }
      length = rest
    }
  }

  deinit { roots.deallocate() }

  /// Whether one line can be read and written where it lies.
  var isDirect: Bool { factors.count > 1 && factors[0] <= 8 }

  private func pass(_ index: Int, stride: Int, length: Int) -> FourierPass<Real> {
    let rest = length / factors[index]
    let start = roots.baseAddress! + starts[index]
    return FourierPass(
      stride: stride, rest: rest, rootsRe: start, rootsIm: start + (factors[index] &- 1) &* rest)
  }

  private func run<Out: FourierLayout>(
    _ index: Int, stride: Int, length: Int, from source: Planar<Real>, to target: Out
  ) where Out.Real == Real {
    let pass = pass(index, stride: stride, length: length)
    switch factors[index] {
    case 2: pass.run(Radix2.self, from: source, to: target)
    case 3: pass.run(Radix3.self, from: source, to: target)
    case 4: pass.run(Radix4.self, from: source, to: target)
    case 5: pass.run(Radix5.self, from: source, to: target)
    case 7: pass.run(Radix7.self, from: source, to: target)
    case 8: pass.run(Radix8.self, from: source, to: target)
    case let prime:
      let table = primes[prime]!
      pass.run(prime: prime, table.cosines, table.sines, from: source, to: target)
    }
  }

  /// Transforms neighboring lines: element k of line q lies at k · lines + q.
  ///
  /// - Returns: the one of the two buffers that has the results; `source` has the lines at first.
  func transform(lines: Int, _ source: Planar<Real>, _ other: Planar<Real>) -> Planar<Real> {
    var (from, to) = (source, other)
    var (stride, length) = (lines, count)
    for index in factors.indices {
      run(index, stride: stride, length: length, from: from, to: to)
      stride &*= factors[index]
      length /= factors[index]
      swap(&from, &to)
    }
    return from
  }

  /// Transforms one line that ``isDirect``.
  ///
  /// - Parameters:
  ///   - work: memory for one line.
  ///   - targetMemory: memory for one line that is not read, and may be that of `target`.
  func transform<In: FourierLayout, Out: FourierLayout>(
    from source: In, to target: Out, work: Planar<Real>, targetMemory: Planar<Real>
  ) where In.Real == Real, Out.Real == Real {
    let last = factors.count - 1
    // The last pass reads what it does not write.
    func buffer(after index: Int) -> Planar<Real> { (last - 1 - index) % 2 == 0 ? work : targetMemory }
    let first = pass(0, stride: 1, length: count)
    let firstTarget = buffer(after: 0)
    switch factors[0] {
    case 2: first.runFirst(Radix2.self, from: source, to: firstTarget)
    case 3: first.runFirst(Radix3.self, from: source, to: firstTarget)
    case 4: first.runFirst(Radix4.self, from: source, to: firstTarget)
    case 5: first.runFirst(Radix5.self, from: source, to: firstTarget)
    case 7: first.runFirst(Radix7.self, from: source, to: firstTarget)
    default: first.runFirst(Radix8.self, from: source, to: firstTarget)
    }
    var (stride, length) = (factors[0], count / factors[0])
    for index in 1..<last {
      run(index, stride: stride, length: length, from: buffer(after: index - 1), to: buffer(after: index))
      stride &*= factors[index]
      length /= factors[index]
    }
    run(last, stride: stride, length: length, from: work, to: target)
  }
}
