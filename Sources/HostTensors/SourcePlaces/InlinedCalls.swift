extension ObjectFile {
  /// A call that the compiler has replaced by what is called: where it was written.
  struct InlinedCall {
    /// The number of the file in the unit's table of lines.
    var file: Int
    var line: Int
  }

  private struct Abbreviation {
    var tag = 0
    var hasChildren = false
    var specifications: [(name: Int, form: Int, constant: Int)] = []
  }

  /// The tags of entries that are looked at, by their numbers in the DWARF standard.
  private enum Tag {
    static let inlined = 0x1d
    static let function = 0x2e
  }

  /// The inlined calls that an address belongs to, the innermost first.
  func inlinedCalls(at address: Int, in unit: CompilationUnit) -> [InlinedCall] {
    let abbreviations = abbreviations(of: unit)
    var calls: [InlinedCall] = []
    file.seek(unit.firstEntry, limit: unit.end)
    var depth = 0
    /// The depth of the function that contains the address.
    var function: Int?
    while file.hasMore {
      let code = file.variableNumber()
      if code == 0 {
        depth -= 1
        if depth <= 0 || depth == function { break }
        continue
      }
      guard let abbreviation = abbreviations[code] else { break }
      let isLookedAt = abbreviation.tag == Tag.inlined || abbreviation.tag == Tag.function
      var entry: (low: Int, high: DebugAttribute?, ranges: DebugAttribute?) = (0, nil, nil)
      var call = InlinedCall(file: 0, line: 0)
      for (name, form, constant) in abbreviation.specifications {
        let attribute = DebugAttribute.read(
          form, file, constant: constant, addressSize: unit.addressSize, version: unit.version)
        guard let attribute else { return [] }
        if !isLookedAt { continue }
        switch name {
        case AttributeName.low: entry.low = self.address(attribute, in: unit)
        case AttributeName.high: entry.high = attribute
        case AttributeName.ranges: entry.ranges = attribute
        case AttributeName.callFile: call.file = attribute.value
        case AttributeName.callLine: call.line = attribute.value
        default: break
        }
      }
      if isLookedAt {
        var isInside = false
        forEachRange(of: entry, in: unit) { low, high in
          isInside = address >= low && address < high
          return !isInside
        }
        if isInside, abbreviation.tag == Tag.inlined { calls.append(call) }
        if isInside, abbreviation.tag == Tag.function, function == nil {
          // A function without entries in it has no calls in it.
          if !abbreviation.hasChildren { break }
          function = depth
        }
      }
      if abbreviation.hasChildren { depth += 1 }
    }
    return calls.reversed()
  }

  private func abbreviations(of unit: CompilationUnit) -> [Int: Abbreviation] {
    var found: [Int: Abbreviation] = [:]
    file.seek(unit.abbreviations, limit: sections.abbreviations.upperBound)
    while file.hasMore {
      let code = file.variableNumber()
      if code == 0 { break }
      var abbreviation = Abbreviation(tag: file.variableNumber(), hasChildren: file.number(1) == 1)
      while file.hasMore {
        let (name, form) = (file.variableNumber(), file.variableNumber())
        let constant = form == 0x21 ? file.signedVariableNumber() : 0
        if name == 0 && form == 0 { break }
        abbreviation.specifications.append((name, form, constant))
      }
      found[code] = abbreviation
    }
    return found
  }
}
