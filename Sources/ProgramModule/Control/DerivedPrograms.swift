/// What transforms and analyses have made of programs, so that the program of a call is looked at once however often it is
/// called.
///
/// It holds what was used last of each kind and forgets the rest, so that it stays small while a process runs for long.
package final class DerivedPrograms: Sendable {
  package static let shared = DerivedPrograms()

  /// How many outcomes of a kind are kept for certain.
  private let capacity: Int
  /// A store for each type of kind and outcome, by the store's own type.
  private let stores = Lock<[ObjectIdentifier: any AnyObject & Sendable]>([:])

  package init(capacity: Int = 1024) { self.capacity = capacity }

  /// What was made of a program, or what the closure makes now; nothing is kept when it makes nothing.
  ///
  /// - Parameter kind: a value of the type that whoever makes it has for the purpose, with all that the outcome depends on.
  @inlinable
  package func value<Kind: Hashable & Sendable, Value: Sendable>(
    of program: Subprogram, _ kind: Kind, _ make: () -> Value?
  ) -> Value? {
    let store = store(Kind.self, Value.self)
    let key = DerivedProgramStore<Kind, Value>.Key(program: program, kind: kind)
    if let known = store.known(key) { return known }
    // Made without the lock: making it asks for what is derived from the programs inside.
    guard let made = make() else { return nil }
    store.keep(made, key)
    return made
  }

  @usableFromInline
  func store<Kind: Hashable & Sendable, Value: Sendable>(
    _: Kind.Type, _: Value.Type
  ) -> DerivedProgramStore<Kind, Value> {
    typealias Store = DerivedProgramStore<Kind, Value>
    let found = stores.withLock { stores in
      if let store = stores[ObjectIdentifier(Store.self)] { return store }
      let store = Store(capacity: capacity)
      stores[ObjectIdentifier(Store.self)] = store
      return store
    }
    // The key is the store's own type, so the cast cannot fail. A checked cast would dominate the lookup.
    return unsafeDowncast(found, to: Store.self)
  }
}

/// Outcomes of one kind.
@usableFromInline
final class DerivedProgramStore<Kind: Hashable & Sendable, Value: Sendable>: Sendable {
  /// What was made of which program.
  @usableFromInline
  struct Key: Hashable, Sendable {
    @usableFromInline var program: Subprogram
    /// What is made of equal programs from different lines names these lines.
    @usableFromInline var object: ObjectIdentifier
    @usableFromInline var kind: Kind

    @inlinable
    init(program: Subprogram, kind: Kind) {
      self.program = program
      object = program.object
      self.kind = kind
    }
  }

  /// Two generations: when the young one is full it becomes the old one, and what nobody asked for since is forgotten.
  @usableFromInline
  struct Generations {
    @usableFromInline var young: [Key: Value] = [:]
    @usableFromInline var old: [Key: Value] = [:]

    @inlinable init() {}
  }

  @usableFromInline let capacity: Int
  @usableFromInline let generations = Lock(Generations())

  @usableFromInline init(capacity: Int) { self.capacity = capacity }

  @inlinable
  func known(_ key: Key) -> Value? {
    let (value, isOld) = generations.withLock { generations -> (Value?, Bool) in
      if let value = generations.young[key] { return (value, false) }
      return (generations.old[key], true)
    }
    if isOld, let value { keep(value, key) }
    return value
  }

  @inlinable
  func keep(_ value: Value, _ key: Key) {
    generations.withLock {
      if $0.young.count >= capacity && $0.young[key] == nil {
        $0.old = $0.young
        $0.young = [:]
      }
      $0.young[key] = value
    }
  }
}
