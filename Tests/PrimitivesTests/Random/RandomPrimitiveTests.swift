import Jacobi
import JacobiTesting
import NativeEngine
import Testing

/// The primitives that hash keys: their laws, and the same bits from every engine.
@Suite("Primitives of random numbers") struct RandomPrimitiveTests {
  @Test(arguments: PrimitiveCatalog.random.indices) func laws(_ index: Int) {
    let report = checkLaws(of: [PrimitiveCatalog.random[index]])
    #expect(report.isPassed, "\(report)")
    guard NativeEngine().availability.isAvailable else { return }
    let compiled = checkLaws(of: [PrimitiveCatalog.random[index]], engine: NativeEngine())
    #expect(compiled.isPassed, "\(compiled)")
  }

  static let dtypes: [DType] = [.int32, .int64, .float32, .float64]

  /// In loops of all forms: short and long rows, turned, in sums, and as what several others read.
  @Test(.enabled(if: NativeEngine().availability.isAvailable), arguments: dtypes) func sameBitsFromLoops(_ dtype: DType)
  {
    let shapes: [[Int]] = [
      [], [1], [3], [8], [16], [17], [100], [1000, 3], [3, 1000], [5, 2, 9], [40, 1], [2, 0], [9, 4, 4], [33, 7],
    ]
    for shape in shapes {
      let draw = { (words: [Tensor]) -> [Tensor] in
        let x = RandomBits(dtype, shape: shape).bind(words[0], words[1])
        return [x, x.transposed(), x.flattened(), x * x]
      }
      let (compiled, evaluated) = (jit(draw, engine: NativeEngine()), jit(draw, engine: ReferenceEngine()))
      for key in [[0, 0], [1, -1], [Int32.min, 12345]] as [[Int32]] {
        let words = key.map { Tensor($0) }
        let (native, reference) = (compiled(words), evaluated(words))
        #expect(zip(native, reference).allSatisfy { $0.patterns == $1.patterns && $0.type == $1.type }, "\(shape)")
      }
    }
  }

  /// Keys with high words in their counters, which no tensor is large enough for.
  @Test func countersOf64Bits() {
    let starts: [Int] = [0, 1, 1 << 31, (1 << 32) - 1, 1 << 32, Int.max, -1, Int.min]
    for start in starts {
      let derive = { (words: [Tensor]) in DerivedKeys(shape: [4, 2]).bind(words) }
      let words = [Tensor(Int32(3)), Tensor(Int32(-4)), Tensor(Int64(start))]
      let keys = derive(words)[0]
      for number in 0..<4 {
        let folded = RandomKey(words: Tensor([3, -4] as [Int32])).folding(in: start &+ number)
        #expect(folded.words.words == keys[number].words)
      }
      for engine in [ReferenceEngine() as any Engine, NativeEngine()] where engine.availability.isAvailable {
        #expect(jit(derive, engine: engine)(words)[0].words == keys.words)
      }
    }
  }

  /// An element depends on its place in row-major order and on nothing else: not on the shape, and not on how many
  /// threads share the loop.
  @Test func elementsDependOnTheirPlace() {
    for dtype in Self.dtypes {
      func draw(_ shape: [Int]) -> [UInt64] {
        RandomBits(dtype, shape: shape).bind(Tensor(Int32(7)), Tensor(Int32(8))).patterns
      }
      let long = draw([6000])
      #expect(draw([60, 100]) == long)
      #expect(draw([3000, 2]) == long)
      #expect(draw([17]) == Array(long[..<17]))
    }
    guard NativeEngine().availability.isAvailable else { return }
    let key = RandomKey(seed: 1)
    KeyReuse.withReporting(.ignored) {
      let eager = Tensor.uniform([200_000], key: key).patterns
      for threads in [1, 2, 8] {
        let draw = jit(
          { (key: RandomKey) in Tensor.uniform([200_000], key: key) }, engine: NativeEngine(threads: threads))
        #expect(draw(key).patterns == eager)
      }
    }
  }
}
