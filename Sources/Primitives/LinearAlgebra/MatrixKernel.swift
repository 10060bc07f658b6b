/// The sizes of a batch of products of a matrix [rows, inner] with a matrix [inner, columns].
struct MatrixSizes {
  let batches: Int
  let rows: Int
  let inner: Int
  let columns: Int
}

/// How two numbers are multiplied.
protocol ProductRule {
  static func product<T: HostNumber>(_ a: T, _ b: T) -> T
}

/// The product of numbers as it is.
enum PlainProduct: ProductRule {
  @inline(__always) static func product<T: HostNumber>(_ a: T, _ b: T) -> T { T.product(a, b) }
}

/// Multiplies matrices that lie one after the other in memory.
func multiplyMatrices<T: HostNumber, Rule: ProductRule>(
  _ lhs: HostTensor, _ rhs: HostTensor, _ sizes: MatrixSizes, _ shape: Shape, _: T.Type, _: Rule.Type
) throws(TensorError) -> HostTensor {
  try HostTensor(shape, of: T.self, for: DotGeneral.name) { results in
    results.initialize(repeating: T.zeroScalar)
    // Without results there may still be more batches or rows than anybody can count.
    if results.isEmpty { return }
    lhs.withElements(as: T.self) { a in
      rhs.withElements(as: T.self) { b in
        guard let a = a.baseAddress, let b = b.baseAddress, let c = results.baseAddress, sizes.inner > 0 else { return }
        for batch in 0..<sizes.batches {
          let left = a + batch &* sizes.rows &* sizes.inner
          let right = b + batch &* sizes.inner &* sizes.columns
          let result = c + batch &* sizes.rows &* sizes.columns
          if sizes.columns == 1 {
            multiplyVector(left, right, result, sizes.rows, sizes.inner, Rule.self)
          } else {
            multiplyMatrix(left, right, result, sizes, Rule.self)
          }
        }
      }
    }
  }
}

/// A matrix times a vector: one contiguous sum of products for each row.
private func multiplyVector<T: HostNumber, Rule: ProductRule>(
  _ a: UnsafePointer<T>, _ x: UnsafePointer<T>, _ y: UnsafeMutablePointer<T>, _ rows: Int, _ inner: Int,
  _: Rule.Type
) {
  for row in 0..<rows {
    let line = a + row &* inner
    var (t0, t1, t2, t3) = (T.zeroScalar, T.zeroScalar, T.zeroScalar, T.zeroScalar)
    var k = 0
    while k &+ 4 <= inner {
      t0 = T.sum(t0, Rule.product(line[k], x[k]))
      t1 = T.sum(t1, Rule.product(line[k &+ 1], x[k &+ 1]))
      t2 = T.sum(t2, Rule.product(line[k &+ 2], x[k &+ 2]))
      t3 = T.sum(t3, Rule.product(line[k &+ 3], x[k &+ 3]))
      k &+= 4
    }
    var total = T.sum(T.sum(t0, t1), T.sum(t2, t3))
    while k < inner {
      total = T.sum(total, Rule.product(line[k], x[k]))
      k &+= 1
    }
    y[row] = total
  }
}

/// A matrix times a matrix, into zeros: in blocks that stay in the cache, two rows and four terms at a time, the innermost
/// loop over contiguous elements of a row.
private func multiplyMatrix<T: HostNumber, Rule: ProductRule>(
  _ a: UnsafePointer<T>, _ b: UnsafePointer<T>, _ c: UnsafeMutablePointer<T>, _ sizes: MatrixSizes,
  _: Rule.Type
) {
  let (innerBlock, columnBlock) = (64, 512)
  for firstColumn in stride(from: 0, to: sizes.columns, by: columnBlock) {
    let width = Swift.min(columnBlock, sizes.columns &- firstColumn)
    for firstTerm in stride(from: 0, to: sizes.inner, by: innerBlock) {
      let lastTerm = Swift.min(firstTerm &+ innerBlock, sizes.inner)
      var row = 0
      while row < sizes.rows {
        let isPair = row &+ 1 < sizes.rows
        let a0 = a + row &* sizes.inner
        let a1 = isPair ? a0 + sizes.inner : a0
        let c0 = c + (row &* sizes.columns &+ firstColumn)
        let c1 = c0 + (isPair ? sizes.columns : 0)
        var k = firstTerm
        while k < lastTerm {
          let b0 = b + (k &* sizes.columns &+ firstColumn)
          if k &+ 4 <= lastTerm {
            addFour(a0 + k, b0, sizes.columns, c0, width, Rule.self)
            if isPair { addFour(a1 + k, b0, sizes.columns, c1, width, Rule.self) }
            k &+= 4
          } else {
            addOne(a0[k], b0, c0, width, Rule.self)
            if isPair { addOne(a1[k], b0, c1, width, Rule.self) }
            k &+= 1
          }
        }
        row &+= isPair ? 2 : 1
      }
    }
  }
}

/// Adds four rows of `b`, each times its factor, to a row of `c`.
@inline(__always)
private func addFour<T: HostNumber, Rule: ProductRule>(
  _ factors: UnsafePointer<T>, _ b: UnsafePointer<T>, _ stride: Int, _ c: UnsafeMutablePointer<T>, _ width: Int,
  _: Rule.Type
) {
  let (f0, f1, f2, f3) = (factors[0], factors[1], factors[2], factors[3])
  let (b1, b2, b3) = (b + stride, b + 2 &* stride, b + 3 &* stride)
  for j in 0..<width {
    let first = T.sum(Rule.product(f0, b[j]), Rule.product(f1, b1[j]))
    let second = T.sum(Rule.product(f2, b2[j]), Rule.product(f3, b3[j]))
    c[j] = T.sum(c[j], T.sum(first, second))
  }
}

/// Adds a row of `b` times a factor to a row of `c`.
@inline(__always)
private func addOne<T: HostNumber, Rule: ProductRule>(
  _ factor: T, _ b: UnsafePointer<T>, _ c: UnsafeMutablePointer<T>, _ width: Int,
  _: Rule.Type
) {
  for j in 0..<width { c[j] = T.sum(c[j], Rule.product(factor, b[j])) }
}
