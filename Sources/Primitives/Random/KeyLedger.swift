import HostTensors

/// The uses of keys, to find second ones.
///
/// A key is identified by the memory of its words, or by the variable of an abstract trace. Its bits do not identify it:
/// equal keys from two initializers are no mistake. The ledger keeps the memory alive while a key is listed, so that no
/// other key gets the same address.
///
/// A use is listed with its place in the source and with the traces that are being recorded. Two uses are a mistake
///
/// - in the same trace, or both outside of all traces, wherever they are;
/// - if one's traces are the first ones of the other's and their places differ. With the same place a transform runs a
///   function that was run before: `f(x)` and then `grad(f)(x)`.
///
/// Uses in two traces of which none contains the other are no mistake: they belong to two branches, or to a function that
/// is traced again.
package enum KeyLedger {
  /// The identity of a key.
  private enum Identity: Hashable {
    case memory(ObjectIdentifier)
    case variable(TracedVariable)
  }

  /// One use.
  private struct Use {
    let operation: String
    let place: SourcePlace?
    let traces: [UInt64]
  }

  private struct Entry {
    /// Keeps the memory.
    let words: HostTensor?
    var uses: [Use]
  }

  private struct State {
    var entries: [Identity: Entry] = [:]
    /// The keys, those listed first in front.
    var order: [Identity] = []
  }

  private static let state = Lock(State())

  /// So many keys are listed; the oldest are forgotten then. Batches of more bytes are not.
  private static let largestCount = 4096
  private static let largestByteCount = 1 << 14

  /// Lists a use of a key.
  ///
  /// - Throws: an error for a second use, where ``KeyReuse`` says so.
  package static func note(_ words: Tensor, _ operation: String) throws(TensorError) {
    guard let (identity, host) = identity(of: words) else { return }
    let use = Use(operation: operation, place: .ofCaller(), traces: ThreadState.current.traces.map(\.id))
    let earlier = state.withLock { state -> [Use] in
      if let entry = state.entries[identity] {
        // A loop that uses one key for ever has said so.
        if entry.uses.count < 16 { state.entries[identity]?.uses.append(use) }
        return entry.uses
      }
      if state.order.count >= largestCount {
        for identity in state.order.prefix(largestCount / 2) { state.entries[identity] = nil }
        state.order.removeFirst(largestCount / 2)
      }
      state.entries[identity] = Entry(words: host, uses: [use])
      state.order.append(identity)
      return []
    }
    guard let first = earlier.first(where: { isRepeated($0, by: use) }) else { return }
    try report(first, use)
  }

  /// Which of some variables of a trace stand for keys that have been used in it.
  package static func usedInputs(_ inputs: [Tensor]) -> [Int] {
    guard KeyReuse.isNoted else { return [] }
    var used: [Int] = []
    for (index, input) in inputs.enumerated() {
      guard let variable = input.tracedVariable else { continue }
      if state.withLock({ $0.entries[.variable(variable)] != nil }) { used.append(index) }
    }
    return used
  }

  /// The keys of a list that have to be noted: all, or none.
  package static func noted(_ keys: [Tensor]) -> [Tensor] { KeyReuse.isNoted ? keys : [] }

  /// Lists the uses of keys by a call, whose function was found to use them.
  package static func note(_ keys: [Tensor], of operation: String) {
    for words in keys {
      do throws(TensorError) { try note(words, operation) } catch { ProgramModule.report(error) }
    }
  }

  private static func identity(of words: Tensor) -> (Identity, HostTensor?)? {
    var tensor = words
    while true {
      if let host = tensor.directHost {
        guard case .buffer(let buffer) = host.representation, buffer.count <= largestByteCount / 4 else { return nil }
        return (.memory(ObjectIdentifier(buffer)), host)
      }
      guard let variable = tensor.tracedVariable, let trace = ThreadState.currentTrace(of: variable) else { return nil }
      let value = trace.tape.values[Int(variable.variable)]
      if value.isInvalid { return (.variable(variable), nil) }
      tensor = value
    }
  }

  private static func isRepeated(_ first: Use, by second: Use) -> Bool {
    if first.traces == second.traces { return true }
    guard first.traces.starts(with: second.traces) || second.traces.starts(with: first.traces) else { return false }
    return first.place?.text != second.place?.text
  }

  private static func report(_ first: Use, _ second: Use) throws(TensorError) {
    func text(_ place: String?) -> String { place.map { " at \($0)" } ?? "" }
    let (firstPlace, secondPlace) = (first.place?.text, second.place?.text)
    let message =
      "the key was used before, by \(first.operation)\(text(firstPlace)); expected a new key for each use"
    let hint = "split the key first: let (a, b) = key.split()"
    if KeyReuse.reporting == .error { throw TensorError(.value, second.operation, message, hint: hint) }
    Warnings.emit(
      "reuse of a key at \(firstPlace ?? "") and \(secondPlace ?? "")",
      "\(second.operation)\(text(secondPlace)): \(message)\n  hint: \(hint)")
  }
}
