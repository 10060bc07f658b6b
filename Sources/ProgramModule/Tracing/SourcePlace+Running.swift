extension SourcePlace {
  /// Where the operation was written that is being computed or recorded: where it was recorded first, or where the caller
  /// is.
  package static func ofRunningOperation(limit: Int = 64) -> SourcePlace? {
    ThreadState.current.replayedPlace ?? .ofCaller(limit: limit)
  }
}
