import Jacobi
import Testing

/// Integers as bits.
@Suite struct BitwiseTests {
  @Test func tables() {
    let (x, y) = (Tensor([0b1100, -1, 7, Int64.min]), Tensor([0b1010, 5, -8, -1] as [Int64]))
    #expect(bitwiseAnd(x, y).scalars(as: Int64.self) == [0b1000, 5, 0, .min])
    #expect(bitwiseOr(x, y).scalars(as: Int64.self) == [0b1110, -1, -1, -1])
    #expect(bitwiseXor(x, y).scalars(as: Int64.self) == [0b0110, -6, -1, .max])
    #expect(bitwiseNot(x).scalars(as: Int64.self) == [-13, 0, -8, .max])
  }

  @Test func shifts() {
    let x = Tensor([1, -1, Int32.min, 5] as [Int32])
    func of(_ shifted: Tensor) -> [Int32] { shifted.scalars(as: Int32.self) }
    #expect(of(shiftLeft(x, 31)) == [.min, .min, 0, .min])
    #expect(of(shiftRight(x, 1)) == [0, -1, -0x4000_0000, 2])
    #expect(of(shiftRightLogical(x, 1)) == [0, .max, 0x4000_0000, 2])
    #expect(of(shiftRightLogical(x, 31)) == [0, 1, 1, 0])
    #expect(of(shiftRight(x, 0)) == of(x))
    // All bits are moved out.
    for count in [32, 33, -1, Int32.min, Int32.max] as [Int32] {
      #expect(of(shiftLeft(x, Tensor(count))) == [0, 0, 0, 0])
      #expect(of(shiftRight(x, Tensor(count))) == [0, -1, -1, 0])
      #expect(of(shiftRightLogical(x, Tensor(count))) == [0, 0, 0, 0])
    }
  }
}
