import Linearization

extension Loop: LoopPrimitive {
  /// The loop's parts where it has one sweep over a known number of steps, and keeps everything for reverse mode.
  public var plainShape: LoopShape? {
    guard length != nil, sweeps.count == 1, sweeps[0].recordCount == 0, checkpointing == nil else { return nil }
    return shape
  }

  /// A loop with these parts.
  public func with(_ shape: LoopShape) -> any Primitive {
    Loop(
      length: shape.length, fixedCount: shape.fixedCount,
      sweeps: shape.sweeps.map {
        Sweep(
          $0.step, stateCount: $0.stateCount, slicedCount: $0.slicedCount, recordCount: $0.recordCount,
          isDescending: $0.isDescending)
      })
  }

  public func lowering(of operands: [TensorType]) -> Lowering { .loop(shape) }

  private var shape: LoopShape {
    LoopShape(
      length: length, fixedCount: fixedCount,
      sweeps: sweeps.map {
        LoopShape.SweepShape(
          step: $0.step, stateCount: $0.stateCount, slicedCount: $0.slicedCount, recordCount: $0.recordCount,
          isDescending: $0.isDescending)
      }, reversal: reversal)
  }
}
