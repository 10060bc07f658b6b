/// Programs that transforms have made from others, so that the program of a call is transformed once however often it is
/// called.
///
/// It holds what was used last and forgets the rest, so that it stays small while a process runs for long.
package final class DerivedPrograms: Sendable {
  /// What was made from what.
  package struct Key: Hashable, Sendable {
    /// The kind of transform, with its parameters.
    package enum Kind: Hashable, Sendable {
      case batched(Int, outputs: [Bool])
      case linearized
      case guarded
      case absorbing
      case called(runner: String?)
      case custom(CustomCall)
      case checkpointed(CheckpointPolicy)
      case stepResiduals(fixedCount: Int, outputCount: Int)
      case loop(Loop, LoopPart)
    }
    /// The parts of a loop's derivative.
    package enum LoopPart: Hashable, Sendable {
      case stackedTangents
      case stackedCotangents
      case tangents
      case cotangents
    }
    package var program: Subprogram
    package var kind: Kind
    /// Which inputs take part.
    package var mask: [Bool]

    package init(program: Subprogram, kind: Kind, mask: [Bool]) {
      self.program = program
      self.kind = kind
      self.mask = mask
    }
  }

  package static let shared = DerivedPrograms()

  /// Two generations: when the young one is full it becomes the old one, and what nobody asked for since is forgotten.
  private struct Generations {
    var young: [Key: any Sendable] = [:]
    var old: [Key: any Sendable] = [:]
  }

  private let capacity: Int
  private let generations = Lock(Generations())

  package init(capacity: Int = 512) { self.capacity = capacity }

  /// What was made for a key, or what the closure makes now; nothing is kept when it makes nothing.
  package func value<Value: Sendable>(for key: Key, _ make: () -> Value?) -> Value? {
    if let known = generations.withLock({ $0.young[key] ?? $0.old[key] }) as? Value {
      keep(known, key)
      return known
    }
    // Made without the lock: making it asks for what is derived from the programs inside.
    guard let made = make() else { return nil }
    keep(made, key)
    return made
  }

  private func keep(_ value: some Sendable, _ key: Key) {
    generations.withLock {
      if $0.young.count >= capacity && $0.young[key] == nil {
        $0.old = $0.young
        $0.young = [:]
      }
      $0.young[key] = value
    }
  }
}
