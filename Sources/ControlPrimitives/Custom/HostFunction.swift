import Linearization
import Synchronization

/// A Swift function that a program refers to. Two are equal when they are one object; program text has its name with a
/// number, by which it is found again while the process keeps it.
public struct HostFunction<Body: Sendable>: Sendable {
  /// The object that is referred to.
  ///
  /// `@unchecked Sendable`: its only property is constant and of a `Sendable` type, and so are those that it inherits; the
  /// compiler does not look at a class that inherits.
  private final class Shared: AnyHostFunction, @unchecked Sendable {
    let body: Body
    init(_ name: String, _ body: Body) {
      self.body = body
      super.init(name)
    }
  }

  private let shared: Shared

  /// A function with a name for people.
  public init(_ name: String, _ body: Body) {
    shared = Shared(name, body)
    AnyHostFunction.register(shared)
  }

  /// The function.
  public var body: Body { shared.body }

  /// The name for people, without the number.
  public var name: String { shared.name }
}

extension HostFunction: Hashable {
  /// Whether both are one object.
  public static func == (a: HostFunction, b: HostFunction) -> Bool { a.shared === b.shared }

  /// Hashes the number.
  public func hash(into hasher: inout Hasher) { hasher.combine(shared.number) }
}

extension HostFunction: Codable {
  /// Writes the name with its number, such as `solve#3`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode("\(shared.name)#\(shared.number)")
  }

  /// Finds the function in this process.
  ///
  /// - Throws: an error when it is not, or no longer, there.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    let number = text.split(separator: "#").last.flatMap { Int($0) }
    guard let number, let found = AnyHostFunction.registered(number) as? Shared,
      text == "\(found.name)#\(found.number)"
    else {
      throw TensorError(
        .program, "program text", "the Swift function \"\(text)\" is not in this process",
        hint:
          "text can name a Swift function, but not hold it: read it in the process that printed it, while the program "
          + "is alive, or record the program again")
    }
    shared = found
  }
}

/// What all Swift functions in programs have in common.
///
/// `@unchecked Sendable`: its properties are constants of `Sendable` types, and its only subclass, in this file, adds one
/// more; the table of all of them is behind a lock. The compiler cannot know the subclasses.
private class AnyHostFunction: @unchecked Sendable {
  let name: String
  let number: Int

  init(_ name: String) {
    self.name = name
    number = Self.counter.wrappingAdd(1, ordering: .relaxed).newValue
  }

  deinit { _ = Self.table.withLock { $0.removeValue(forKey: number) } }

  private struct Entry {
    weak var function: AnyHostFunction?
  }
  private static let counter = Atomic<Int>(0)
  /// The functions that are in use, by number. It keeps none of them alive.
  private static let table = Lock<[Int: Entry]>([:])

  static func register(_ function: AnyHostFunction) {
    table.withLock { $0[function.number] = Entry(function: function) }
  }

  static func registered(_ number: Int) -> AnyHostFunction? { table.withLock { $0[number]?.function } }
}
