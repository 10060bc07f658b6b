import Foundation
import Jacobi
import JacobiTesting
import NativeEngine
import RandomPrograms
import Testing

/// Random programs give on the native engine what they give on the reference engine, also with each value in memory, and
/// with loops that are divided among threads.
///
/// `JACOBI_RANDOM=10000` tries so many of them; `JACOBI_RANDOM=50000-60000` those of these seeds. The program of a seed is
/// always the same.
@Suite(.enabled(if: NativeEngine().availability.isAvailable)) struct RandomProgramTests {
  private static var seeds: Range<UInt64> {
    let text = ProcessInfo.processInfo.environment["JACOBI_RANDOM"] ?? "400"
    let bounds = text.split(separator: "-").compactMap { UInt64($0) }
    return bounds.count == 2 ? bounds[0]..<bounds[1] : 0..<(bounds.first ?? 400)
  }

  @Test func agree() throws {
    let engines = [
      NativeEngine(), NativeEngine(threads: 1, options: .unfused), NativeEngine(threads: 2, options: .divided),
      NativeEngine(threads: 1, options: .quick),
    ]
    for seed in Self.seeds {
      let program = try randomProgram(seed: seed)
      let arguments = try randomArguments(for: program, seed: seed)
      for engine in engines {
        try expectAgreement(
          program, arguments, tolerance: 1e-9, on: engine, "seed \(seed) on \(engine.name)")
      }
    }
    print("random programs: \(Self.seeds.count), seeds \(Self.seeds)")
  }

  /// With the memory of arguments for results, results are the same bit for bit.
  @Test func overwriting() throws {
    var takenCount = 0
    for seed in Self.seeds {
      let program = try randomProgram(seed: seed)
      let arguments = try randomArguments(for: program, seed: seed)
      for engine in [NativeEngine(), NativeEngine(threads: 2, options: .divided)] {
        let expected = try engine.compile(program).run(arguments)
        let executable = try engine.compile(program, overwriting: arguments.map { _ in true })
        var own = try arguments.map { try HostTensor($0.shape, $0.elements(as: Double.self)) }
        #expect(try executable.run(overwriting: &own) == expected, "seed \(seed) on \(engine.name)")
        takenCount += zip(own, arguments).count { $0.type != $1.type }
        // What somebody else refers to stays.
        var shared = arguments
        #expect(try executable.run(overwriting: &shared) == expected, "seed \(seed) on \(engine.name)")
        #expect(shared == arguments, "seed \(seed) on \(engine.name)")
      }
    }
    #expect(takenCount > 0)
  }
}
