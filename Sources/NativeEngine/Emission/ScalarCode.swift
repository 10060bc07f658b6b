import Engines

/// A scalar in generated code: the names of its parts, for one place or for several side by side.
struct ScalarCode {
  /// The element type.
  let dtype: DType
  /// The value, or the real and imaginary part.
  let parts: [String]
  /// How many places; 1 when all places have the same.
  let lanes: Int

  init(_ dtype: DType, _ parts: [String], lanes: Int) {
    self.dtype = dtype
    self.parts = parts
    self.lanes = lanes
  }
}

extension DType {
  /// The type of a part in registers.
  var register: String {
    switch self {
    case .float64, .complex128: "double"
    case .float32, .complex64: "float"
    case .int64: "i64"
    case .int32: "i32"
    case .bool: "i1"
    }
  }

  /// The type of a part in memory.
  var memory: String { self == .bool ? "i8" : register }

  /// The number of parts.
  var partCount: Int { isComplex ? 2 : 1 }

  /// The type of one part.
  var part: DType { realPart }
}

/// The text of a type for a number of places.
func laneType(_ type: String, _ lanes: Int) -> String { lanes == 1 ? type : "<\(lanes) x \(type)>" }

extension Double {
  /// As LLVM reads it, exactly.
  var irText: String {
    let digits = String(bitPattern, radix: 16, uppercase: true)
    return "0x" + String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// The text of a number of a real, integer or boolean type.
func constantText(_ value: Double, _ dtype: DType) -> String {
  switch dtype {
  case .float64, .complex128: value.irText
  case .float32, .complex64: Double(Float(value)).irText
  case .int64: "\(Int64(value))"
  case .int32: "\(Int32(value))"
  case .bool: value != 0 ? "true" : "false"
  }
}
