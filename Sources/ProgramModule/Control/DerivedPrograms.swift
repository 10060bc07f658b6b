/// What transforms and analyses have made of programs, so that the program of a call is looked at once however often it is
/// called.
///
/// It holds what was used last and forgets the rest, so that it stays small while a process runs for long.
package final class DerivedPrograms: Sendable {
  /// What was made of which program. The kind is a value of the type that whoever makes it has for the purpose, with all
  /// that the outcome depends on.
  private struct Key: Hashable, Sendable {
    var program: Subprogram
    var kind: any Hashable & Sendable

    static func == (a: Key, b: Key) -> Bool { a.program == b.program && isEqual(a.kind, b.kind) }

    private static func isEqual<Kind: Hashable>(_ a: Kind, _ b: any Hashable) -> Bool { b as? Kind == a }

    func hash(into hasher: inout Hasher) {
      hasher.combine(program)
      kind.hash(into: &hasher)
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

  package init(capacity: Int = 1024) { self.capacity = capacity }

  /// What was made of a program, or what the closure makes now; nothing is kept when it makes nothing.
  package func value<Value: Sendable>(
    of program: Subprogram, _ kind: some Hashable & Sendable, _ make: () -> Value?
  ) -> Value? {
    let key = Key(program: program, kind: kind)
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
