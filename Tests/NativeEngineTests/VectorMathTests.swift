import Foundation
import HostLibraries
import Jacobi
import JacobiTesting
import Testing

@testable import NativeEngine

/// Where functions of several numbers at once come from.
@Suite(.enabled(if: NativeEngine().availability.isAvailable))
struct VectorMathTests {
  /// A loop over several vectors and a remainder.
  private static func loop() throws -> (program: Program, argument: HostTensor) {
    let values = (0..<67).map { Double($0) / 16 - 2 }
    let argument = Tensor(values)
    return (program(of: { (x: [Tensor]) in [sin(x[0])] }, at: [argument]), try argument.hostValue())
  }

  @Test("Without vector functions the code calls the C library, with the host's bits")
  func none() throws {
    let (program, argument) = try Self.loop()
    let engine = NativeEngine(options: CodeOptions(vectorMath: .none))
    let written = try engine.assembly(of: program).written
    #expect(!written.contains("_ZGV"))
    #expect(written.contains("@sin("))
    #expect(try program.run([argument], on: engine) == program.run([argument]))
  }

  #if os(Linux) && arch(x86_64)
    @Test(
      "With libmvec the code calls its functions",
      .enabled(if: DynamicLibrary(firstOf: ["libmvec.so.1"]) != nil))
    func libmvec() throws {
      let (program, _) = try Self.loop()
      #expect(
        try NativeEngine(options: CodeOptions(vectorMath: .libmvec)).assembly(of: program).written.contains("_ZGV"))
    }
  #endif

  @Test("The environment's word is understood or refused")
  func names() throws {
    #expect(try VectorMath.named(nil) == .libmvec)
    #expect(try VectorMath.named("none") == VectorMath.none)
    #expect(try VectorMath.named("libmvec") == .libmvec)
    let error = #expect(throws: TensorError.self) { try VectorMath.named("fast") }
    #expect(error?.description.contains("JACOBI_VECTOR_MATH is libmvec or none, not \"fast\"") == true)
  }

  // MARK: - Accuracy

  /// Points of one function: arguments, and the value as a sum of two numbers, of which the second one is small.
  private struct Points {
    var arguments: [[Double]] = []
    var values: [(high: Double, rest: Double)] = []
  }

  /// By the name of a function of C, with an f behind it for float32. They are made by
  /// `Scripts/Measurements/VectorMath/points.py 60`.
  private static let points: [String: Points] = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "Fixtures/vector-math.txt")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    var points: [String: Points] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      let numbers = words[3...].compactMap { Double($0) }
      guard numbers.count == 4, let count = Int(words[1]) else { continue }
      points[String(words[0]), default: Points()].arguments.append(Array(numbers[..<count]))
      points[String(words[0])]?.values.append((numbers[2], numbers[3]))
    }
    return points
  }()

  private static let functions: [String: @Sendable ([Tensor]) -> Tensor] = [
    "exp": { exp($0[0]) }, "expm1": { expMinusOne($0[0]) }, "log": { log($0[0]) }, "log1p": { log(onePlus: $0[0]) },
    "sin": { sin($0[0]) }, "cos": { cos($0[0]) }, "tan": { tan($0[0]) }, "asin": { asin($0[0]) },
    "acos": { acos($0[0]) },
    "atan": { atan($0[0]) }, "sinh": { sinh($0[0]) }, "cosh": { cosh($0[0]) }, "tanh": { tanh($0[0]) },
    "asinh": { asinh($0[0]) }, "acosh": { acosh($0[0]) }, "atanh": { atanh($0[0]) }, "erf": { erf($0[0]) },
    "erfc": { erfc($0[0]) }, "pow": { $0[0] ** $0[1] }, "atan2": { atan2($0[0], $0[1]) },
    "hypot": { hypot($0[0], $0[1]) }, "log2": { log2($0[0]) }, "log10": { log10($0[0]) }, "exp2": { exp2($0[0]) },
    "cbrt": { cbrt($0[0]) }, "erfinv": { erfinv($0[0]) }, "logGamma": { logGamma($0[0]) },
    "digamma": { digamma($0[0]) },
  ]

  /// What `Documentation/VectorMath.md` states: 4 units in the last place, in compiled loops over arrays, with vector
  /// functions and without.
  @Test("Functions are as accurate as stated", arguments: functions.keys.sorted())
  func accuracy(_ name: String) throws {
    let function = try #require(Self.functions[name])
    for isSingle in [false, true] {
      let points = try #require(Self.points[name + (isSingle ? "f" : "")])
      #expect(points.values.count >= 40)
      let arguments = points.arguments[0].indices.map { place -> Tensor in
        let numbers = points.arguments.map { $0[place] }
        return isSingle ? Tensor(numbers.map { Float($0) }) : Tensor(numbers)
      }
      let program = Jacobi.program(of: { (x: [Tensor]) -> [Tensor] in [function(x)] }, at: arguments)
      for vectorMath in VectorMath.allCases {
        let engine = NativeEngine(options: CodeOptions(vectorMath: vectorMath))
        let results = try Tensor(program.run(arguments.map { try $0.hostValue() }, on: engine)[0]).coordinates()
        for (place, (result, value)) in zip(results, points.values).enumerated() {
          let unit = isSingle ? Double(Float(value.high).ulp) : value.high.ulp
          let error = abs((result - value.high) - value.rest) / unit
          #expect(
            error <= 4, "\(name) of \(points.arguments[place]): \(result), \(error) ulp by \(vectorMath.rawValue)")
        }
      }
    }
  }

  /// Where several numbers at once are not what a function's form is made for, each is computed alone.
  @Test("At special arguments functions are those of the host", arguments: functions.keys.sorted())
  func specials(_ name: String) throws {
    let function = try #require(Self.functions[name])
    let special: [Double] = [
      .nan, .infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 0x1p-1030, 1e308, -1e308,
      1, -1, 2, -2, -0.5, -2.5, 0.5, 1e-300,
      0x1p1000, 0x1p-1000, 3, 8, 10, 1 - 0x1p-53, 1 + 0x1p-52, 171, 172,
    ]
    for isSingle in [false, true] {
      // Each alone among ordinary ones, and all together.
      let ordinary = (0..<16).map { _ in 0.75 }
      let numbers = special.flatMap { ordinary + [$0] } + special
      let x = isSingle ? Tensor(numbers.map { Float($0) }) : Tensor(numbers)
      let program = Jacobi.program(of: { (x: [Tensor]) -> [Tensor] in [function(x)] }, at: [x, x])
      let host = [try x.hostValue(), try x.hostValue()]
      let expected = try Tensor(program.run(host)[0]).coordinates()
      let actual = try Tensor(program.run(host, on: NativeEngine())[0]).coordinates()
      for (place, (a, b)) in zip(actual, expected).enumerated() {
        let isNear =
          a == b || (a.isNaN && b.isNaN) || abs(a - b) <= 8 * (isSingle ? Double(Float(b).ulp) : b.ulp)
        #expect(isNear && (a.isNaN || a.sign == b.sign), "\(name) of \(numbers[place]): \(a), not \(b)")
      }
    }
  }
}
