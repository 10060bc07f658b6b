import Engines
import Numerics

/// Writes one function: its text, and what it needs from outside.
///
/// It belongs to one compilation, in one thread.
final class FunctionEmitter {
  let text = IRText()
  let module: ModuleBuilder
  /// The memory in which a failure is noted, an i32 that is 0 as long as there is none.
  let status: String

  init(_ module: ModuleBuilder, status: String) {
    self.module = module
    self.status = status
  }

  /// Adds an instruction with a result.
  func add(_ instruction: String) -> String { text.add(instruction) }

  /// Adds an instruction without a result.
  func run(_ instruction: String) { text.run(instruction) }

  /// Notes a failure where a flag holds, in one place or in several.
  func fail(where flag: String, lanes: Int) {
    module.canFail = true
    let any = lanes == 1 ? flag : add("call i1 \(module.reduceOr(lanes))(\(laneType("i1", lanes)) \(flag))")
    let before = add("load i32, ptr \(status), align 4")
    let after = add("or i32 \(before), \(add("zext i1 \(any) to i32"))")
    run("store i32 \(after), ptr \(status), align 4")
  }

  /// A scalar for a number of places, from one that is the same in all of them.
  func spread(_ value: ScalarCode, to lanes: Int) -> ScalarCode {
    if value.lanes == lanes { return value }
    let type = value.dtype.register
    let parts = value.parts.map { part -> String in
      let first = add("insertelement \(laneType(type, lanes)) poison, \(type) \(part), i64 0")
      return add(
        "shufflevector \(laneType(type, lanes)) \(first), \(laneType(type, lanes)) poison, <\(lanes) x i32> "
          + "zeroinitializer")
    }
    return ScalarCode(value.dtype, parts, lanes: lanes)
  }

  /// One place of several.
  func place(_ index: Int, of value: ScalarCode) -> ScalarCode {
    if value.lanes == 1 { return value }
    let type = laneType(value.dtype.register, value.lanes)
    return ScalarCode(
      value.dtype, value.parts.map { add("extractelement \(type) \($0), i64 \(index)") }, lanes: 1)
  }

  /// Places of several at even distances.
  func picked(_ value: ScalarCode, from first: Int, step: Int, count: Int) -> ScalarCode {
    let type = laneType(value.dtype.register, value.lanes)
    let mask = (0..<count).map { "i32 \(first + $0 * step)" }.joined(separator: ", ")
    let parts = value.parts.map {
      add("shufflevector \(type) \($0), \(type) poison, <\(count) x i32> <\(mask)>")
    }
    return ScalarCode(value.dtype, parts, lanes: count)
  }

  /// Columns of rows as the rows, one after the other.
  func interleaved(_ columns: [ScalarCode]) -> ScalarCode {
    let (dtype, lanes) = (columns[0].dtype, columns[0].lanes)
    func joined(_ codes: [String], _ width: Int) -> String {
      if codes.count == 1 { return codes[0] }
      // Two of one width become one of twice the width; an odd one is widened with nothing.
      let type = laneType(dtype.register, width)
      let places = (0..<(2 * width)).map { "i32 \($0)" }.joined(separator: ", ")
      let pairs = stride(from: 0, to: codes.count, by: 2).map { index in
        add(
          "shufflevector \(type) \(codes[index]), \(type) \(index + 1 < codes.count ? codes[index + 1] : "poison"), "
            + "<\(2 * width) x i32> <\(places)>")
      }
      return joined(pairs, 2 * width)
    }
    let all = joined(columns.map { $0.parts[0] }, lanes)
    var width = lanes
    while width < lanes * columns.count { width *= 2 }
    let type = laneType(dtype.register, width)
    let places = (0..<(lanes * columns.count)).map { "i32 \($0 % columns.count * lanes + $0 / columns.count)" }
    let rows = add(
      "shufflevector \(type) \(all), \(type) poison, <\(places.count) x i32> <\(places.joined(separator: ", "))>")
    return ScalarCode(dtype, [rows], lanes: lanes * columns.count)
  }

  /// Several places from one each.
  func gathered(_ places: [ScalarCode]) -> ScalarCode {
    let dtype = places[0].dtype
    if places.count == 1 { return places[0] }
    let type = laneType(dtype.register, places.count)
    let parts = (0..<dtype.partCount).map { part -> String in
      var vector = "poison"
      for (index, place) in places.enumerated() {
        vector = add("insertelement \(type) \(vector), \(dtype.register) \(place.parts[part]), i64 \(index)")
      }
      return vector
    }
    return ScalarCode(dtype, parts, lanes: places.count)
  }

  /// A number.
  func constant(_ value: Double, _ dtype: DType) -> ScalarCode {
    let number = constantText(value, dtype)
    return ScalarCode(dtype, dtype.isComplex ? [number, constantText(0, dtype)] : [number], lanes: 1)
  }

  /// The value of a tensor of rank 0.
  func constant(_ value: HostTensor) -> ScalarCode {
    switch value.dtype {
    case .float64: return constant(value.onlyElement(as: Double.self), .float64)
    case .float32: return constant(Double(value.onlyElement(as: Float.self)), .float32)
    case .int64: return ScalarCode(.int64, ["\(value.onlyElement(as: Int64.self))"], lanes: 1)
    case .int32: return ScalarCode(.int32, ["\(value.onlyElement(as: Int32.self))"], lanes: 1)
    case .bool: return ScalarCode(.bool, [value.onlyElement(as: Bool.self) ? "true" : "false"], lanes: 1)
    case .complex128: return constantParts(value.onlyElement(as: Complex<Double>.self).rawParts, .complex128)
    case .complex64:
      let parts = value.onlyElement(as: Complex<Float>.self).rawParts
      return constantParts((Double(parts.0), Double(parts.1)), .complex64)
    }
  }

  private func constantParts(_ parts: (Double, Double), _ dtype: DType) -> ScalarCode {
    ScalarCode(dtype, [parts.0.irText, parts.1.irText], lanes: 1)
  }
}

// MARK: - Memory

extension FunctionEmitter {
  /// The address of an element.
  func address(_ base: String, _ index: String, _ dtype: DType) -> String {
    let type = dtype.isComplex ? "[2 x \(dtype.register)]" : dtype.memory
    return add("getelementptr inbounds \(type), ptr \(base), i64 \(index)")
  }

  /// The element at an address, or so many elements one after the other from there on.
  func load(_ dtype: DType, at address: String, lanes: Int = 1) -> ScalarCode {
    if dtype.isComplex {
      if lanes == 1 {
        let parts = (0..<2).map { load(dtype.part, at: self.address(address, "\($0)", dtype.part)).parts[0] }
        return ScalarCode(dtype, parts, lanes: 1)
      }
      let all = load(dtype.part, at: address, lanes: 2 * lanes)
      let parts = (0..<2).map { picked(all, from: $0, step: 2, count: lanes).parts[0] }
      return ScalarCode(dtype, parts, lanes: lanes)
    }
    let value = add("load \(laneType(dtype.memory, lanes)), ptr \(address), align \(dtype.byteCount)")
    if dtype != .bool { return ScalarCode(dtype, [value], lanes: lanes) }
    let flag = add("trunc \(laneType("i8", lanes)) \(value) to \(laneType("i1", lanes))")
    return ScalarCode(.bool, [flag], lanes: lanes)
  }

  /// The element at an address, loaded at the function's entry.
  func loadAtEntry(_ dtype: DType, at address: String) -> ScalarCode {
    let size = dtype.isComplex ? dtype.byteCount / 2 : dtype.byteCount
    let parts = (0..<dtype.partCount).map { part -> String in
      let place =
        part == 0
        ? address : text.addAtEntry("getelementptr inbounds \(dtype.register), ptr \(address), i64 1")
      let value = text.addAtEntry("load \(dtype.memory), ptr \(place), align \(size)")
      return dtype == .bool ? text.addAtEntry("trunc i8 \(value) to i1") : value
    }
    return ScalarCode(dtype, parts, lanes: 1)
  }

  /// Writes an element, or several one after the other.
  func store(_ value: ScalarCode, at address: String) {
    let dtype = value.dtype
    if dtype.isComplex {
      let parts = value.parts.map { ScalarCode(dtype.part, [$0], lanes: value.lanes) }
      if value.lanes > 1 { return store(interleaved(parts), at: address) }
      for (index, part) in parts.enumerated() { store(part, at: self.address(address, "\(index)", dtype.part)) }
      return
    }
    var part = value.parts[0]
    if dtype == .bool {
      part = add("zext \(laneType("i1", value.lanes)) \(part) to \(laneType("i8", value.lanes))")
    }
    run("store \(laneType(dtype.memory, value.lanes)) \(part), ptr \(address), align \(dtype.byteCount)")
  }
}
