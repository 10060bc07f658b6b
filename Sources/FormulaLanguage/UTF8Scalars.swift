extension [UInt8] {
  /// The scalar whose UTF-8 form begins at the offset. The bytes are those of a `String`, so they are well formed.
  func scalar(at offset: Int) -> Unicode.Scalar {
    let lead = UInt32(self[offset])
    let count = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    var value = count == 1 ? lead : lead & (0x7F >> UInt32(count))
    for following in stride(from: 1, to: count, by: 1) { value = value << 6 | UInt32(self[offset + following] & 0x3F) }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }
}

extension Unicode.Scalar {
  /// A letter or an underscore; letters that cannot be seen are not letters here.
  var startsName: Bool {
    if value < 0x80 { return self == "_" || properties.isAlphabetic }
    return properties.isAlphabetic && !properties.isDefaultIgnorableCodePoint
  }

  /// A letter, underscore, decimal digit, subscript digit or combining mark.
  var continuesName: Bool {
    if startsName { return true }
    switch properties.generalCategory {
    case .decimalNumber: return true
    case .nonspacingMark, .spacingMark: return !properties.isDefaultIgnorableCodePoint
    default: return (0x2080...0x2089).contains(value)
    }
  }
}
