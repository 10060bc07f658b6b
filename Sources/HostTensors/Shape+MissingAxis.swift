extension Shape {
  /// What is done about an error where it may be that nothing has to stop; the layers above know about scopes.
  package static let errorReporter = Lock<(@Sendable (TensorError) -> Void)?>(nil)

  /// Reports that there is no such axis.
  ///
  /// - Returns: 1, where the process goes on.
  @usableFromInline
  func sizeOfMissingAxis(_ axis: Int) -> Int {
    let error = TensorError(
      .index, "shape", "there is no axis \(axis) in the shape \(self)",
      hint: rank == 0 ? "the shape is that of a scalar" : "axes go from 0 to \(rank - 1)")
    guard let report = Self.errorReporter.withLock({ $0 }) else { fatalError("\n\(error)\n") }
    report(error)
    return 1
  }
}
