/// A place in the user's source, which may still have to be looked up.
package enum SourcePlace: Hashable, Sendable {
  /// The formatted place, such as `Model.swift:12`.
  case text(String)
  /// That of the innermost call on a stack that is not Jacobi's.
  case stack(CapturedStack)

  /// `Model.swift:12`, where it can be had.
  package var text: String? {
    switch self {
    case .text(let text): text
    case .stack(let stack): stack.place
    }
  }

  /// The place of the caller, where its stack can be had.
  package static func ofCaller(limit: Int = 64) -> SourcePlace? {
    CapturedStack.capture(limit: limit).map { .stack($0) }
  }
}

extension [SourcePlace?] {
  /// These places without the calls that the caller is in. What is recorded twice by the same lines, for different callers, has
  /// the same places then.
  package var withoutSharedCalls: [SourcePlace?] {
    guard contains(where: { if case .stack? = $0 { true } else { false } }), let caller = CapturedStack.capture() else {
      return self
    }
    return map { place in
      guard case .stack(var stack)? = place else { return place }
      stack.removeCalls(sharedWith: caller)
      return .stack(stack)
    }
  }
}
