/// What a function reads of its argument's values while it is traced for `jit`: each is a *guard*, on which the recorded
/// path depends.
///
/// A value is computed when it is read, from the part of the recording that leads to it, and each equation at most once.
///
/// A log belongs to one thread, like the tape whose values it has.
package final class GuardLog {
  /// A value that was read.
  package struct Guard {
    package let variable: Int32
    package let value: HostTensor
    /// Where it was read, as far as it can be had.
    package let stack: CapturedStack?
  }

  /// The arguments of this call, one level further out.
  let arguments: [Tensor]
  /// Why values may not be read, if they may not.
  let refusal: TensorError?
  /// What was read, in order, each variable once.
  package private(set) var guards: [Guard] = []
  private var guarded: Set<Int32> = []
  private var values: [HostTensor?] = []
  /// Which of the computed variables depend on an argument.
  private var depends: [Bool] = []
  /// The place of each guard costs some microseconds, which a long loop over values should not pay each time.
  private static var largestNumberOfPlaces: Int { 256 }

  package init(_ arguments: [Tensor], refusal: TensorError? = nil) {
    self.arguments = arguments
    self.refusal = refusal
  }

  /// A variable's value, where it has been computed.
  func value(_ variable: Int32) -> HostTensor? {
    Int(variable) < values.count ? values[Int(variable)] : nil
  }

  /// Whether a variable whose value has been computed depends on an argument.
  func dependsOnArgument(_ variable: Int32) -> Bool { depends[Int(variable)] }

  /// Keeps a value that has been computed.
  func keep(_ value: HostTensor, of variable: Int32, dependsOnArgument: Bool) {
    let missing = Int(variable) + 1 - values.count
    if missing > 0 {
      values += repeatElement(nil, count: missing)
      depends += repeatElement(false, count: missing)
    }
    values[Int(variable)] = value
    depends[Int(variable)] = dependsOnArgument
  }

  /// Notes that the function has read a variable.
  func note(_ variable: Int32, _ value: HostTensor) {
    guard dependsOnArgument(variable), guarded.insert(variable).inserted else { return }
    let stack = guards.count < Self.largestNumberOfPlaces ? CapturedStack.capture() : nil
    guards.append(Guard(variable: variable, value: value, stack: stack))
  }
}
