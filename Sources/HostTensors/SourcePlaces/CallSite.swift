/// Finds the line of the user's source that called into Jacobi, for error messages.
///
/// Operators cannot take `#line`, so the place is read off the stack, only when somebody reads it. It needs debug
/// information, which SwiftPM includes in both configurations; without it, as in a stripped executable, messages have no
/// place. `Documentation/Decisions/0006-source-places.md` says why it is done in this way.
package enum CallSite {
  /// The folder of Jacobi's own sources, as the compiler saw it.
  private static let ownSources: String = {
    var path = #filePath[...]
    for _ in 0..<3 { path = path[..<(path.lastIndex(of: "/") ?? path.startIndex)] }
    return String(path) + "/"
  }()

  /// How files end that are not the user's Swift.
  private static let otherLanguages = [".c", ".cc", ".cpp", ".h", ".hpp", ".inc", ".S"]

  /// Whose code is at an address.
  private enum Owner {
    /// Jacobi's, or what has no source.
    case own
    /// Somebody else's, at a line.
    case foreign(String)
  }

  /// What is known of addresses and object files, for all threads.
  private struct Knowledge {
    var owners: [Int: Owner] = [:]
    var indices: [String: UnitIndex] = [:]
  }

  /// One thread at a time looks up places, so that the memory for it is needed once.
  private static let knowledge = Lock(Knowledge())

  /// `File.swift:12` of the innermost caller outside Jacobi's own sources, where it can be had.
  package static func ofCaller() -> String? { CapturedStack.capture()?.place }

  /// `File.swift:12` of the innermost call of a stack outside Jacobi's own sources, where it can be had.
  static func place(of stack: CapturedStack) -> String? {
    // The address is that of the next instruction, which may belong to another line.
    let addresses = stack.addresses.map { $0 - 1 }
    return knowledge.withLock { knowledge in
      if knowledge.owners.count >= 1 << 16 { knowledge.owners.removeAll() }
      // Files are open only as long as this takes.
      var open: [String: ObjectFile] = [:]
      var objects: [LoadedObject?]?
      for (index, address) in addresses.enumerated() {
        let owner: Owner
        if let known = knowledge.owners[address] {
          owner = known
        } else {
          let all = objects ?? LoadedObject.containing(addresses)
          objects = all
          owner = all[index].map { self.owner(of: address - $0.shift, in: $0.path, &open, &knowledge.indices) } ?? .own
          knowledge.owners[address] = owner
        }
        if case .foreign(let place) = owner { return place }
      }
      return nil
    }
  }

  private static func owner(
    of address: Int, in path: String, _ open: inout [String: ObjectFile], _ indices: inout [String: UnitIndex]
  ) -> Owner {
    guard let object = open[path] ?? ObjectFile(path) else { return .own }
    open[path] = object
    let index = indices[path] ?? UnitIndex(of: object)
    indices[path] = index
    guard let start = index.unit(containing: address), let unit = object.unit(at: start) else { return .own }
    // Nobody else's code is in a unit of Jacobi's, but Jacobi's may have been inlined in others.
    if let name = unit.name, object.text(name, in: unit).hasPrefix(ownSources) { return .own }
    guard let table = LineTable(of: unit, in: object), let line = table.line(of: address) else { return .own }
    if let place = foreignPlace(line.file, line.line, table) { return .foreign(place) }
    for call in object.inlinedCalls(at: address, in: unit) {
      if let place = foreignPlace(call.file, call.line, table) { return .foreign(place) }
    }
    return .own
  }

  private static func foreignPlace(_ file: Int, _ line: Int, _ table: LineTable) -> String? {
    guard line > 0 else { return nil }
    let path = table.path(file)
    if path.isEmpty || path.hasPrefix(ownSources) || path.hasSuffix("<compiler-generated>") { return nil }
    // Frames of sanitizers, and of C libraries with debug information, never call tensors themselves.
    if otherLanguages.contains(where: { path.hasSuffix($0) }) { return nil }
    return "\(path.split(separator: "/").last ?? ""):\(line)"
  }
}
