/// The transform of a few numbers, as one expression.
protocol FourierRadix {
  /// How many numbers.
  static var count: Int { get }
  static func apply<Lane: FourierLane>(
    _ load: (Int) -> FourierPair<Lane>, _ store: (Int, FourierPair<Lane>) -> Void)
}

enum Radix2: FourierRadix {
  @inline(__always) static var count: Int { 2 }
  @inline(__always) static func apply<Lane: FourierLane>(
    _ load: (Int) -> FourierPair<Lane>, _ store: (Int, FourierPair<Lane>) -> Void
  ) {
    let (x0, x1) = (load(0), load(1))
    store(0, x0 + x1)
    store(1, x0 - x1)
  }
}

enum Radix4: FourierRadix {
  @inline(__always) static var count: Int { 4 }
  @inline(__always) static func apply<Lane: FourierLane>(
    _ load: (Int) -> FourierPair<Lane>, _ store: (Int, FourierPair<Lane>) -> Void
  ) {
    let (x0, x1, x2, x3) = (load(0), load(1), load(2), load(3))
    let (a, b) = (x0 + x2, x0 - x2)
    let (c, d) = (x1 + x3, (x1 - x3).turned)
    store(0, a + c)
    store(1, b + d)
    store(2, a - c)
    store(3, b - d)
  }
}

enum Radix3: FourierRadix {
  @inline(__always) static var count: Int { 3 }
  @inline(__always) static func apply<Lane: FourierLane>(
    _ load: (Int) -> FourierPair<Lane>, _ store: (Int, FourierPair<Lane>) -> Void
  ) {
    let (x0, x1, x2) = (load(0), load(1), load(2))
    let sum = x1 + x2
    let middle = x0 + sum * Lane(repeating: -0.5)
    let side = (x1 - x2).turned * Lane(repeating: 0.866025403784438646763723170752936183)
    store(0, x0 + sum)
    store(1, middle + side)
    store(2, middle - side)
  }
}

enum Radix5: FourierRadix {
  @inline(__always) static var count: Int { 5 }
  @inline(__always) static func apply<Lane: FourierLane>(
    _ load: (Int) -> FourierPair<Lane>, _ store: (Int, FourierPair<Lane>) -> Void
  ) {
    // Cosines and sines of fifths of the circle.
    let (c1, c2) = (
      Lane(repeating: 0.309016994374947424102293417182819059), Lane(repeating: -0.809016994374947424102293417182819059)
    )
    let (s1, s2) = (
      Lane(repeating: 0.951056516295153572116439333379382143), Lane(repeating: 0.587785252292473129168705954639072769)
    )
    let x0 = load(0)
    let (x1, x2, x3, x4) = (load(1), load(2), load(3), load(4))
    let (a1, b1) = (x1 + x4, (x1 - x4).turned)
    let (a2, b2) = (x2 + x3, (x2 - x3).turned)
    store(0, x0 + a1 + a2)
    let (m1, n1) = (x0 + a1 * c1 + a2 * c2, b1 * s1 + b2 * s2)
    store(1, m1 + n1)
    store(4, m1 - n1)
    let (m2, n2) = (x0 + a1 * c2 + a2 * c1, b1 * s2 - b2 * s1)
    store(2, m2 + n2)
    store(3, m2 - n2)
  }
}

enum Radix7: FourierRadix {
  @inline(__always) static var count: Int { 7 }
  @inline(__always) static func apply<Lane: FourierLane>(
    _ load: (Int) -> FourierPair<Lane>, _ store: (Int, FourierPair<Lane>) -> Void
  ) {
    // Cosines and sines of sevenths of the circle.
    let c1 = Lane(repeating: 0.623489801858733530525004884004239811)
    let c2 = Lane(repeating: -0.222520933956314404288902564496794759)
    let c3 = Lane(repeating: -0.900968867902419126236102319507445051)
    let s1 = Lane(repeating: 0.781831482468029808708444526674057750)
    let s2 = Lane(repeating: 0.974927912181823607018131682993931217)
    let s3 = Lane(repeating: 0.433883739117558120475768332848358755)
    let x0 = load(0)
    let (x1, x2, x3, x4, x5, x6) = (load(1), load(2), load(3), load(4), load(5), load(6))
    let (a1, b1) = (x1 + x6, (x1 - x6).turned)
    let (a2, b2) = (x2 + x5, (x2 - x5).turned)
    let (a3, b3) = (x3 + x4, (x3 - x4).turned)
    store(0, x0 + a1 + a2 + a3)
    let (m1, n1) = (x0 + a1 * c1 + a2 * c2 + a3 * c3, b1 * s1 + b2 * s2 + b3 * s3)
    store(1, m1 + n1)
    store(6, m1 - n1)
    let (m2, n2) = (x0 + a1 * c2 + a2 * c3 + a3 * c1, b1 * s2 - b2 * s3 - b3 * s1)
    store(2, m2 + n2)
    store(5, m2 - n2)
    let (m3, n3) = (x0 + a1 * c3 + a2 * c1 + a3 * c2, b1 * s3 - b2 * s1 + b3 * s2)
    store(3, m3 + n3)
    store(4, m3 - n3)
  }
}

enum Radix8: FourierRadix {
  @inline(__always) static var count: Int { 8 }
  @inline(__always) static func apply<Lane: FourierLane>(
    _ load: (Int) -> FourierPair<Lane>, _ store: (Int, FourierPair<Lane>) -> Void
  ) {
    let half = Lane(repeating: 0.707106781186547524400844362104849039)
    // The even ones, as by radix 4.
    let (x0, x4) = (load(0), load(4))
    let (x2, x6) = (load(2), load(6))
    let (a, b) = (x0 + x4, x0 - x4)
    let (c, d) = (x2 + x6, (x2 - x6).turned)
    let (e0, e1, e2, e3) = (a + c, b + d, a - c, b - d)
    let (x1, x5) = (load(1), load(5))
    let (x3, x7) = (load(3), load(7))
    let (p, q) = (x1 + x5, x1 - x5)
    let (r, s) = (x3 + x7, (x3 - x7).turned)
    let (f1, f3) = (q + s, q - s)
    let o0 = p + r
    let o2 = (p - r).turned
    // Products with the roots between the axes.
    let o1 = FourierPair((f1.re + f1.im) * half, (f1.im - f1.re) * half)
    let o3 = FourierPair((f3.im - f3.re) * half, -(f3.re + f3.im) * half)
    store(0, e0 + o0)
    store(4, e0 - o0)
    store(1, e1 + o1)
    store(5, e1 - o1)
    store(2, e2 + o2)
    store(6, e2 - o2)
    store(3, e3 + o3)
    store(7, e3 - o3)
  }
}
