import Primitives

/// Real numbers that transforms are computed with.
protocol FourierReal: BinaryFloatingPoint, FourierLane, Sendable where Scalar == Self {
  /// Several numbers that one instruction takes.
  associatedtype Vector: FourierLane where Vector.Scalar == Self
  /// The element type of real tensors.
  static var dtype: DType { get }
}

/// One number, or several neighbors.
///
/// Both do the same operations in the same order, so that a result does not depend on how many lines are transformed together.
protocol FourierLane {
  associatedtype Scalar: FourierReal
  /// How many numbers there are.
  static var width: Int { get }
  init(repeating number: Scalar)
  static func load(_ source: UnsafePointer<Scalar>) -> Self
  func store(_ target: UnsafeMutablePointer<Scalar>)
  /// The real and the imaginary parts of neighbors.
  static func loadPairs(_ source: UnsafePointer<Scalar>) -> (Self, Self)
  static func storePairs(_ first: Self, _ second: Self, _ target: UnsafeMutablePointer<Scalar>)
  /// Stores the numbers at a distance of each other.
  func scatter(_ target: UnsafeMutablePointer<Scalar>, stride: Int)
  static func + (x: Self, y: Self) -> Self
  static func - (x: Self, y: Self) -> Self
  static func * (x: Self, y: Self) -> Self
  static prefix func - (x: Self) -> Self
}

extension FourierLane where Scalar == Self {
  @inline(__always) static var width: Int { 1 }
  @inline(__always) init(repeating number: Scalar) { self = number }
  @inline(__always) static func load(_ source: UnsafePointer<Self>) -> Self { source.pointee }
  @inline(__always) func store(_ target: UnsafeMutablePointer<Self>) { target.pointee = self }
  @inline(__always) static func loadPairs(_ source: UnsafePointer<Self>) -> (Self, Self) { (source[0], source[1]) }
  @inline(__always) static func storePairs(_ first: Self, _ second: Self, _ target: UnsafeMutablePointer<Self>) {
    target[0] = first
    target[1] = second
  }
  @inline(__always) func scatter(_ target: UnsafeMutablePointer<Self>, stride: Int) { target.pointee = self }
}

extension Double: FourierReal {
  typealias Scalar = Double
  typealias Vector = SIMD2<Double>
}

extension Float: FourierReal {
  typealias Scalar = Float
  typealias Vector = SIMD4<Float>
}

extension SIMD2: FourierLane where Scalar == Double {
  @inline(__always) static var width: Int { 2 }
  @inline(__always) static func load(_ source: UnsafePointer<Double>) -> Self {
    UnsafeRawPointer(source).loadUnaligned(as: Self.self)
  }
  @inline(__always) func store(_ target: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(target).storeBytes(of: self, as: Self.self)
  }
  @inline(__always) static func loadPairs(_ source: UnsafePointer<Double>) -> (Self, Self) {
    let (x, y) = (load(source), load(source + 2))
    return (Self(x[0], y[0]), Self(x[1], y[1]))
  }
  @inline(__always) static func storePairs(_ first: Self, _ second: Self, _ target: UnsafeMutablePointer<Double>) {
    Self(first[0], second[0]).store(target)
    Self(first[1], second[1]).store(target + 2)
  }
  @inline(__always) func scatter(_ target: UnsafeMutablePointer<Double>, stride: Int) {
    target[0] = self[0]
    target[stride] = self[1]
  }
}

extension SIMD4: FourierLane where Scalar == Float {
  @inline(__always) static var width: Int { 4 }
  @inline(__always) static func load(_ source: UnsafePointer<Float>) -> Self {
    UnsafeRawPointer(source).loadUnaligned(as: Self.self)
  }
  @inline(__always) func store(_ target: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(target).storeBytes(of: self, as: Self.self)
  }
  @inline(__always) static func loadPairs(_ source: UnsafePointer<Float>) -> (Self, Self) {
    let (x, y) = (load(source), load(source + 4))
    return (Self(x[0], x[2], y[0], y[2]), Self(x[1], x[3], y[1], y[3]))
  }
  @inline(__always) static func storePairs(_ first: Self, _ second: Self, _ target: UnsafeMutablePointer<Float>) {
    Self(first[0], second[0], first[1], second[1]).store(target)
    Self(first[2], second[2], first[3], second[3]).store(target + 4)
  }
  @inline(__always) func scatter(_ target: UnsafeMutablePointer<Float>, stride: Int) {
    target[0] = self[0]
    target[stride] = self[1]
    target[2 &* stride] = self[2]
    target[3 &* stride] = self[3]
  }
}

/// Complex numbers: a real and an imaginary part for each lane.
struct FourierPair<Lane: FourierLane> {
  var re: Lane
  var im: Lane

  @inline(__always) init(_ re: Lane, _ im: Lane) {
    self.re = re
    self.im = im
  }

  @inline(__always) static func + (x: Self, y: Self) -> Self { Self(x.re + y.re, x.im + y.im) }
  @inline(__always) static func - (x: Self, y: Self) -> Self { Self(x.re - y.re, x.im - y.im) }
  /// A product with real numbers.
  @inline(__always) static func * (x: Self, y: Lane) -> Self { Self(x.re * y, x.im * y) }
  /// A product with complex numbers.
  @inline(__always) static func * (x: Self, y: Self) -> Self {
    Self(x.re * y.re - x.im * y.im, x.re * y.im + x.im * y.re)
  }
  /// The product with -i.
  @inline(__always) var turned: Self { Self(im, -re) }
}

/// How complex numbers lie in memory.
protocol FourierLayout {
  associatedtype Real: FourierReal
  func load<Lane: FourierLane>(_ index: Int) -> FourierPair<Lane> where Lane.Scalar == Real
  func store<Lane: FourierLane>(_ index: Int, _ pair: FourierPair<Lane>) where Lane.Scalar == Real
}

/// Real and imaginary parts apart.
struct Planar<Real: FourierReal>: FourierLayout {
  let re: UnsafeMutablePointer<Real>
  let im: UnsafeMutablePointer<Real>

  /// The parts exchanged, which makes a transform the inverse one.
  var exchanged: Planar { Planar(re: im, im: re) }

  @inline(__always) func load<Lane: FourierLane>(_ index: Int) -> FourierPair<Lane> where Lane.Scalar == Real {
    FourierPair(.load(re + index), .load(im + index))
  }
  @inline(__always) func store<Lane: FourierLane>(_ index: Int, _ pair: FourierPair<Lane>) where Lane.Scalar == Real {
    pair.re.store(re + index)
    pair.im.store(im + index)
  }
}

/// Real and imaginary parts in turn, as in tensors.
struct Interleaved<Real: FourierReal>: FourierLayout {
  let pairs: UnsafeMutablePointer<Real>
  /// Whether the parts are exchanged when they are loaded and stored.
  let isExchanged: Bool
  /// What is multiplied by when numbers are stored.
  var scale: Real = 1

  @inline(__always) func load<Lane: FourierLane>(_ index: Int) -> FourierPair<Lane> where Lane.Scalar == Real {
    let (re, im) = Lane.loadPairs(pairs + 2 &* index)
    return isExchanged ? FourierPair(im, re) : FourierPair(re, im)
  }
  @inline(__always) func store<Lane: FourierLane>(_ index: Int, _ pair: FourierPair<Lane>) where Lane.Scalar == Real {
    let scaled = pair * Lane(repeating: scale)
    if isExchanged {
      Lane.storePairs(scaled.im, scaled.re, pairs + 2 &* index)
    } else {
      Lane.storePairs(scaled.re, scaled.im, pairs + 2 &* index)
    }
  }
}
