import Jacobi
import Numerics
import Testing

@Suite("Comparisons, logic and selection")
struct ComparisonTests {
  private let values: [Double] = [-1, 0, 1, .infinity, -.infinity, .nan]

  @Test("comparisons agree with Swift's, for every pair and element type")
  func comparisons() {
    let x = Tensor(values).reshaped([6, 1])
    let y = Tensor(values)
    func table(_ compare: (Double, Double) -> Bool) -> [Bool] { values.flatMap { a in values.map { compare(a, $0) } } }
    for (x, y) in [(x, y), (x.asType(.float32), y.asType(.float32))] {
      #expect((x .< y).scalars(as: Bool.self) == table(<))
      #expect((x .<= y).scalars(as: Bool.self) == table(<=))
      #expect((x .> y).scalars(as: Bool.self) == table(>))
      #expect((x .>= y).scalars(as: Bool.self) == table(>=))
      #expect((x .== y).scalars(as: Bool.self) == table(==))
      #expect((x .!= y).scalars(as: Bool.self) == table(!=))
    }
    let integers = Tensor([Int32(1), 2, 3])
    #expect((integers .< 2).scalars(as: Bool.self) == [true, false, false])
    #expect((2 .<= integers).scalars(as: Bool.self) == [false, true, true])
    let z = complex([1, 1, .init(Double.nan)], [2, 3, 2])
    #expect((z .== complex(1, 2)).scalars(as: Bool.self) == [true, false, false])
    #expect((z .== z).scalars(as: Bool.self) == [true, true, false])
    #expect((Tensor([true, false]) .== Tensor([true, true])).scalars(as: Bool.self) == [true, false])
    #expect((Tensor([true, false]) .!= Tensor(true)).scalars(as: Bool.self) == [false, true])
  }

  @Test("isNaN and isFinite")
  func classification() {
    let x = Tensor(values)
    #expect(isNaN(x).scalars(as: Bool.self) == values.map(\.isNaN))
    #expect(isFinite(x).scalars(as: Bool.self) == values.map(\.isFinite))
    #expect(isFinite(complex(x, 1)).scalars(as: Bool.self) == values.map(\.isFinite))
    #expect(isNaN(Tensor([Int64(1)])).scalars(as: Bool.self) == [false])
  }

  @Test("logic")
  func logic() {
    let a = Tensor([false, false, true, true])
    let b = Tensor([false, true, false, true])
    #expect((a .& b).scalars(as: Bool.self) == [false, false, false, true])
    #expect((a .| b).scalars(as: Bool.self) == [false, true, true, true])
    #expect((a .^ b).scalars(as: Bool.self) == [false, true, true, false])
    #expect((.!a).scalars(as: Bool.self) == [true, true, false, false])
    #expect(logicalAnd(a, logicalNot(b)).scalars(as: Bool.self) == [false, false, true, false])
    #expect(logicalOr(a, Tensor(true)).scalars(as: Bool.self) == logicalExclusiveOr(a, .!a).scalars(as: Bool.self))
    let x = Tensor(0.5)
    #expect(Bool(0 .< x .& x .< 1))
  }

  @Test("where broadcasts its mask and its branches")
  func selection() {
    let mask = Tensor([true, false])
    #expect(`where`(mask, 1, 2).scalars(as: Double.self) == [1, 2])
    #expect(`where`(mask, Tensor([Float(1), 2]), 9).scalars(as: Float.self) == [1, 9])
    #expect(`where`(mask, [[1, 2], [3, 4]], 0).scalars(as: Double.self) == [1, 0, 3, 0])
    #expect(`where`(mask.reshaped([2, 1]), [1, 2, 3], 0).scalars(as: Double.self) == [1, 2, 3, 0, 0, 0])
    #expect(`where`(Tensor(true), [1, 2], [3, 4]).scalars(as: Double.self) == [1, 2])
    #expect(Tensor.where(mask, mask, .!mask).scalars(as: Bool.self) == [true, true])
    #expect(errorOf { `where`(mask, Tensor([1.0, 2, 3]), 0) }?.kind == .shape)
    #expect(`where`(Tensor([Bool]()), Tensor([Double]()), 0).shape == [0])
  }

  @Test("where under grad and vmap, with masks of every shape")
  func selectionTransforms() {
    let x: Tensor = [[1, -2, 3], [-4, 5, -6]]
    let gradient = grad { (x: Tensor) in `where`(x .> 0, x * x, -x).sum() }(x)
    #expect(gradient.scalars(as: Double.self) == [2, -1, 6, -1, 10, -1])
    let fixedMask = Tensor([true, false, true])
    #expect(
      vmap { `where`(fixedMask, $0, 0) }(x).scalars(as: Double.self) == [1, 0, 3, -4, 0, -6])
    #expect(
      vmap { `where`($0.sum() .> 0, $0, 0) }(x).scalars(as: Double.self) == [1, -2, 3, 0, 0, 0])
    #expect(
      vmap { `where`($0[0] .> 0, fixedMask.asType(.float64), 7) }(x).scalars(as: Double.self) == [1, 0, 1, 7, 7, 7])
    #expect(
      vmap(grad { (x: Tensor) in `where`(x[0] .> 0, x * x, 0).sum() })(x).scalars(as: Double.self)
        == [2, -4, 6, 0, 0, 0])
  }

  @Test("roundings agree with Swift's")
  func roundings() {
    let values = [-2.5, -1.5, -0.5, -0.2, 0, 0.2, 0.49999999999999994, 0.5, 1.5, 2.5, 1e300, 4503599627370497.0]
    let x = Tensor(values)
    #expect(floor(x).scalars(as: Double.self) == values.map { $0.rounded(.down) })
    #expect(ceil(x).scalars(as: Double.self) == values.map { $0.rounded(.up) })
    #expect(round(x).scalars(as: Double.self) == values.map { $0.rounded() })
  }

  @Test("powers with whole exponents, also negative and huge ones")
  func powers() {
    for base in [-3.7, -1, 0.3, 1.0000001] {
      for exponent in [-1_000_000_007, -17, -3, -1, 0, 1, 2, 3, 5, 12, 301, 16_777_217] {
        let power = Double(Tensor(base) ** exponent)
        let expected = Double.pow(base, exponent)
        #expect(ulpsOrEqual(power, expected), "\(base) ** \(exponent) is \(power), expected \(expected)")
      }
    }
    #expect(Double(2 ** 3 ** 2) == 512)
    #expect(Double(2 * Tensor(3) ** 2) == 18)
    #expect(Double(-Tensor(3) ** 2) == 9)
    #expect(Double(Tensor(2) ** Int.max) == .infinity)
    #expect(Double(Tensor(2) ** Int.min) == 0)
  }

  private func ulpsOrEqual(_ a: Double, _ b: Double) -> Bool { a == b || abs(a - b) <= 1e-6 * abs(b) }
}
