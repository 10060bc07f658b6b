// Integers in a range, all with the same probability.
//
// A number of twice the bits that a result has is reduced to the range. With 2ⁿ numbers for s results, probabilities differ
// by at most s/2ⁿ of themselves, which no experiment finds: n is 64 for int32 and 128 for int64.

extension Tensor {
  /// Returns integers in a range, all with the same probability.
  ///
  /// They are those of JAX's `randint` of the same type where the range has at most 2³² numbers (int32: 2¹⁶). For larger
  /// ranges JAX's numbers are not evenly spread.
  ///
  /// ```swift
  /// Tensor.randomIntegers([3], key: key, in: 0..<6)
  /// ```
  ///
  /// - Parameters:
  ///   - shape: the sizes of the result.
  ///   - key: a key that is used for nothing else.
  ///   - range: the numbers; an empty range is an error.
  ///   - dtype: int64 or int32, which must have all numbers of the range.
  public static func randomIntegers(
    _ shape: [Int] = [], key: RandomKey, in range: Range<Int>, dtype: DType = .int64
  ) -> Tensor {
    drawing("randomIntegers", key, []) { () throws(TensorError) in
      guard !range.isEmpty else {
        throw TensorError(.value, "randomIntegers", "the range \(range) is empty; expected at least one number")
      }
      return try integers(shape, key, range.lowerBound, range.upperBound - 1, dtype)
    }
  }

  /// Returns integers in a range, all with the same probability; see ``randomIntegers(_:key:in:dtype:)-(_,_,Range<Int>,_)``.
  public static func randomIntegers(
    _ shape: [Int] = [], key: RandomKey, in range: ClosedRange<Int>, dtype: DType = .int64
  ) -> Tensor {
    drawing("randomIntegers", key, []) { () throws(TensorError) in
      try integers(shape, key, range.lowerBound, range.upperBound, dtype)
    }
  }

  private static func integers(
    _ shape: [Int], _ key: RandomKey, _ first: Int, _ last: Int, _ dtype: DType
  ) throws(TensorError) -> Tensor {
    let draw = try Draw("randomIntegers", key, shape, dtype, allowed: [.int64, .int32])
    if dtype == .int32, Int32(exactly: first) == nil || Int32(exactly: last) == nil {
      throw TensorError(
        .value, "randomIntegers", "the range \(first)...\(last) exceeds int32", hint: "pass dtype: .int64")
    }
    // The number of results less 1: their number may be 2⁶⁴.
    let span = UInt64(bitPattern: Int64(last)) &- UInt64(bitPattern: Int64(first))
    let offset = dtype == .int32 ? draw.shortOffsets(upTo: span) : draw.offsets(upTo: span)
    return (offset + Tensor(Int64(first))).asType(dtype)
  }
}

extension Draw {
  /// Random words of two keys that follow from this one.
  private func doubled(_ dtype: DType) -> (high: Tensor, low: Tensor) {
    let keys = DerivedKeys(shape: [2, 2]).bound([key.0, key.1])
    func bits(_ index: Int) -> Tensor { RandomBits(dtype, shape: shape).bind(keys[index, 0], keys[index, 1]) }
    return (bits(0), bits(1))
  }

  /// Integers from 0 to a largest one below 2³², int64, from 64 random bits.
  fileprivate func shortOffsets(upTo largest: UInt64) -> Tensor {
    let (high, low) = doubled(.int32)
    return Self.remainder(high.unsigned, low.unsigned, largest, bits: 32)
  }

  /// Integers from 0 to a largest one, as the bits of int64, from 128 random bits.
  fileprivate func offsets(upTo largest: UInt64) -> Tensor {
    let (high, low) = doubled(.int64)
    if largest >> 32 == 0 { return Self.remainder(high, low, largest, bits: 64) }
    return largest == .max ? low : Self.upperPart(high, low, largest + 1)
  }

  /// (high · 2ᵇ + low) mod (largest + 1), of unsigned numbers of b bits; the product of two remainders fits into 64 bits.
  private static func remainder(_ high: Tensor, _ low: Tensor, _ largest: UInt64, bits: UInt64) -> Tensor {
    let size = largest + 1
    // A power of two has the remainder in its low bits.
    if size & largest == 0 { return bitwiseAnd(low, Tensor(Int64(bitPattern: largest))) }
    let divisor = Tensor(Int64(size))
    let half = (UInt64(1) << (bits / 2)) % size
    let base = Tensor(Int64((half * half) % size))
    return (high.unsignedRemainder(divisor) * base + low.unsignedRemainder(divisor)).unsignedRemainder(divisor)
  }

  /// The bits from 128 on of (high · 2⁶⁴ + low) · size.
  private static func upperPart(_ high: Tensor, _ low: Tensor, _ size: UInt64) -> Tensor {
    let factor = Tensor(Int64(bitPattern: size))
    let (middle, carried) = (high * factor, low.upperProduct(size))
    let sum = middle + carried
    let lowest = Tensor(Int64.min)
    let carry = (bitwiseXor(sum, lowest) .< bitwiseXor(middle, lowest)).asType(.int64)
    return high.upperProduct(size) + carry
  }
}

/// The largest number of 32 bits.
private let lowBits = Tensor(Int64(0xffff_ffff))

extension Tensor {
  /// The unsigned number that the bits of an int32 are, in int64.
  fileprivate var unsigned: Tensor { bitwiseAnd(asType(.int64), lowBits) }

  /// The remainder of the unsigned number that the bits of an int64 are, by a number of at most 2³².
  fileprivate func unsignedRemainder(_ divisor: Tensor) -> Tensor {
    let half = shiftRightLogical(self, Tensor(Int64(1))) % divisor
    return (half + half + bitwiseAnd(self, Tensor(Int64(1)))) % divisor
  }

  /// The upper 64 bits of the product with a number; all are unsigned.
  fileprivate func upperProduct(_ size: UInt64) -> Tensor {
    func high(_ x: Tensor) -> Tensor { shiftRightLogical(x, Tensor(Int64(32))) }
    func low(_ x: Tensor) -> Tensor { bitwiseAnd(x, lowBits) }
    let (size1, size0) = (Tensor(Int64(size >> 32)), Tensor(Int64(size & 0xffff_ffff)))
    let (x1, x0) = (high(self), low(self))
    let (a, b) = (x0 * size1, x1 * size0)
    let middle = high(x0 * size0) + low(a) + low(b)
    return x1 * size1 + high(a) + high(b) + high(middle)
  }
}
