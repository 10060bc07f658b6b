/// One pass of a transform, in the manner of Stockham: `rest` groups of `stride` transforms of a few numbers each, whose results
/// are turned by roots of unity and stored in the order of the next pass.
///
/// With a stride s and m groups it reads element q + s (p + m k) for q < s, p < m and k < radix, and writes q + s (radix p + k).
/// See C. Van Loan, Computational Frameworks for the Fast Fourier Transform, 1.7.
struct FourierPass<Real: FourierReal> {
  let stride: Int
  let rest: Int
  /// The roots for k from 1 and each p, in this order.
  let rootsRe: UnsafePointer<Real>
  let rootsIm: UnsafePointer<Real>

  /// A pass over numbers at any stride.
  @inline(never)
  func run<Radix: FourierRadix, Out: FourierLayout>(
    _: Radix.Type, from source: Planar<Real>, to target: Out
  ) where Out.Real == Real {
    let (stride, rest) = (self.stride, self.rest)
    let distance = stride &* rest
    for p in 0..<rest {
      @inline(__always) func step<Lane: FourierLane>(_: Lane.Type, _ q: Int) where Lane.Scalar == Real {
        let first = q &+ stride &* p
        let place = q &+ stride &* Radix.count &* p
        Radix.apply(
          { k -> FourierPair<Lane> in source.load(first &+ distance &* k) },
          { k, x in
            if k == 0 || p == 0 { return target.store(place &+ stride &* k, x) }
            let index = (k &- 1) &* rest &+ p
            let root = FourierPair<Lane>(Lane(repeating: rootsRe[index]), Lane(repeating: rootsIm[index]))
            target.store(place &+ stride &* k, x * root)
          })
      }
      var q = 0
      while q &+ Real.Vector.width <= stride {
        step(Real.Vector.self, q)
        q &+= Real.Vector.width
      }
      while q < stride {
        step(Real.self, q)
        q &+= 1
      }
    }
  }

  /// The first pass over one line, with a stride of 1: neighbors are numbers of different groups.
  @inline(never)
  func runFirst<Radix: FourierRadix, In: FourierLayout>(
    _: Radix.Type, from source: In, to target: Planar<Real>
  ) where In.Real == Real {
    let rest = self.rest
    @inline(__always) func step<Lane: FourierLane>(_: Lane.Type, _ p: Int) where Lane.Scalar == Real {
      Radix.apply(
        { k -> FourierPair<Lane> in source.load(p &+ rest &* k) },
        { k, x in
          let place = Radix.count &* p &+ k
          var y = x
          if k > 0 {
            let index = (k &- 1) &* rest &+ p
            y = x * FourierPair<Lane>(.load(rootsRe + index), .load(rootsIm + index))
          }
          y.re.scatter(target.re + place, stride: Radix.count)
          y.im.scatter(target.im + place, stride: Radix.count)
        })
    }
    var p = 0
    while p &+ Real.Vector.width <= rest {
      step(Real.Vector.self, p)
      p &+= Real.Vector.width
    }
    while p < rest {
      step(Real.self, p)
      p &+= 1
    }
  }

  /// A pass for an odd prime, by sums of products.
  ///
  /// - Parameters:
  ///   - cosines: cos(2π k / prime) for each k, and `sines` likewise.
  @inline(never)
  func run<Out: FourierLayout>(
    prime: Int, _ cosines: [Real], _ sines: [Real], from source: Planar<Real>, to target: Out
  ) where Out.Real == Real {
    func step<Lane: FourierLane>(_: Lane.Type, _ p: Int, _ q: Int) where Lane.Scalar == Real {
      let half = prime / 2
      withUnsafeTemporaryAllocation(of: FourierPair<Lane>.self, capacity: prime) { x in
        let first = q &+ stride &* p
        x.initializeElement(at: 0, to: source.load(first))
        var sum = x[0]
        for k in 1...half {
          let a: FourierPair<Lane> = source.load(first &+ stride &* rest &* k)
          let b: FourierPair<Lane> = source.load(first &+ stride &* rest &* (prime &- k))
          x.initializeElement(at: k, to: a + b)
          x.initializeElement(at: prime &- k, to: (a - b).turned)
          sum = sum + x[k]
        }
        func put(_ k: Int, _ value: FourierPair<Lane>) {
          let index = (k &- 1) &* rest &+ p
          let root = FourierPair<Lane>(Lane(repeating: rootsRe[index]), Lane(repeating: rootsIm[index]))
          target.store(q &+ stride &* (prime &* p &+ k), p == 0 ? value : value * root)
        }
        target.store(q &+ stride &* prime &* p, sum)
        for k in 1...half {
          var even = x[0]
          var odd = x[prime &- 1] * Lane(repeating: sines[k])
          var angle = 0
          for j in 1...half {
            angle &+= k
            if angle >= prime { angle &-= prime }
            even = even + x[j] * Lane(repeating: cosines[angle])
            if j > 1 { odd = odd + x[prime &- j] * Lane(repeating: sines[angle]) }
          }
          put(k, even + odd)
          put(prime &- k, even - odd)
        }
      }
    }
    for p in 0..<rest {
      var q = 0
      while q &+ Real.Vector.width <= stride {
        step(Real.Vector.self, p, q)
        q &+= Real.Vector.width
      }
      while q < stride {
        step(Real.self, p, q)
        q &+= 1
      }
    }
  }
}
