import Jacobi
import NativeEngine
import Testing

/// A generator of random numbers by counters, which consists of operations on bits.
@Suite struct ThreefryTests {
  /// Threefry-2x32 with 20 rounds, on unsigned numbers in int32. The numbers are the known answers of Random123
  /// (`kat_vectors` of github.com/DEShawResearch/random123).
  @Test(
    arguments: [ReferenceEngine() as any Engine, NativeEngine()].filter(\.availability.isAvailable))
  func threefry(_ engine: any Engine) {
    let counters: [[UInt32]] = [[0, 0], [.max, .max], [0x243f_6a88, 0x85a3_08d3]]
    let keys: [[UInt32]] = [[0, 0], [.max, .max], [0x1319_8a2e, 0x0370_7344]]
    let answers: [[UInt32]] = [
      [0x6b20_0159, 0x99ba_4efe], [0x1cb9_96fc, 0xbb00_2be7], [0xc492_3a9c, 0x483d_f7a0],
    ]
    func column(_ rows: [[UInt32]], _ place: Int) -> Tensor {
      Tensor(rows.map { Int32(bitPattern: $0[place]) })
    }
    let random = jit(
      { (x: [Tensor]) -> [Tensor] in threefryRounds(counter: (x[0], x[1]), key: (x[2], x[3])) },
      engine: engine)
    let results = random([
      column(counters, 0), column(counters, 1), column(keys, 0), column(keys, 1),
    ])
    for place in 0..<2 {
      let numbers = results[place].scalars(as: Int32.self).map { UInt32(bitPattern: $0) }
      #expect(numbers == answers.map { $0[place] })
    }
  }

  private func threefryRounds(counter: (Tensor, Tensor), key: (Tensor, Tensor)) -> [Tensor] {
    let parity = bitwiseXor(bitwiseXor(Tensor(Int32(0x1BD1_1BDA)), key.0), key.1)
    let keys = [key.0, key.1, parity]
    var (x, y) = (counter.0 + key.0, counter.1 + key.1)
    let rotations: [[Int32]] = [[13, 15, 26, 6], [17, 29, 16, 24]]
    for group in 0..<5 {
      for count in rotations[group % 2] {
        x = x + y
        let rotated = bitwiseOr(
          shiftLeft(y, Tensor(count)), shiftRightLogical(y, Tensor(32 - count)))
        y = bitwiseXor(rotated, x)
      }
      x = x + keys[(group + 1) % 3]
      y = y + keys[(group + 2) % 3] + Tensor(Int32(group + 1))
    }
    return [x, y]
  }
}
