/// What was wrong with an operation on tensors, where, and what to write instead.
public struct TensorError: Error, Hashable, Sendable {
  /// The kinds of mistakes, for programs that want to react to them.
  public enum Kind: String, Hashable, Sendable {
    /// Shapes that do not fit each other or the operation.
    case shape
    /// Element types that do not fit each other or the operation.
    case dtype
    /// An index or axis outside its range.
    case index
    /// A size that does not fit into memory.
    case memory
    /// A value read, or a tensor used, where a transform does not allow it.
    case tracing
    /// A function, argument or result that a transform cannot take.
    case transform
    /// A structure (array, dictionary, optional, struct) that does not match another.
    case structure
    /// A program that is not well formed, or text that is not a program.
    case program
    /// Numbers outside an operation's domain.
    case value
    /// An engine could not make code.
    case compilation
    /// A device failed, or a tensor is on another device.
    case device
  }

  /// The kind of mistake.
  public var kind: Kind
  /// The name of the operation, such as `add` or `grad`.
  public var operation: String
  /// What was wrong, with the shapes and dtypes.
  public var message: String
  /// What to write instead.
  public var hint: String?
  /// The place in the user's source, such as `Model.swift:12`, where it can be had.
  ///
  /// What is known at first is the stack; the place is looked up when somebody reads it, compares errors or prints them.
  public var location: String? {
    get { place?.text }
    set { place = newValue.map { .text($0) } }
  }
  /// The place, which may still have to be looked up.
  package var place: SourcePlace?

  /// An error of an operation.
  public init(_ kind: Kind, _ operation: String, _ message: String, hint: String? = nil, location: String? = nil) {
    self.kind = kind
    self.operation = operation
    self.message = message
    self.hint = hint
    place = location.map { .text($0) }
  }
}

extension TensorError {
  /// Whether both say the same of the same place.
  public static func == (a: TensorError, b: TensorError) -> Bool {
    a.kind == b.kind && a.operation == b.operation && a.message == b.message && a.hint == b.hint
      && (a.place == b.place || a.location == b.location)
  }

  /// Hashes what `==` compares, but for the place.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(operation)
    hasher.combine(message)
    hasher.combine(hint)
  }
}

extension TensorError: CustomStringConvertible {
  /// The whole message, one line for each part that is there.
  public var description: String {
    var text = "\(operation): \(message)"
    if let hint { text += "\n  hint: \(hint)" }
    if let location { text += "\n  at \(location)" }
    return text
  }
}
