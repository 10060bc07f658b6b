/// What a transform of a length with a large prime factor needs: a convolution with a chirp, by transforms of a longer length.
///
/// With j k = (j² + k² - (k - j)²) / 2 the transform is, but for chirps before and after, a convolution with a chirp. See L.
/// Bluestein, A linear filtering approach to the computation of discrete Fourier transform, 1970.
final class Bluestein<Real: FourierReal>: @unchecked Sendable {
  // `@unchecked Sendable`: the chirps are written by the initializer only.
  /// The length.
  let count: Int
  /// The plan of the longer transforms.
  let plan: FourierPlan<Real>
  /// exp(-πi j² / n) for each j.
  private let chirp: Planar<Real>
  /// The transform of the conjugated chirp, divided by the longer length.
  private let filter: Planar<Real>

  /// The length of the longer transforms: the next one with small factors that is a multiple of 16.
  static func paddedCount(_ count: Int) -> Int {
    let least = 2 * count - 1
    var best = 16
    while best < least { best *= 2 }
    var fives = 1
    while fives < best {
      var odd = fives
      while odd < best {
        var candidate = 16 * odd
        while candidate < least { candidate *= 2 }
        best = min(best, candidate)
        odd *= 3
      }
      fives *= 5
    }
    return best
  }

  init(_ count: Int) {
    self.count = count
    let padded = Self.paddedCount(count)
    plan = FourierPlan(padded, fourierFactors(padded)!)
    chirp = .allocate(count)
    filter = .allocate(padded)
    let (source, other) = (Planar<Real>.allocate(padded), Planar<Real>.allocate(padded))
    defer {
      source.deallocate()
      other.deallocate()
    }
    source.clear(0..<padded)
    let scale = Real(padded)
    // j² modulo 2 n.
    var square = 0
    for j in 0..<count {
      let (cosine, sine) = unitRoot(square, of: 2 * count)
      chirp.re[j] = Real(cosine)
      chirp.im[j] = Real(-sine)
      for place in j == 0 ? [0] : [j, padded - j] {
        source.re[place] = Real(cosine) / scale
        source.im[place] = Real(sine) / scale
      }
      square = (square + 2 * j + 1) % (2 * count)
    }
    let result = plan.transform(lines: 1, source, other)
    filter.re.update(from: result.re, count: padded)
    filter.im.update(from: result.im, count: padded)
  }

  deinit {
    chirp.deallocate()
    filter.deallocate()
  }

  /// Transforms one line.
  ///
  /// - Parameters:
  ///   - a: memory for one longer line, like `b` and `c`.
  func transform<In: FourierLayout, Out: FourierLayout>(
    from source: In, to target: Out, _ a: Planar<Real>, _ b: Planar<Real>, _ c: Planar<Real>
  ) where In.Real == Real, Out.Real == Real {
    Self.forEach(count) {
      Self.multiply(source, chirp, into: a, $0, $1)
    } _: {
      Self.multiply(source, chirp, into: a, $0, $1)
    }
    a.clear(count..<plan.count)
    plan.transform(from: a, to: b, work: c, targetMemory: b)
    Self.forEach(plan.count) {
      Self.multiply(b, filter, into: a, $0, $1)
    } _: {
      Self.multiply(b, filter, into: a, $0, $1)
    }
    plan.transform(from: a.exchanged, to: b.exchanged, work: c, targetMemory: b)
    Self.forEach(count) {
      Self.multiply(b, chirp, into: target, $0, $1)
    } _: {
      Self.multiply(b, chirp, into: target, $0, $1)
    }
  }

  @inline(__always)
  private static func multiply<Lane: FourierLane, In: FourierLayout, Out: FourierLayout>(
    _ x: In, _ y: Planar<Real>, into target: Out, _: Lane.Type, _ index: Int
  ) where In.Real == Real, Out.Real == Real, Lane.Scalar == Real {
    let (a, b): (FourierPair<Lane>, FourierPair<Lane>) = (x.load(index), y.load(index))
    target.store(index, a * b)
  }

  /// Calls a closure for several neighbors at a time, and one for the rest.
  @inline(__always)
  private static func forEach(
    _ count: Int, _ many: (Real.Vector.Type, Int) -> Void, _ one: (Real.Type, Int) -> Void
  ) {
    var index = 0
    while index &+ Real.Vector.width <= count {
      many(Real.Vector.self, index)
      index &+= Real.Vector.width
    }
    while index < count {
      one(Real.self, index)
      index &+= 1
    }
  }
}

extension Planar {
  /// Memory for numbers, which is the caller's.
  static func allocate(_ count: Int) -> Planar {
    Planar(re: .allocate(capacity: count), im: .allocate(capacity: count))
  }

  func deallocate() {
    re.deallocate()
    im.deallocate()
  }

  /// Writes zeros.
  func clear(_ range: Range<Int>) {
    (re + range.lowerBound).update(repeating: 0, count: range.count)
    (im + range.lowerBound).update(repeating: 0, count: range.count)
  }
}
