import Primitives

/// How lines of real numbers are transformed: an even number of them as half as many complex numbers.
///
/// With Z the transform of the numbers at even places plus i times those at odd ones, E = (Z_k + conj Z_{h-k}) / 2 and
/// O = (Z_k - conj Z_{h-k}) / 2i are the transforms of both, and that of all is E + exp(-2πi k / n) O.
///
/// `@unchecked Sendable`: the roots are written by the initializer only.
final class RealLineTransform<Real: FourierReal>: @unchecked Sendable {
  /// The number of real numbers.
  let count: Int
  private let inner: LineTransform<Real>
  /// exp(-2πi k / n) for k up to a quarter of n.
  private let roots: Planar<Real>

  init(_ count: Int) {
    self.count = count
    inner = LineTransform(count % 2 == 0 ? count / 2 : count)
    let rootCount = count / 4 + 1
    roots = .allocate(rootCount)
    for k in 0..<rootCount {
      let (cosine, sine) = unitRoot(k, of: count)
      roots.re[k] = Real(cosine)
      roots.im[k] = Real(-sine)
    }
  }

  deinit { roots.deallocate() }

  /// About how many complex numbers it keeps.
  var size: Int { inner.size + count / 4 }

  /// The number of complex numbers.
  var halfCount: Int { count / 2 + 1 }

  /// How many real numbers of memory a transform of a line needs.
  var workCount: Int { inner.workCount(lines: 1) &+ 4 &* count &+ 8 }

  private func run(
    from source: UnsafeMutablePointer<Real>, to target: UnsafeMutablePointer<Real>, isInverse: Bool,
    work: UnsafeMutablePointer<Real>
  ) {
    inner.transform(
      lines: 1, lineStride: 0, stride: 1, from: source, to: target,
      Direction(isInverse: isInverse, .one, count: 1), work: work)
  }

  /// The first half of the transform of a line. Source and target are apart.
  func forward(
    from source: UnsafeMutablePointer<Real>, to target: UnsafeMutablePointer<Real>, scale: Real,
    work: UnsafeMutablePointer<Real>
  ) {
    if count % 2 == 1 {
      let all = work + inner.workCount(lines: 1)
      let result = all + 2 &* count
      for k in 0..<count { (all[2 &* k], all[2 &* k &+ 1]) = (source[k], 0) }
      run(from: all, to: result, isInverse: false, work: work)
      for k in 0..<(2 &* halfCount) { target[k] = result[k] * scale }
      // The sum of real numbers is real, also of infinite ones.
      target[1] = 0
      return
    }
    let half = count / 2
    run(from: source, to: target, isInverse: false, work: work)
    let line = Interleaved(pairs: target, isExchanged: false, scale: scale)
    let first: FourierPair<Real> = line.load(0)
    line.store(0, FourierPair<Real>(first.re + first.im, 0))
    line.store(half, FourierPair<Real>(first.re - first.im, 0))
    var k = 1
    while k <= half &- k {
      let (x, y): (FourierPair<Real>, FourierPair<Real>) = (line.load(k), line.load(half &- k))
      let even = FourierPair((x.re + y.re) * 0.5, (x.im - y.im) * 0.5)
      let odd = FourierPair((x.re - y.re) * 0.5, (x.im + y.im) * 0.5).turned
      let root: FourierPair<Real> = roots.load(k)
      let turned = odd * root
      let (sum, difference) = (even + turned, even - turned)
      line.store(k, sum)
      line.store(half &- k, FourierPair<Real>(difference.re, -difference.im))
      k &+= 1
    }
  }

  /// The real numbers of which a line is the first half of the transform. Source and target are apart.
  func inverse(
    from source: UnsafeMutablePointer<Real>, to target: UnsafeMutablePointer<Real>, scale: Real,
    work: UnsafeMutablePointer<Real>
  ) {
    let all = work + inner.workCount(lines: 1)
    let (from, to) = (
      Interleaved(pairs: source, isExchanged: false), Interleaved(pairs: all, isExchanged: false, scale: scale)
    )
    if count % 2 == 1 {
      let result = all + 2 &* count
      to.store(0, FourierPair<Real>(source[0], 0))
      var k = 1
      while k < halfCount {
        let x: FourierPair<Real> = from.load(k)
        to.store(k, x)
        to.store(count &- k, FourierPair<Real>(x.re, -x.im))
        k &+= 1
      }
      run(from: all, to: result, isInverse: true, work: work)
      for k in 0..<count { target[k] = result[2 &* k] }
      return
    }
    let half = count / 2
    let (first, last) = (source[0], source[2 &* half])
    to.store(0, FourierPair<Real>(first + last, first - last))
    var k = 1
    while k <= half &- k {
      let (x, y): (FourierPair<Real>, FourierPair<Real>) = (from.load(k), from.load(half &- k))
      let even = FourierPair(x.re + y.re, x.im - y.im)
      let difference = FourierPair(x.re - y.re, x.im + y.im)
      let root: FourierPair<Real> = roots.load(k)
      // i times the odd part, turned back.
      let turned = difference * FourierPair<Real>(root.re, -root.im)
      let odd = FourierPair(-turned.im, turned.re)
      let (sum, rest) = (even + odd, even - odd)
      to.store(k, sum)
      to.store(half &- k, FourierPair<Real>(rest.re, -rest.im))
      k &+= 1
    }
    run(from: all, to: target, isInverse: true, work: work)
  }
}
