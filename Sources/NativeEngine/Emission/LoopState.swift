import Engines

/// The state of a loop in memory. Small tensors have a place that is read and one that is written, and are copied after
/// each step, so that they can be in registers. Large ones have two places that are written in turn; what is read first
/// is where the state comes from. Those that a step changes in place have one.
struct LoopState {
  private let unit: UnitEmitter
  private let tensors: [Tensor]

  private struct Tensor {
    let byteCount: Int
    let isSmall: Bool
    let isInPlace: Bool
    /// The places that are written; of a small tensor the first one is that which is read.
    let places: (String, String)
    /// For large tensors, the slots of the pointers to what is read, to what is written, and to what is written then.
    let slots: (current: String, next: String, other: String)?
  }

  /// Tensors of at most so many bytes are copied after each step.
  private static var largestCopiedByteCount: Int { 64 }

  /// - Parameters:
  ///   - results: places that large tensors may be written to, because the last state belongs there.
  ///   - isInPlace: the tensors that are written where they are.
  init(
    _ unit: UnitEmitter, _ types: [TensorType], results: [String]? = nil, isInPlace: (Int) -> Bool = { _ in false }
  ) {
    self.unit = unit
    tensors = types.enumerated().map { index, type in
      let byteCount = max(type.byteCount ?? 0, 0)
      if byteCount <= Self.largestCopiedByteCount {
        let places = (unit.memory(byteCount), unit.memory(byteCount))
        return Tensor(byteCount: byteCount, isSmall: true, isInPlace: false, places: places, slots: nil)
      }
      let first = results?[index] ?? unit.memory(byteCount)
      if isInPlace(index) {
        return Tensor(byteCount: byteCount, isSmall: false, isInPlace: true, places: (first, first), slots: nil)
      }
      func slot() -> String { unit.function.text.frame("ptr", alignment: 8) }
      return Tensor(
        byteCount: byteCount, isSmall: false, isInPlace: false, places: (first, unit.memory(byteCount)),
        slots: (slot(), slot(), slot()))
    }
  }

  private var function: FunctionEmitter { unit.function }

  /// Begins with some tensors, which are not written.
  func begin(_ initial: [String]) {
    for (tensor, pointer) in zip(tensors, initial) {
      if let slots = tensor.slots {
        for (slot, place) in [(slots.current, pointer), (slots.next, tensor.places.0), (slots.other, tensor.places.1)] {
          function.run("store ptr \(place), ptr \(slot), align 8")
        }
      } else if tensor.isSmall {
        unit.copy(tensor.byteCount, from: pointer, to: tensor.places.0)
      } else {
        unit.copyUnlessSame(tensor.byteCount, from: pointer, to: tensor.places.0)
      }
    }
  }

  /// Where the state is.
  func current() -> [String] { tensors.map { $0.slots.map { load($0.current) } ?? $0.places.0 } }

  /// Where the next state is to be written.
  func next() -> [String] { tensors.map { $0.slots.map { load($0.next) } ?? $0.places.1 } }

  private func load(_ slot: String) -> String { function.add("load ptr, ptr \(slot), align 8") }

  /// What was written becomes what is read.
  func advance() {
    for tensor in tensors {
      guard let slots = tensor.slots else {
        if tensor.isInPlace { continue }
        unit.copy(tensor.byteCount, from: tensor.places.1, to: tensor.places.0)
        continue
      }
      let (next, other) = (load(slots.next), load(slots.other))
      for (slot, place) in [(slots.current, next), (slots.next, other), (slots.other, next)] {
        function.run("store ptr \(place), ptr \(slot), align 8")
      }
    }
  }

  /// Copies the state to some places.
  func copy(to places: [String]) {
    for (tensor, (from, to)) in zip(tensors, zip(current(), places)) where tensor.byteCount > 0 {
      if tensor.isSmall {
        unit.copy(tensor.byteCount, from: from, to: to)
      } else {
        unit.copyUnlessSame(tensor.byteCount, from: from, to: to)
      }
    }
  }
}

/// How the tensors of a state lie in one block of memory.
struct StateLayout {
  /// Where each of them begins.
  private(set) var offsets: [Int] = []
  /// The size of a block.
  private(set) var byteCount = 0

  init(_ types: [TensorType]) {
    for type in types {
      offsets.append(byteCount)
      byteCount += (max(type.byteCount ?? 0, 0) + 63) / 64 * 64
    }
  }

  /// The tensors of a block.
  func pointers(in block: String, _ function: FunctionEmitter) -> [String] {
    offsets.map { $0 == 0 ? block : function.add("getelementptr inbounds i8, ptr \(block), i64 \($0)") }
  }
}
