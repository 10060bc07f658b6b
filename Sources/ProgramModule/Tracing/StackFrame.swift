#if os(Linux) && canImport(Runtime)
  import Runtime

  extension Backtrace {
    /// A stack of some frames, which are looked up without the others; `nil` where this Swift writes stacks in another way.
    ///
    /// There is no initializer for frames, but stacks can be decoded. What is decoded is the "Compact Backtrace Format",
    /// version 0 (`docs/CompactBacktraceFormat.md` of Swift's repository): how wide addresses are, and for each frame its kind
    /// and its address.
    init?(of frames: some Sequence<Frame>, architecture: String) {
      let word64: UInt8 = 2
      var code = [word64]
      for frame in frames {
        guard let kind = frame.kind, let address = UInt64(frame.originalProgramCounter) else { return nil }
        let (isAbsolute, lastByte): (UInt8, UInt8) = (8, 7)
        code.append(kind | isAbsolute | lastByte)
        code += (0..<8).map { UInt8(truncatingIfNeeded: address >> (56 - 8 * $0)) }
      }
      let end: UInt8 = 0
      repeat { code.append(end) } while code.count % 3 != 0
      let fields = TextFields(["architecture": architecture, "backtrace": base64(code)])
      guard let made = try? Backtrace(from: fields),
        made.frames.map(\.description) == frames.map(\.description)
      else { return nil }
      self = made
    }
  }

  extension Backtrace.Frame {
    /// The kind in the format; `nil` for what stands for frames that are left out.
    fileprivate var kind: UInt8? {
      switch self {
      case .programCounter: 0x10
      case .returnAddress: 0x20
      case .asyncResumePoint: 0x30
      default: nil
      }
    }

    /// Whether it is one that was called.
    var hasAddress: Bool { kind != nil }
  }

  /// A multiple of three bytes in base 64.
  private func base64(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<start + 3].reduce(0) { $0 << 8 | Int($1) }
      for shift in [18, 12, 6, 0] { text.append(digits[group >> shift & 63]) }
    }
    return text
  }

  /// A decoder of an object whose fields are texts.
  private struct TextFields: Decoder {
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]
    private let fields: [String: String]

    init(_ fields: [String: String]) { self.fields = fields }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
      KeyedDecodingContainer(Container<Key>(fields: fields))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw Self.otherwise }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw Self.otherwise }

    static var otherwise: DecodingError {
      .dataCorrupted(.init(codingPath: [], debugDescription: "there is nothing but fields that are texts"))
    }

    private struct Container<Key: CodingKey>: KeyedDecodingContainerProtocol {
      let codingPath: [any CodingKey] = []
      let fields: [String: String]
      var allKeys: [Key] { fields.keys.compactMap { Key(stringValue: $0) } }

      func contains(_ key: Key) -> Bool { fields[key.stringValue] != nil }
      func decodeNil(forKey key: Key) -> Bool { !contains(key) }

      func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try text(type, key) }
      func decode(_ type: String.Type, forKey key: Key) throws -> String { try text(type, key) }
      func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try text(type, key) }
      func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try text(type, key) }
      func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try text(type, key) }
      func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try text(type, key) }
      func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try text(type, key) }
      func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try text(type, key) }
      func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try text(type, key) }
      func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try text(type, key) }
      func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try text(type, key) }
      func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try text(type, key) }
      func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try text(type, key) }
      func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try text(type, key) }
      func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try text(type, key) }

      private func text<Value>(_ type: Value.Type, _ key: Key) throws -> Value {
        guard let value = fields[key.stringValue] as? Value else { throw TextFields.otherwise }
        return value
      }

      func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
      ) throws -> KeyedDecodingContainer<Nested> { throw TextFields.otherwise }
      func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw TextFields.otherwise }
      func superDecoder() throws -> any Decoder { throw TextFields.otherwise }
      func superDecoder(forKey key: Key) throws -> any Decoder { throw TextFields.otherwise }
    }
  }
#endif
