extension AxisSlice: Codable, CustomStringConvertible {
  /// Such as `1:+2*3` for 3 elements from 1 with step 2, or `1` for one element without its axis.
  public var description: String { dropsAxis ? "\(start)" : "\(start):\(step)*\(count)" }

  /// Writes the description.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  /// Reads the description.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    if let index = Int(text) {
      self.init(index: index)
      return
    }
    let parts = text.split(separator: ":", maxSplits: 1)
    let rest = parts.last?.split(separator: "*") ?? []
    guard parts.count == 2, rest.count == 2, let start = Int(parts[0]), let step = Int(rest[0]),
      let count = Int(rest[1])
    else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is not a slice of an axis")
    }
    self.init(start: start, count: count, step: step)
  }
}
