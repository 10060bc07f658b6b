/// A primitive that is a loop of a known number of steps, and can be made of other parts.
///
/// Passes join loops, and leave out of them what nobody uses, without knowing which primitive it is.
public protocol LoopPrimitive: ControlPrimitive {
  /// The loop's parts, where it is one pass whose steps know nothing of each other but the state; `nil` where it is more,
  /// or where what it keeps for its derivative was chosen.
  var plainShape: LoopShape? { get }

  /// A loop of one pass with these parts.
  ///
  /// - Parameter shape: the parts, without records.
  func with(_ shape: LoopShape) -> any Primitive
}
