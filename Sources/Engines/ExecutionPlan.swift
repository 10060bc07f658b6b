/// What an engine does when it runs a program: which work it does together, in which memory, and how much that is.
///
/// Operations and bytes are estimates, made from the shapes alone. An operation is about what an addition takes: functions
/// such as `exp` count as 20, a division as 5. Bytes are those of the tensors in memory that a piece of work reads and
/// writes, each once.
public struct ExecutionPlan: Sendable {
  /// Work that is done together: loops over one space, numbers, a call of a library, a loop of the program.
  public struct Piece: Sendable {
    /// What it is, such as `loops over [1000, 3]`.
    public var title: String
    /// How it is done, such as `8 places side by side`.
    public var notes: [String] = []
    /// What is computed, one equation each.
    public var equations: [String] = []
    /// The equations' results that are written to memory, by name.
    public var stored: [String] = []
    /// About how many operations it takes.
    public var operations = 0
    /// About how many bytes it reads and writes.
    public var bytesMoved = 0
    /// Programs that it runs: bodies of loops, branches.
    public var parts: [Part] = []

    /// A piece of work.
    public init(title: String) { self.title = title }
  }

  /// A program that a piece of work runs.
  public struct Part: Sendable {
    /// What it is, such as `step`.
    public var title: String
    /// How often it runs, where that is known.
    public var runs: Int?
    /// How it is run.
    public var plan: ExecutionPlan

    /// A part.
    public init(title: String, runs: Int?, plan: ExecutionPlan) {
      self.title = title
      self.runs = runs
      self.plan = plan
    }
  }

  /// A tensor in memory.
  public struct Buffer: Sendable {
    /// The name that it has in equations.
    public var name: String
    /// The tensor's type.
    public var type: TensorType
    /// Where it is: `argument`, `result`, `constant`, `frame`, or `memory of the call, at 64`.
    public var place: String
    /// The pieces of work from the one that makes it to the last that reads it.
    public var lifetime: ClosedRange<Int>

    /// A buffer.
    public init(name: String, type: TensorType, place: String, lifetime: ClosedRange<Int>) {
      self.name = name
      self.type = type
      self.place = place
      self.lifetime = lifetime
    }
  }

  /// The program as the engine gets it.
  public var program: Program
  /// The engine's name.
  public var engine: String
  /// Whether the engine can run it, with details such as a version.
  public var details: String
  /// Why better engines are not used, one line for each.
  public var refusals: [String] = []
  /// The work, in order.
  public var pieces: [Piece] = []
  /// The tensors in memory, arguments and results among them.
  public var buffers: [Buffer] = []
  /// The memory that a call needs beside arguments and results, in bytes.
  public var memoryByteCount = 0
  /// The generated code as the engine writes it; nothing for engines that generate none.
  public var code: String?
  /// The generated code after optimization.
  public var optimizedCode: String?

  /// A plan without any work.
  public init(program: Program, engine: String, details: String) {
    self.program = program
    self.engine = engine
    self.details = details
  }

  /// About how many operations a call takes; what loops of unknown length do counts once.
  public var operations: Int { pieces.reduce(0) { $0 &+ $1.operations } }

  /// About how many bytes a call reads and writes.
  public var bytesMoved: Int { pieces.reduce(0) { $0 &+ $1.bytesMoved } }
}

extension Engine {
  /// What this engine does when it runs a program: equation by equation, unless it says something else.
  public func plan(of program: Program) throws(TensorError) -> ExecutionPlan {
    try program.verify()
    return ExecutionPlan(oneByOne: program, engine: name, details: "\(availability)")
  }
}

extension ExecutionPlan {
  /// Each equation by itself, each result in memory of its own.
  init(oneByOne program: Program, engine: String, details: String) {
    let program = program.canonical
    self.init(program: program, engine: engine, details: details)
    func name(_ variable: Int) -> String { Program.variableName(variable) }
    func byteCount(_ variables: [Int]) -> Int {
      variables.reduce(0) { $0 &+ (program.types[$1].byteCount ?? 0) }
    }
    var lastRead = [Int](repeating: 0, count: program.variableCount)
    for (index, equation) in program.equations.enumerated() {
      let operands = program.operands(of: equation).map { Int($0) }
      let results = Array(equation.results)
      for operand in operands { lastRead[operand] = index }
      for result in results { lastRead[result] = index }
      var piece = Piece(title: equation.primitive.textInPrograms)
      let head = results.map { "\(name($0)): \(program.types[$0])" }.joined(separator: ", ")
      piece.equations = ["\(head) = \(piece.title)" + operands.map { " \(name($0))" }.joined()]
      piece.stored = results.map(name)
      let lowering = equation.primitive.lowering(of: operands.map { program.types[$0] })
      piece.operations = lowering.operationCount(operands.map { program.types[$0] }, results.map { program.types[$0] })
      piece.bytesMoved = byteCount(operands) &+ byteCount(results)
      piece.parts = lowering.parts.map { title, runs, subprogram in
        Part(
          title: title, runs: runs, plan: ExecutionPlan(oneByOne: subprogram.program, engine: engine, details: details))
      }
      pieces.append(piece)
    }
    let last = max(program.equations.count - 1, 0)
    for output in program.outputs { lastRead[Int(output)] = last }
    for input in program.inputs {
      buffers.append(
        Buffer(name: name(Int(input)), type: program.types[Int(input)], place: "argument", lifetime: 0...last))
    }
    for constant in program.constants {
      let variable = Int(constant.variable)
      buffers.append(Buffer(name: name(variable), type: program.types[variable], place: "constant", lifetime: 0...last))
    }
    let outputs = Set(program.outputs.map { Int($0) })
    for (index, equation) in program.equations.enumerated() {
      for result in equation.results {
        buffers.append(
          Buffer(
            name: name(result), type: program.types[result], place: outputs.contains(result) ? "result" : "temporary",
            lifetime: index...max(index, lastRead[result])))
      }
    }
    memoryByteCount = largestTemporaryByteCount
  }

  /// The most bytes of temporary tensors that are there at one time.
  private var largestTemporaryByteCount: Int {
    var change = [Int](repeating: 0, count: pieces.count + 1)
    for buffer in buffers where buffer.place == "temporary" {
      change[buffer.lifetime.lowerBound] += buffer.type.byteCount ?? 0
      change[buffer.lifetime.upperBound + 1] -= buffer.type.byteCount ?? 0
    }
    var (now, largest) = (0, 0)
    for difference in change {
      now += difference
      largest = max(largest, now)
    }
    return largest
  }
}
