import ControlPrimitives

/// Why a function was traced.
enum RetraceReason: Sendable {
  case firstCall
  case type(place: Int, old: TensorType, new: TensorType)
  case structure(old: String, new: String)
  case part(old: String, new: String)
  case guardValue(stack: CapturedStack?, old: HostTensor, new: HostTensor)
  case traceEnded
  case valuesUnknown

  /// Why there is nothing for a signature where there is for another.
  init(from old: JITSignature?, to new: JITSignature) {
    guard let old else {
      self = .firstCall
      return
    }
    let (before, after) = (old.structure, new.structure)
    if before.trees != after.trees {
      let names = [before.trees, after.trees].map { $0.map(\.description).joined(separator: ", ") }
      self = .structure(old: names[0], new: names[1])
      return
    }
    for (place, (before, after)) in zip(old.types, new.types).enumerated() where before != after {
      self = .type(place: place, old: before, new: after)
      return
    }
    for (before, after) in zip(before.parts, after.parts) where before != after {
      self = .part(old: "\(before)", new: "\(after)")
      return
    }
    self = .structure(old: "\(before.parts.count) values", new: "\(after.parts.count) values")
  }
}

extension RetraceReason: CustomStringConvertible {
  var description: String {
    switch self {
    case .firstCall: return "the first call"
    case .type(let place, let old, let new): return "argument tensor \(place) was \(old), and is \(new)"
    case .structure(let old, let new): return "the structure of the arguments was \(old), and is \(new)"
    case .part(let old, let new): return "a static argument, or a part of an argument, was \(old), and is \(new)"
    case .traceEnded: return "the transform has ended whose tensors the function used before"
    case .valuesUnknown: return "the values of the arguments, on which the path depends, are not known here"
    case .guardValue(let stack, let old, let new):
      let place = stack?.place.map { " at \($0)" } ?? ""
      let advice =
        new.dtype == .bool
        ? ""
        : "; each number that is read is a path of its own: compare before reading (Bool(x .> 0)), or choose with "
          + "Tensor.where or cond"
      return "the function reads \(new)\(place), where it read \(old)\(advice)"
    }
  }
}

/// Why a call was run without being compiled.
enum EagerReason: Sendable {
  case tooManyPaths(Int, RetraceReason)
  case failure(TensorError)
  case incomparable(String)
  case rounding
}

extension EagerReason: CustomStringConvertible {
  var description: String {
    switch self {
    case .tooManyPaths(let count, let reason):
      "no path fits, and there are \(count) for these types, the most that are kept: \(reason)"
    case .failure(let error): "the program failed: \(error.operation): \(error.message)"
    case .incomparable(let type):
      "an argument holds a value of type \(type), which cannot be compared with that of another call"
    case .rounding: "a value that the function read, computed by the engine, is not what the host computes"
    }
  }
}
