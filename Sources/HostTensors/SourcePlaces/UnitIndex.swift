/// Which compilation each address of an object file belongs to. To go through the whole file takes a tenth of a second in
/// a large debug build, so it is done once.
struct UnitIndex {
  private struct Entry {
    var low: Int
    var high: Int
    /// Where the unit begins in the file.
    var unit: Int
  }

  private var entries: [Entry] = []

  /// The index may have some MiB; what is beyond has no lines.
  private static var largestCount: Int { 1 << 18 }
  /// Functions of one unit lie side by side, with gaps up to the next multiple of 16.
  private static var largestGap: Int { 16 }

  init(of object: ObjectFile) {
    object.forEachUnitRange { low, high, unit in
      guard high > low, entries.count < Self.largestCount else { return }
      if let last = entries.last, last.unit == unit, last.low <= low, low &- last.high <= Self.largestGap {
        entries[entries.count - 1].high = max(last.high, high)
      } else {
        entries.append(Entry(low: low, high: high, unit: unit))
      }
    }
    entries.sort { $0.low < $1.low }
  }

  /// Where the unit that an address belongs to begins in the file.
  func unit(containing address: Int) -> Int? {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].low <= address { low = middle + 1 } else { high = middle }
    }
    // Ranges may lie in one another, though those of code that is used do not.
    for entry in entries[max(low - 8, 0)..<low].reversed() where address < entry.high { return entry.unit }
    return nil
  }
}
