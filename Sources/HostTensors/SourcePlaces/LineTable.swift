/// The lines of one compilation's code, as the DWARF standard writes them: a program for a small machine, whose steps are
/// the lines' addresses.
struct LineTable {
  /// A line of a file.
  struct Line {
    /// The number of the file in the table.
    var file: Int
    var line: Int
  }

  private let object: ObjectFile
  private let unit: CompilationUnit
  private let end: Int
  private let version: Int
  /// Where the program begins.
  private let program: Int
  private let shortestInstruction: Int
  private let lineBase: Int
  private let lineRange: Int
  /// How many operands each of the standard steps has.
  private let operandCounts: [Int]
  /// Where the folders and files are listed.
  private let lists: Int

  /// The table of a unit, where it can be read.
  init?(of unit: CompilationUnit, in object: ObjectFile) {
    guard let offset = unit.lines else { return nil }
    self.object = object
    self.unit = unit
    let file = object.file
    file.seek(object.sections.lines.lowerBound &+ offset, limit: object.sections.lines.upperBound)
    let length = file.number(4)
    guard length > 0, length < 0xffff_fff0 else { return nil }
    end = min(file.offset + length, object.sections.lines.upperBound)
    version = file.number(2)
    guard (2...5).contains(version) else { return nil }
    if version == 5 { file.skip(2) }
    let headerLength = file.number(4)
    program = file.offset + headerLength
    shortestInstruction = file.number(1)
    if version >= 4 { file.skip(1) }
    file.skip(1)
    lineBase = file.signedByte()
    lineRange = file.number(1)
    let firstSpecial = file.number(1)
    guard !file.isExhausted, lineRange > 0, firstSpecial > 0 else { return nil }
    operandCounts = (0..<firstSpecial - 1).map { _ in file.number(1) }
    lists = file.offset
  }

  /// The line of an address.
  func line(of address: Int) -> Line? {
    let file = object.file
    file.seek(program, limit: end)
    let firstSpecial = operandCounts.count + 1
    var (current, fileNumber, line) = (0, 1, 1)
    // A sequence at 0 is code that the linker has left out.
    var (previous, isInSequence) = ((address: 0, line: Line(file: 1, line: 0)), false)
    /// Whether the line before the one that begins is that of the address.
    func isFound() -> Bool {
      isInSequence && previous.address > 0 && previous.address <= address && address < current
    }
    func begin() {
      previous = (current, Line(file: fileNumber, line: line))
      isInSequence = true
    }
    while file.hasMore {
      let code = file.number(1)
      if code >= firstSpecial {
        let adjusted = code - firstSpecial
        current &+= adjusted / lineRange * shortestInstruction
        line &+= lineBase + adjusted % lineRange
        if isFound() { return previous.line }
        begin()
        continue
      }
      switch code {
      case 0:
        let length = file.variableNumber()
        let next = file.offset &+ length
        if length > 0 {
          switch file.number(1) {
          case 1:
            if isFound() { return previous.line }
            (current, fileNumber, line, isInSequence) = (0, 1, 1, false)
          case 2: current = file.number(8)
          default: break
          }
        }
        guard next > file.offset - 1 else { return nil }
        file.offset = next
      case 1:
        if isFound() { return previous.line }
        begin()
      case 2: current &+= file.variableNumber() &* shortestInstruction
      case 3: line &+= file.signedVariableNumber()
      case 4: fileNumber = file.variableNumber()
      case 8: current &+= (255 - firstSpecial) / lineRange * shortestInstruction
      case 9: current &+= file.number(2)
      default: for _ in 0..<operandCounts[code - 1] { _ = file.variableNumber() }
      }
    }
    return nil
  }

  /// The path of a file by its number.
  func path(_ number: Int) -> String {
    version == 5 ? newerPath(number) : olderPath(number)
  }

  private func joined(_ folder: String, _ name: String) -> String {
    name.hasPrefix("/") || folder.isEmpty ? name : folder + "/" + name
  }

  private var unitFolder: String { unit.folder.map { object.text($0, in: unit) } ?? "" }

  private func olderPath(_ number: Int) -> String {
    let file = object.file
    file.seek(lists, limit: program)
    var folders: [Int] = []
    while file.hasMore {
      let start = file.offset
      if file.number(1) == 0 { break }
      folders.append(start)
      file.skipText()
    }
    var index = 1
    while file.hasMore {
      let name = file.text()
      if name.isEmpty { break }
      let folder = file.variableNumber()
      _ = (file.variableNumber(), file.variableNumber())
      if index == number {
        if name.hasPrefix("/") || !folders.indices.contains(folder - 1) { return joined(unitFolder, name) }
        file.seek(folders[folder - 1], limit: program)
        return joined(joined(unitFolder, file.text()), name)
      }
      index += 1
    }
    return ""
  }

  /// The lists as the fifth version writes them: folders, then files, each with the form of their entries in front.
  private func newerPath(_ number: Int) -> String {
    let file = object.file
    file.seek(lists, limit: program)
    func entries(_ wanted: Int?) -> (path: String, folder: Int) {
      let forms = (0..<file.number(1)).map { _ in (file.variableNumber(), file.variableNumber()) }
      var found = (path: "", folder: 0)
      let count = file.variableNumber()
      for index in 0..<max(count, 0) where file.hasMore {
        for (content, form) in forms {
          let attribute = DebugAttribute.read(
            form, file, constant: 0, addressSize: unit.addressSize, version: version)
          guard let attribute else { return found }
          guard index == wanted else { continue }
          if content == 1 { found.path = object.text(attribute, in: unit) }
          if content == 2 { found.folder = attribute.value }
        }
      }
      return found
    }
    let folders = file.offset
    _ = entries(nil)
    let found = entries(number)
    if found.path.hasPrefix("/") { return found.path }
    file.seek(folders, limit: program)
    return joined(joined(unitFolder, entries(found.folder).path), found.path)
  }
}
