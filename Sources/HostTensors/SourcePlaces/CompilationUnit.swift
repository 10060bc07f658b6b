/// One compilation's part of the debug information: of a source file, or of a module.
struct CompilationUnit {
  /// Where it begins in the file, and where it ends.
  var start = 0
  var end = 0
  var version = 0
  var addressSize = 8
  /// Where its abbreviations begin in the file.
  var abbreviations = 0
  /// Where its first entry is in the file.
  var firstEntry = 0
  /// Whether it has code of its own.
  var hasEntry = false

  var name: DebugAttribute?
  var folder: DebugAttribute?
  /// Where its lines are in their section.
  var lines: Int?
  var low = 0
  var high: DebugAttribute?
  var ranges: DebugAttribute?
  var textOffsetsBase = 8
  var addressBase = 8
  var rangeListsBase = 0
}

extension ObjectFile {
  /// Calls the closure with each range of addresses of each unit, and where the unit begins in the file.
  func forEachUnitRange(_ body: (_ low: Int, _ high: Int, _ unitStart: Int) -> Void) {
    var next = sections.information.lowerBound
    while let unit = unit(at: next) {
      next = unit.end
      guard unit.hasEntry, unit.lines != nil else { continue }
      forEachRange(of: (unit.low, unit.high, unit.ranges), in: unit) { low, high in
        body(low, high, unit.start)
        return true
      }
    }
  }

  /// The unit that begins at a place in the file.
  func unit(at start: Int) -> CompilationUnit? {
    guard start < sections.information.upperBound else { return nil }
    file.seek(start, limit: sections.information.upperBound)
    var unit = CompilationUnit()
    unit.start = start
    let length = file.number(4)
    // Longer lengths are of the 64-bit format, which Swift does not write.
    guard !file.isExhausted, length > 0, length < 0xffff_fff0 else { return nil }
    unit.end = start + 4 + length
    unit.version = file.number(2)
    guard (2...5).contains(unit.version) else { return unit }
    if unit.version == 5 {
      let type = file.number(1)
      unit.addressSize = file.number(1)
      unit.abbreviations = sections.abbreviations.lowerBound + file.number(4)
      // Whole and partial compilations; others have more in front, and no code.
      guard type == 1 || type == 3 else { return unit }
    } else {
      unit.abbreviations = sections.abbreviations.lowerBound + file.number(4)
      unit.addressSize = file.number(1)
    }
    unit.firstEntry = file.offset
    file.limit = min(unit.end, file.limit)
    let code = file.variableNumber()
    guard code > 0, unit.addressSize == 8, !file.isExhausted else { return unit }
    readHead(code, &unit)
    return unit
  }

  /// Reads the first entry of a unit.
  private func readHead(_ code: Int, _ unit: inout CompilationUnit) {
    guard goToAbbreviation(code, of: unit) else { return }
    var low: DebugAttribute?
    while let (name, form, constant) = nextSpecification() {
      guard
        let attribute = DebugAttribute.read(
          form, file, constant: constant, addressSize: unit.addressSize, version: unit.version)
      else { return }
      switch name {
      case AttributeName.name: unit.name = attribute
      case AttributeName.folder: unit.folder = attribute
      case AttributeName.lines: unit.lines = attribute.value
      case AttributeName.low: low = attribute
      case AttributeName.high: unit.high = attribute
      case AttributeName.ranges: unit.ranges = attribute
      case AttributeName.textOffsetsBase: unit.textOffsetsBase = attribute.value
      case AttributeName.addressBase: unit.addressBase = attribute.value
      case AttributeName.rangeListsBase: unit.rangeListsBase = attribute.value
      default: break
      }
    }
    unit.low = low.map { address($0, in: unit) } ?? 0
    unit.hasEntry = !file.isExhausted
  }

  /// Goes to the specifications of an abbreviation, with the window for what is looked up.
  private func goToAbbreviation(_ code: Int, of unit: CompilationUnit) -> Bool {
    other.seek(unit.abbreviations, limit: sections.abbreviations.upperBound)
    while other.hasMore {
      let found = other.variableNumber()
      if found == 0 { return false }
      _ = other.variableNumber()
      _ = other.number(1)
      if found == code { return true }
      while nextSpecification() != nil {}
    }
    return false
  }

  /// The next attribute of the abbreviation: its name, how it is written, and its value where that is written there.
  private func nextSpecification() -> (name: Int, form: Int, constant: Int)? {
    let (name, form) = (other.variableNumber(), other.variableNumber())
    let constant = form == 0x21 ? other.signedVariableNumber() : 0
    return (name == 0 && form == 0) || other.isExhausted ? nil : (name, form, constant)
  }

  // MARK: - Values

  /// The address that an attribute says.
  func address(_ attribute: DebugAttribute, in unit: CompilationUnit) -> Int {
    if attribute.form == 0x01 { return attribute.value }
    let (place, before) = (other.offset, other.limit)
    defer { other.seek(place, limit: before) }
    return number(sections.addresses, unit.addressBase &+ attribute.value &* unit.addressSize, unit.addressSize)
  }

  /// The text that an attribute says.
  func text(_ attribute: DebugAttribute, in unit: CompilationUnit) -> String {
    switch attribute.form {
    case 0x08: return text(0..<Int.max, attribute.value)
    case 0x0e: return text(sections.texts, attribute.value)
    case 0x1f: return text(sections.lineTexts, attribute.value)
    case 0x1a, 0x25...0x28:
      return text(sections.texts, number(sections.textOffsets, unit.textOffsetsBase &+ attribute.value &* 4, 4))
    default: return ""
    }
  }

  /// Calls the closure with the ranges of addresses of an entry, until it says that it has seen enough.
  func forEachRange(
    of entry: (low: Int, high: DebugAttribute?, ranges: DebugAttribute?), in unit: CompilationUnit,
    _ body: (_ low: Int, _ high: Int) -> Bool
  ) {
    guard let ranges = entry.ranges else {
      guard let high = entry.high, entry.low > 0 else { return }
      _ = body(entry.low, high.isAddress ? address(high, in: unit) : entry.low &+ high.value)
      return
    }
    if unit.version < 5 {
      other.seek(sections.ranges.lowerBound &+ ranges.value, limit: sections.ranges.upperBound)
      var base = unit.low
      while other.hasMore {
        let (low, high) = (other.number(8), other.number(8))
        if low == 0 && high == 0 || other.isExhausted { return }
        if low == -1 {
          base = high
        } else if base &+ low > 0, !body(base &+ low, base &+ high) {
          return
        }
      }
      return
    }
    forEachListedRange(ranges, in: unit, body)
  }

  /// The ranges as the fifth version writes them.
  private func forEachListedRange(
    _ ranges: DebugAttribute, in unit: CompilationUnit, _ body: (_ low: Int, _ high: Int) -> Bool
  ) {
    let isIndex = ranges.form == 0x23
    let offset =
      isIndex
      ? unit.rangeListsBase &+ number(sections.rangeLists, unit.rangeListsBase &+ ranges.value &* 4, 4) : ranges.value
    other.seek(sections.rangeLists.lowerBound &+ offset, limit: sections.rangeLists.upperBound)
    var base = unit.low
    func indexed() -> Int { address(DebugAttribute(form: 0x1b, value: other.variableNumber()), in: unit) }
    while other.hasMore {
      var (low, high) = (0, 0)
      switch other.number(1) {
      case 1:
        base = indexed()
        continue
      case 2: (low, high) = (indexed(), indexed())
      case 3:
        low = indexed()
        high = low &+ other.variableNumber()
      case 4: (low, high) = (base &+ other.variableNumber(), base &+ other.variableNumber())
      case 5:
        base = other.number(8)
        continue
      case 6: (low, high) = (other.number(8), other.number(8))
      case 7:
        low = other.number(8)
        high = low &+ other.variableNumber()
      default: return
      }
      if low > 0, !body(low, high) { return }
    }
  }
}
