import Jacobi
import JacobiTesting
import NativeEngine
import Testing

/// What works along an axis, and what puts elements where integers say, at sizes on both sides of every vector's width:
/// to the last bit what the reference engine gives.
@Suite(.enabled(if: NativeEngine().availability.isAvailable)) struct LineTests {
  /// Shapes with the axis: lines that are contiguous and lines side by side.
  static let shapes: [(Shape, Int)] = [
    ([1], 0), ([7], 0), ([31], 0), ([32], 0), ([33], 0), ([300], 0), ([3, 64], 1), ([5, 1], 1), ([4, 70, 1], 1),
    ([9, 8], 0), ([2, 5, 17], 1), ([3, 2, 33], 1), ([50, 3], 0), ([0, 4], 1), ([4, 0], 0), ([2, 3, 0], 1),
  ]

  /// Few different numbers, so that there are ties, with zeros of both signs; some are `nan` or infinite.
  private func tensor(_ shape: Shape, _ dtype: DType, _ seed: UInt64, hasNaN: Bool = true) throws -> HostTensor {
    var random = CountingGenerator(seed: seed)
    let choices: [Double] = [-0.0, 0, 1, -1, 2, .nan, .infinity, -.infinity, 0.1, -3, 1e300, 7]
    let numbers = (0..<shape.count).map { _ in
      let number = choices.randomElement(using: &random) ?? 0
      return !dtype.isReal && !number.magnitude.isLess(than: 100) || number.isNaN && (!dtype.isReal || !hasNaN)
        ? 5 : number
    }
    let drawn = Tensor(shape: shape.dimensions, scalars: numbers)
    if dtype.isComplex {
      let other = Tensor(shape: shape.dimensions, scalars: Array(numbers.reversed()))
      return try complex(drawn, other).asType(dtype).hostValue()
    }
    return try drawn.asType(dtype).hostValue()
  }

  private func expectSameBits(_ primitive: any Primitive, _ operands: [HostTensor]) throws {
    let recorded = program(
      of: { (x: [Tensor]) in primitive.bind(x) }, at: operands.map { Tensor($0) })
    let (actual, expected) = (try recorded.run(operands, on: NativeEngine()), try recorded.run(operands))
    #expect(actual == expected, "\(primitive) of \(operands.map(\.type))")
  }

  @Test(arguments: [DType.float64, .float32, .int64, .int32, .complex128, .complex64])
  func cumulativeSums(_ dtype: DType) throws {
    for (shape, axis) in Self.shapes {
      for reversed in [false, true] {
        try expectSameBits(CumulativeSum(axis: axis, reversed: reversed), [tensor(shape, dtype, 1)])
      }
    }
  }

  @Test(arguments: [DType.float64, .float32, .int64, .int32]) func extremumPlaces(_ dtype: DType) throws {
    for (shape, axis) in Self.shapes where shape[axis] > 0 {
      for seed in 0..<8 as Range<UInt64> {
        let x = try tensor(shape, dtype, seed, hasNaN: seed % 2 == 0)
        try expectSameBits(ArgMax(axis: axis), [x])
        try expectSameBits(ArgMin(axis: axis), [x])
      }
    }
  }

  @Test(arguments: [DType.float64, .float32, .int64, .int32]) func sortedPlaces(_ dtype: DType) throws {
    for (shape, axis) in Self.shapes {
      for descending in [false, true] {
        try expectSameBits(ArgSort(axis: axis, descending: descending), [tensor(shape, dtype, 3)])
      }
    }
    // Numbers that differ in every byte.
    var random = CountingGenerator(seed: 5)
    let bits = (0..<500).map { _ in random.next() }
    let numbers: HostTensor =
      switch dtype {
      case .float64: try HostTensor([500], bits.map { Double(bitPattern: $0) })
      case .float32: try HostTensor([500], bits.map { Float(bitPattern: UInt32(truncatingIfNeeded: $0)) })
      case .int64: try HostTensor([500], bits.map { Int64(bitPattern: $0) })
      default: try HostTensor([500], bits.map { Int32(truncatingIfNeeded: $0) })
      }
    try expectSameBits(ArgSort(axis: 0), [numbers])
    try expectSameBits(ArgSort(axis: 0, descending: true), [numbers])
  }

  private func indices(_ shape: Shape, below size: Int, _ dtype: DType) throws -> HostTensor {
    var random = CountingGenerator(seed: 11)
    let numbers = (0..<shape.count).map { _ in Double(Int.random(in: -size..<size, using: &random)) }
    return try Tensor(shape: shape.dimensions, scalars: numbers).asType(dtype).hostValue()
  }

  @Test(arguments: [DType.float64, .float32, .int64, .int32, .complex128, .complex64])
  func scatters(_ dtype: DType) throws {
    // The operand, the indices, the axis, the number of batch axes.
    let cases: [(Shape, Shape, Int, Int)] = [
      ([40], [40], 0, 0), ([40, 17], [40], 0, 0), ([3, 20], [20], 1, 0), ([3, 4, 5, 9], [4, 5], 1, 0),
      ([2, 30], [2, 30], 1, 1), ([2, 3, 10, 33], [2, 10], 2, 1), ([0], [0], 0, 0), ([5, 0], [5], 0, 0),
    ]
    for (operand, index, axis, batchRank) in cases {
      for kind in [DType.int32, .int64] {
        let chosen = try indices(index, below: 7, kind)
        try expectSameBits(
          ScatterAdd(axis: axis, batchRank: batchRank, size: 7), [tensor(operand, dtype, 2, hasNaN: false), chosen])
        if index.rank == batchRank + 1 {
          var whole = operand.dimensions
          whole[axis] = 7
          try expectSameBits(
            Scatter(axis: axis, batchRank: batchRank),
            [tensor(Shape(whole), dtype, 3, hasNaN: false), tensor(operand, dtype, 2, hasNaN: false), chosen])
        }
      }
    }
  }

  /// Indices outside fail with the reference engine's message, also where there is nothing to move.
  @Test func indicesOutside() throws {
    func scatter(_ shape: Shape, axis: Int = 0, size: Int) -> (any Primitive, [Shape]) {
      (ScatterAdd(axis: axis, size: size), [shape])
    }
    // Primitives with the shapes of the operands before the indices.
    let wrong: [(primitive: any Primitive, others: [Shape])] = [
      scatter([4], size: 3), scatter([4, 0], size: 3), scatter([0, 4], axis: 1, size: 3), scatter([4], size: 0),
      (Scatter(axis: 0), [[3], [4]]), (Scatter(axis: 0), [[0], [4]]), (Scatter(axis: 0), [[3, 0], [4, 0]]),
      (LinearIndices(sizes: [3]), []),
      (Gather(axis: 0), [[3]]), (Gather(axis: 0), [[0]]),
    ]
    for (primitive, others) in wrong {
      for dtype in [DType.int32, .int64] {
        var builder = ProgramBuilder(name: "indices")
        var operands = others.map { builder.input(TensorType(.float64, $0)) }
        operands.append(builder.input(TensorType(dtype, [4])))
        let recorded = try builder.finish(builder.add(primitive, operands))
        var arguments = try others.map { try Tensor.zeros($0.dimensions).hostValue() }
        arguments.append(try Tensor([Int64(0), 3, -4, 1]).asType(dtype).hostValue())
        let messages = failures(of: recorded, arguments)
        #expect(messages[0] == messages[1] && messages[0] != "nothing", "\(primitive), \(others): \(messages)")
      }
    }
  }
}
