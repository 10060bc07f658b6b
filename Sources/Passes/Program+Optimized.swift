extension Program {
  /// The program as engines get it: the standard passes have simplified it. It computes the same.
  ///
  /// - Throws: in debug builds, an error that names the pass whose result is not well formed.
  public func optimized() throws(TensorError) -> Program { try PassPipeline.standard.run(self) }
}
