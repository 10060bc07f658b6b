/// The attributes of debug information that are read, by their numbers in the DWARF standard.
enum AttributeName {
  static let name = 0x03
  static let lines = 0x10
  static let low = 0x11
  static let high = 0x12
  static let folder = 0x1b
  static let ranges = 0x55
  static let callFile = 0x58
  static let callLine = 0x59
  static let textOffsetsBase = 0x72
  static let addressBase = 0x73
  static let rangeListsBase = 0x74
}

/// The encoded value of an attribute.
struct DebugAttribute {
  /// How it is written, by the numbers of the DWARF standard.
  var form: Int
  /// A number, or where there is more: for a text between others, its place in the file.
  var value: Int

  /// Whether it is an address, in the form of one, or of an index of one.
  var isAddress: Bool { form == 0x01 || form == 0x1b || (0x29...0x2c).contains(form) }

  /// Reads a value.
  ///
  /// - Parameter constant: the value of an attribute that is written with its name.
  /// - Returns: `nil` for forms of a later standard, whose sizes are unknown.
  static func read(_ form: Int, _ file: FileWindow, constant: Int, addressSize: Int, version: Int) -> DebugAttribute? {
    func value(_ value: Int) -> DebugAttribute { DebugAttribute(form: form, value: value) }
    func block(_ count: Int) -> DebugAttribute {
      file.skip(count)
      return value(0)
    }
    switch form {
    case 0x01: return value(file.number(addressSize))
    case 0x03: return block(file.number(2))
    case 0x04: return block(file.number(4))
    case 0x09, 0x18: return block(file.variableNumber())
    case 0x0a: return block(file.number(1))
    case 0x0b, 0x0c, 0x11, 0x25, 0x29: return value(file.number(1))
    case 0x05, 0x12, 0x26, 0x2a: return value(file.number(2))
    case 0x27, 0x2b: return value(file.number(3))
    case 0x06, 0x0e, 0x13, 0x17, 0x1c, 0x1d, 0x1f, 0x28, 0x2c, 0x1f20, 0x1f21: return value(file.number(4))
    case 0x10: return value(file.number(version == 2 ? addressSize : 4))
    case 0x07, 0x14, 0x20, 0x24: return value(file.number(8))
    case 0x1e: return block(16)
    case 0x0d: return value(file.signedVariableNumber())
    case 0x0f, 0x15, 0x1a, 0x1b, 0x22, 0x23, 0x1f01, 0x1f02: return value(file.variableNumber())
    case 0x08:
      let start = file.offset
      file.skipText()
      return value(start)
    case 0x16:
      let actual = file.variableNumber()
      // One indirection only.
      return actual == 0x16
        ? nil : read(actual, file, constant: constant, addressSize: addressSize, version: version)
    case 0x19: return value(1)
    case 0x21: return value(constant)
    default: return nil
    }
  }
}
