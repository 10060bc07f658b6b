import Primitives

/// A shape as seen from one axis.
struct AxisSizes {
  /// The number of elements before the axis.
  let outer: Int
  /// The size of the axis.
  let count: Int
  /// The number of elements behind it.
  let inner: Int

  init(_ shape: Shape, axis: Int) {
    outer = shape.dimensions[..<axis].reduce(1, &*)
    count = shape[axis]
    inner = shape.dimensions[(axis + 1)...].reduce(1, &*)
  }
}

extension HostTensor {
  /// The transform of complex numbers along an axis.
  func fourierTransform(
    axis: Int, isInverse: Bool, _ scale: FourierScale, _ operation: String
  ) throws(TensorError) -> HostTensor {
    dtype == .complex64
      ? try fourierTransform(axis, isInverse, scale, operation, Float.self)
      : try fourierTransform(axis, isInverse, scale, operation, Double.self)
  }

  private func fourierTransform<Real: FourierReal>(
    _ axis: Int, _ isInverse: Bool, _ scale: FourierScale, _ operation: String, _: Real.Type
  ) throws(TensorError) -> HostTensor {
    if count == 0 { return self }
    let sizes = AxisSizes(shape, axis: axis)
    let plan = FourierCache.complex(sizes.count, Real.self)
    let direction = Direction<Real>(isInverse: isInverse, scale, count: sizes.count)
    // Neighboring lines of the last axis, or those of one block behind the axis.
    let (blocks, lines) = sizes.inner == 1 ? (1, sizes.outer) : (sizes.outer, sizes.inner)
    let lineStride = sizes.inner == 1 ? sizes.count : 1
    return try Real.withWork(plan.workCount(lines: lines), operation) { (work) throws(TensorError) in
      try HostTensor.uninitialized(type, for: operation) { target in
        withReals { (source: UnsafeMutablePointer<Real>) in
          let target = target.assumingMemoryBound(to: Real.self)
          for block in 0..<blocks {
            let start = 2 &* block &* sizes.count &* sizes.inner
            plan.transform(
              lines: lines, lineStride: lineStride, stride: sizes.inner, from: source + start, to: target + start,
              direction, work: work)
          }
        }
      }
    }
  }

  /// The first half of the transform of real numbers, or with a count the real numbers of a first half.
  func realFourierTransform(
    axis: Int, inverseCount: Int?, _ scale: FourierScale, to type: TensorType, _ operation: String
  ) throws(TensorError) -> HostTensor {
    // An axis may be of any size where another one is empty.
    if type.shape.count == 0 { return try HostTensor.uninitialized(type, for: operation) { _ in } }
    return dtype.realPart == .float32
      ? try realFourierTransform(axis, inverseCount, scale, type, operation, Float.self)
      : try realFourierTransform(axis, inverseCount, scale, type, operation, Double.self)
  }

  private func realFourierTransform<Real: FourierReal>(
    _ axis: Int, _ inverseCount: Int?, _ scale: FourierScale, _ type: TensorType, _ operation: String, _: Real.Type
  ) throws(TensorError) -> HostTensor {
    let sizes = AxisSizes(shape, axis: axis)
    let plan = FourierCache.real(inverseCount ?? sizes.count, Real.self)
    let factor = Direction<Real>(isInverse: false, scale, count: plan.count).scale
    let isInverse = inverseCount != nil
    let inner = sizes.inner
    // How many real numbers an element has, and a line.
    let (sourceWidth, targetWidth) = isInverse ? (2, 1) : (1, 2)
    let (sourceCount, targetCount) = isInverse ? (plan.halfCount, plan.count) : (plan.count, plan.halfCount)
    let ownCount = 2 &* plan.halfCount
    return try Real.withWork(plan.workCount &+ 2 &* ownCount, operation) { (work) throws(TensorError) in
      try HostTensor.uninitialized(type, for: operation) { target in
        withReals { (source: UnsafeMutablePointer<Real>) in
          let target = target.assumingMemoryBound(to: Real.self)
          let (line, result) = (work + plan.workCount, work + (plan.workCount &+ ownCount))
          for outer in 0..<sizes.outer {
            for index in 0..<inner {
              let from = source + (outer &* sourceCount &* inner &+ index) &* sourceWidth
              let to = target + (outer &* targetCount &* inner &+ index) &* targetWidth
              if inner > 1 { line.gather(from, sourceCount, width: sourceWidth, stride: inner) }
              let (own, ownResult) = inner > 1 ? (line, result) : (from, to)
              if isInverse {
                plan.inverse(from: own, to: ownResult, scale: factor, work: work)
              } else {
                plan.forward(from: own, to: ownResult, scale: factor, work: work)
              }
              if inner > 1 { result.scatter(to, targetCount, width: targetWidth, stride: inner) }
            }
          }
        }
      }
    }
  }

  /// Calls the closure with the elements as real numbers, which it must not change.
  private func withReals<Real: FourierReal>(_ body: (UnsafeMutablePointer<Real>) -> Void) {
    withBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      body(UnsafeMutablePointer(mutating: start.assumingMemoryBound(to: Real.self)))
    }
  }
}

extension FourierReal {
  /// Calls the closure with memory for a number of real numbers.
  fileprivate static func withWork(
    _ count: Int, _ operation: String,
    _ body: (UnsafeMutablePointer<Self>) throws(TensorError) -> HostTensor
  ) throws(TensorError) -> HostTensor {
    var work = try HostTensor.uninitialized(TensorType(dtype, [Swift.max(count, 1)]), for: operation) { _ in }
    var result: Result<HostTensor, TensorError>?
    try work.withMutableMemory(of: dtype) { memory, _ in
      do throws(TensorError) {
        result = .success(try body(memory.assumingMemoryBound(to: Self.self)))
      } catch {
        result = .failure(error)
      }
    }
    return try result!.get()
  }
}

extension UnsafeMutablePointer where Pointee: FourierReal {
  /// Writes elements that lie apart, each of `width` numbers.
  fileprivate func gather(_ source: UnsafeMutablePointer, _ count: Int, width: Int, stride: Int) {
    for k in 0..<count {
      for part in 0..<width { self[k &* width &+ part] = source[k &* stride &* width &+ part] }
    }
  }

  /// Writes elements to where they lie apart.
  fileprivate func scatter(_ target: UnsafeMutablePointer, _ count: Int, width: Int, stride: Int) {
    for k in 0..<count {
      for part in 0..<width { target[k &* stride &* width &+ part] = self[k &* width &+ part] }
    }
  }
}
