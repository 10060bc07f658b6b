/// The debug information in a file of machine code: an executable or library in the format ELF, 64 bits, lowest byte first.
///
/// It reads what is needed for one question at a time. The formats are those of the DWARF standard, versions 2 to 5.
final class ObjectFile {
  /// The parts of the file that are read.
  struct Sections {
    var information = 0..<0
    var abbreviations = 0..<0
    var lines = 0..<0
    var ranges = 0..<0
    var rangeLists = 0..<0
    var texts = 0..<0
    var lineTexts = 0..<0
    var textOffsets = 0..<0
    var addresses = 0..<0
  }

  let file: FileWindow
  /// The same file, for what is looked up in between.
  let other: FileWindow
  let sections: Sections

  /// Opens a file; `nil` where it cannot be read, or has no debug information.
  init?(_ path: String) {
    guard let file = FileWindow(path), let other = FileWindow(path), let sections = Self.sections(of: file) else {
      return nil
    }
    self.file = file
    self.other = other
    self.sections = sections
  }

  private static func sections(of file: FileWindow) -> Sections? {
    // 0x7f, "ELF"; 64 bits; lowest byte first.
    file.seek(0)
    guard file.number(4) == 0x464c_457f, file.number(1) == 2, file.number(1) == 1 else { return nil }
    file.seek(0x28)
    let table = file.number(8)
    file.seek(0x3a)
    let (entrySize, count, nameIndex) = (file.number(2), file.number(2), file.number(2))
    guard table > 0, entrySize >= 64, nameIndex < count else { return nil }
    func entry(_ index: Int) -> (name: Int, type: Int, flags: Int, range: Range<Int>)? {
      file.seek(table &+ index &* entrySize)
      let (name, type, flags) = (file.number(4), file.number(4), file.number(8))
      file.skip(8)
      let (start, size) = (file.number(8), file.number(8))
      guard !file.isExhausted, start >= 0, size >= 0, start <= Int.max - size else { return nil }
      return (name, type, flags, start..<start + size)
    }
    guard let names = entry(nameIndex) else { return nil }
    var sections = Sections()
    for index in 0..<count {
      // Sections without content (8) and compressed ones (flag 0x800) cannot be read.
      guard let entry = entry(index), entry.type != 8, entry.flags & 0x800 == 0 else { continue }
      file.seek(names.range.lowerBound &+ entry.name)
      switch file.text() {
      case ".debug_info": sections.information = entry.range
      case ".debug_abbrev": sections.abbreviations = entry.range
      case ".debug_line": sections.lines = entry.range
      case ".debug_ranges": sections.ranges = entry.range
      case ".debug_rnglists": sections.rangeLists = entry.range
      case ".debug_str": sections.texts = entry.range
      case ".debug_line_str": sections.lineTexts = entry.range
      case ".debug_str_offsets": sections.textOffsets = entry.range
      case ".debug_addr": sections.addresses = entry.range
      default: break
      }
    }
    return sections.information.isEmpty || sections.lines.isEmpty ? nil : sections
  }

  /// A number at a place in a section.
  func number(_ section: Range<Int>, _ offset: Int, _ byteCount: Int) -> Int {
    other.seek(section.lowerBound &+ offset, limit: section.upperBound)
    return other.number(byteCount)
  }

  /// A text at a place in a section.
  func text(_ section: Range<Int>, _ offset: Int) -> String {
    other.seek(section.lowerBound &+ offset, limit: section.upperBound)
    return other.text()
  }
}
