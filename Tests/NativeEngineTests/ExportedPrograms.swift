#if os(Linux)
  import Foundation
  import Jacobi
  import Synchronization

  @testable import NativeEngine

  /// The code of programs, with their arguments and results, in a folder.
  final class ExportedPrograms: Sendable {
    private let folder: URL
    private let written = Mutex<[String]>([])
    /// The names of those that were written.
    var names: [String] { written.withLock { $0 } }

    init(_ folder: URL) { self.folder = folder }

    /// Writes a program for a processor of which nothing is known, unless it calls functions that only this process has.
    func add(_ program: Program, _ arguments: [HostTensor], _ options: CodeOptions) throws {
      let name = "p\(names.count)"
      let expected = try program.run(arguments)
      let module = ModuleBuilder(
        processor: Processor(features: [], vectorMath: .none), prefix: name, options: options)
      module.writeEntry(program)
      let emulated = ["allocate", "release", "fits", "run_blocks", "is_finite64", "is_finite32"].map { "jacobi_" + $0 }
      guard module.symbols.keys.allSatisfy(emulated.contains) else { return }
      try module.text.write(to: folder.appendingPathComponent("\(name).ll"), atomically: false, encoding: .utf8)

      var data = Data()
      func add(_ number: Int) { withUnsafeBytes(of: Int64(number)) { data.append(contentsOf: $0) } }
      func add(_ tensor: HostTensor) {
        tensor.withBytes { bytes in
          add(bytes.count)
          data.append(contentsOf: bytes)
        }
      }
      add(module.arenaByteCount)
      for count in [arguments.count, module.environment.constants.count, expected.count] { add(count) }
      for tensor in arguments + module.environment.constants { add(tensor) }
      for tensor in expected {
        add(Int(letter(tensor.dtype.realPart)))
        add(tensor)
      }
      try data.write(to: folder.appendingPathComponent("\(name).arguments"))
      written.withLock { $0.append(name) }
    }

    /// The letter of a type in `driver.c`.
    private func letter(_ dtype: DType) -> UInt8 {
      switch dtype {
      case .float64: UInt8(ascii: "d")
      case .float32: UInt8(ascii: "f")
      case .int64: UInt8(ascii: "l")
      case .int32: UInt8(ascii: "i")
      default: UInt8(ascii: "b")
      }
    }
  }

  /// The reference engine, which exports what it runs.
  struct ExportingEngine: Engine {
    let programs: ExportedPrograms
    let id = EngineID("exporting")
    let availability = EngineAvailability.available("")

    func compile(_ program: Program) throws(TensorError) -> any Executable {
      ExportingExecutable(program: program, programs: programs)
    }

    func plan(of program: Program) throws(TensorError) -> ExecutionPlan { try ReferenceEngine().plan(of: program) }
  }

  private struct ExportingExecutable: Executable {
    let program: Program
    let programs: ExportedPrograms

    func run(_ arguments: [HostTensor]) throws(TensorError) -> [HostTensor] {
      do { try programs.add(program, arguments, CodeOptions()) } catch let error as TensorError { throw error } catch {
        throw TensorError(.compilation, "export", "\(error)")
      }
      return try program.run(arguments)
    }
  }
#endif
