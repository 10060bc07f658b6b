/// A program that is part of a primitive, such as the body of a call or of a loop.
///
/// Equal programs with equal names are one object, so that comparing and hashing take no time however deeply programs
/// nest: a program that calls another twice, which calls another twice, and so on, stays as small as its text. Where they
/// come from different lines of the source each is an object, so that errors name the right one, and they are equal still.
public struct Subprogram: Sendable {
  /// What equal programs share.
  ///
  /// `Sendable`: nothing changes after the initializer, but for what is attached.
  private final class Shared: Sendable {
    /// What equal programs from all lines have in common.
    let identity: Identity
    let evaluator: ProgramEvaluator
    let structuralHash: Int
    let depth: Int
    let inputCount: Int
    let outputCount: Int
    /// What others have made of the program, such as machine code.
    let attachments = Lock<[Attachment: any Sendable]>([:])

    init(_ program: Program, structuralHash: Int, identity: Identity) {
      self.identity = identity
      evaluator = ProgramEvaluator(program)
      self.structuralHash = structuralHash
      inputCount = program.inputs.count
      outputCount = program.outputs.count
      depth = 1 + (program.subprograms.map(\.depth).max() ?? 0)
    }
  }

  private final class Identity: Sendable {}

  private let shared: Shared

  /// The shared form of a program, with its variables in canonical order.
  public init(_ program: Program) {
    let program = program.canonical
    var hasher = Hasher()
    hasher.combine(program.name)
    hasher.combine(program)
    let hash = hasher.finalize()
    shared = Self.table.withLock { $0.shared(hash, program) }
  }

  /// Which object this is: that of equal programs which come from the same lines.
  @usableFromInline package var object: ObjectIdentifier { ObjectIdentifier(shared) }

  /// The program.
  public var program: Program { shared.evaluator.program }

  /// The number of the program's inputs; takes less time than to ask the program.
  package var inputCount: Int { shared.inputCount }

  /// The number of the program's outputs; takes less time than to ask the program.
  package var outputCount: Int { shared.outputCount }

  /// How deeply programs nest: 1 for one without others in it.
  public var depth: Int { shared.depth }

  /// The most that programs may nest; deeper ones are refused before they could exhaust the stack.
  public static var largestDepth: Int { 100 }

  /// What others make of a program and keep with it.
  package enum Attachment: Hashable, Sendable {
    /// The program made ready by an engine, by the best one where none is named.
    ///
    /// - Parameter isOverwritten: the inputs whose memory may be used for outputs.
    case compiled(EngineID?, isOverwritten: [Bool])
    /// Anything else, by a name of its own.
    case named(String)
  }

  /// What was made of this program; made at the first call, while others that ask for it wait. It goes when the program
  /// goes.
  package func attachment<Value: Sendable>(
    _ key: Attachment, _ make: () throws(TensorError) -> Value
  ) throws(TensorError) -> Value {
    try shared.attachments.withLock { attachments throws(TensorError) in
      if let known = attachments[key] as? Value { return known }
      let made = try make()
      attachments[key] = made
      return made
    }
  }

  /// The outputs for inputs in host memory.
  ///
  /// - Throws: an error when the inputs do not have the program's input types, or when an equation fails.
  package func evaluate(_ inputs: [HostTensor]) throws(TensorError) -> [HostTensor] {
    try shared.evaluator.run(inputs)
  }

  /// The outputs for inputs that are known to have the program's input types.
  ///
  /// - Throws: an error when an equation fails.
  package func evaluateChecked(_ inputs: [HostTensor]) throws(TensorError) -> [HostTensor] {
    try shared.evaluator.runChecked(inputs)
  }
}

extension Subprogram: Hashable {
  /// Whether both are the same program with the same name.
  public static func == (a: Subprogram, b: Subprogram) -> Bool { a.shared.identity === b.shared.identity }

  /// Hashes the program's structure.
  public func hash(into hasher: inout Hasher) { hasher.combine(shared.structuralHash) }
}

extension Subprogram: Codable {
  /// Writes the program.
  public func encode(to encoder: any Encoder) throws { try program.encode(to: encoder) }

  /// Reads a program.
  public init(from decoder: any Decoder) throws { self.init(try Program(from: decoder)) }
}

extension Program {
  /// The programs that the equations contain, each once, in the order of their first use.
  public var subprograms: [Subprogram] {
    var seen: Set<Subprogram> = []
    return equations.flatMap { $0.primitive.control?.subprograms ?? [] }
      .filter { seen.insert($0).inserted }
  }
}

// MARK: - Sharing

extension Subprogram {
  /// The programs that are in use, by hash. It keeps none of them alive.
  private struct Table {
    private struct Entry {
      weak var shared: Shared?
    }
    private var entries: [Int: [Entry]] = [:]
    private var count = 0
    private var sweepAt = 256

    mutating func shared(_ hash: Int, _ program: Program) -> Shared {
      var identity: Identity?
      for entry in entries[hash] ?? [] {
        guard let shared = entry.shared else { continue }
        let known = shared.evaluator.program
        guard known.name == program.name, identity === shared.identity || known == program else { continue }
        if known.places == program.places { return shared }
        identity = shared.identity
      }
      if count >= sweepAt { sweep() }
      let made = Shared(program, structuralHash: hash, identity: identity ?? Identity())
      entries[hash, default: []].append(Entry(shared: made))
      count += 1
      return made
    }

    private mutating func sweep() {
      entries = entries.compactMapValues { list in
        let alive = list.filter { $0.shared != nil }
        return alive.isEmpty ? nil : alive
      }
      count = entries.values.reduce(0) { $0 + $1.count }
      sweepAt = max(256, count * 2)
    }
  }

  private static let table = Lock(Table())
}
