import Linearization

// Sample programs for the laws of control primitives.

/// A sample program on float64 tensors of some shapes.
private func sampleProgram(_ types: [TensorType], _ body: ([Tensor]) -> [Tensor]) -> Subprogram? {
  Program.tracing("sample", types, unreadable: .readInBatch, body).map { Subprogram($0.program) }
}

private func float64(_ sizes: Int...) -> TensorType { TensorType(.float64, Shape(sizes)) }

extension Loop {
  /// Loops over slices, up and down; with a number of steps at run time; of two sweeps, with all ways of keeping states.
  public static var samples: [PrimitiveSample] {
    [3, 1, 0].flatMap { scans(length: $0) } + [repetition].compactMap { $0 } + twoSweeps
  }

  private static func scans(length: Int) -> [PrimitiveSample] {
    let shape = float64(2)
    let step = sampleProgram([shape, float64(), shape, float64()]) { inputs in
      let (w, a, h, x) = (inputs[0], inputs[1], inputs[2], inputs[3])
      let next = sin(h * w) + x * a
      return [next, next.sum() * x, h]
    }
    guard let step else { return [] }
    return [false, true].map { isDescending in
      PrimitiveSample(
        Loop(
          length: length, fixedCount: 2,
          sweeps: [Sweep(step, stateCount: 1, slicedCount: 1, isDescending: isDescending)]),
        [OperandSample([2]), OperandSample([]), OperandSample([2]), OperandSample([length])], dtypes: [.float64])
    }
  }

  private static var repetition: PrimitiveSample? {
    let step = sampleProgram([float64(2), TensorType(.int64, .scalar), float64(2)]) { inputs in
      [inputs[1] + Tensor(Int64(1)), sin(inputs[0] * inputs[2]) + inputs[1].asType(.float64) * 0.1]
    }
    return step.map { step in
      PrimitiveSample(
        Loop(length: nil, fixedCount: 1, sweeps: [Sweep(step, stateCount: 2, slicedCount: 0)]),
        [
          OperandSample([], .indices(below: 4), dtype: .int64), OperandSample([2]),
          OperandSample([], .indices(below: 3), dtype: .int64), OperandSample([2]),
        ], dtypes: [.float64])
    }
  }

  private static var twoSweeps: [PrimitiveSample] {
    let up = sampleProgram([float64(2), float64(2)]) { [sin($0[0] * $0[1]), $0[1] * $0[1]] }
    let down = sampleProgram([float64(2), float64(2), float64(2)]) { [$0[1] * $0[2] + $0[0]] }
    guard let up, let down else { return [] }
    let ways: [LoopCheckpointing?] = [nil, .every(2), .binomial(slots: 1), .budget(bytes: 40)]
    return ways.map { way in
      PrimitiveSample(
        Loop(
          length: 5, fixedCount: 1,
          sweeps: [
            Sweep(up, stateCount: 1, slicedCount: 0, recordCount: 1),
            Sweep(down, stateCount: 1, slicedCount: 0, isDescending: true),
          ], checkpointing: way), [OperandSample([2]), OperandSample([2]), OperandSample([2])], dtypes: [.float64])
    }
  }
}

extension While {
  /// A loop whose number of steps depends on its operands.
  public static var samples: [PrimitiveSample] {
    let types = [float64(2), float64(), float64(2)]
    let condition = sampleProgram(types) { [$0[1] .< 4] }
    let body = sampleProgram(types) { inputs in
      [inputs[1] * 1.5 + 0.1, sin(inputs[2] * inputs[0]) + inputs[1]]
    }
    guard let condition, let body else { return [] }
    return [LoopCheckpointing.binomial(slots: 2), nil].map { way in
      PrimitiveSample(
        While(condition: condition, body: body, fixedCount: 1, checkpointing: way),
        [OperandSample([2]), OperandSample([], .positive), OperandSample([2])], dtypes: [.float64])
    }
  }
}

extension Switch {
  /// Three branches by an index, two by a flag.
  public static var samples: [PrimitiveSample] {
    let types = [float64(2), float64(2)]
    let branches = [
      sampleProgram(types) { [sin($0[0]), $0[0] * $0[1]] },
      sampleProgram(types) { [$0[0] + $0[1], exp($0[1])] },
      sampleProgram(types) { [$0[1], Tensor.ones(like: $0[0])] },
    ].compactMap { $0 }
    let operands = [OperandSample([2]), OperandSample([2])]
    return [
      PrimitiveSample(
        Switch(branches), [OperandSample([], .indices(below: 3), dtype: .int64)] + operands, dtypes: [.float64]),
      PrimitiveSample(
        Switch(Array(branches.prefix(2))), [OperandSample([], .flags, dtype: .bool)] + operands, dtypes: [.float64]),
    ]
  }
}
