import Jacobi

/// Products of vectors as polynomials, and what their transposes are: a bilinear primitive with no code of its own for
/// zeros that absorb.
struct Convolution: BilinearPrimitive {
  static let name = "convolution"

  /// Which sums of products are taken.
  enum Kind: String, Codable {
    /// y[n] = Σ a[i] b[n - i], for all n.
    case full
    /// y[n] = Σ a[i] b[i - n], where the shorter vector lies inside of the longer one, a.
    case inside
  }
  var kind: Kind

  private func size(_ a: Int, _ b: Int) -> Int { kind == .full ? a + b - 1 : a - b + 1 }

  func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 2,
      operands.allSatisfy({ $0.shape.rank == 1 && $0.dtype == .float64 && (1..<1_000_000).contains($0.shape[0]) }),
      size(operands[0].shape.count, operands[1].shape.count) > 0
    else { throw TensorError(.shape, Self.name, "takes two vectors of float64, not \(operands)") }
    return [TensorType(.float64, [size(operands[0].shape.count, operands[1].shape.count)])]
  }

  func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let type = try resultTypes(of: operands.map(\.type))[0]
    let (a, b) = (operands[0].elements(as: Double.self), operands[1].elements(as: Double.self))
    var y = [Double](repeating: 0, count: type.shape.count)
    for n in y.indices {
      for i in a.indices {
        let j = kind == .full ? n - i : i - n
        if b.indices.contains(j) { y[n] += a[i] * b[j] }
      }
    }
    return [try HostTensor(type.shape, y)]
  }

  func transposed(_ ct: Tensor, of operand: Int, at point: EquationPoint, _ product: Product) -> Tensor {
    let other = point.operand(1 - operand)
    switch (kind, operand) {
    case (.full, _): return product(Convolution(kind: .inside), ct, other)
    case (.inside, 0): return product(Convolution(kind: .full), ct, other)
    case (.inside, _): return product(Convolution(kind: .inside), other, ct)
    }
  }

  func batched(_ operands: [Tensor], isBatched: [Bool], size: Int, _ product: Product) -> Tensor {
    func example(_ index: Int, _ operand: Int) -> Tensor {
      isBatched[operand] ? operands[operand][index] : operands[operand]
    }
    let results = (0..<size).map { product(self, example($0, 0), example($0, 1)) }
    if !results.isEmpty { return Tensor.stacked(results) }
    let (a, b) = (operands[0].shape, operands[1].shape)
    return Tensor.zeros([0, self.size(a[a.rank - 1], b[b.rank - 1])])
  }

  static var samples: [PrimitiveSample] {
    [(Kind.full, 3, 2), (.full, 1, 1), (.inside, 4, 2), (.inside, 3, 3)].map { kind, a, b in
      PrimitiveSample(Convolution(kind: kind), [OperandSample([a]), OperandSample([b])], dtypes: [.float64])
    }
  }
}
