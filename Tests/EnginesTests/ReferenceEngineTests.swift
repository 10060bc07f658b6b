import Jacobi
import Testing
import Transforms

@Suite struct ReferenceEngineTests {
  private let square = Transforms.program(of: { x in (sin(x) * x).sum() }, at: [1, 2, 3])

  @Test func runsAProgram() throws {
    let x = try HostTensor([3], [0.5, 1.5, 2.5])
    let expected = try sin(Tensor(x)).hostValue()
    let sum = zip(expected.elements(as: Double.self), [0.5, 1.5, 2.5]).map { $0 * $1 }.reduce(0, +)
    #expect(try square.run([x]) == [sum.hostScalar])
    let executable = try ReferenceEngine().compile(square)
    #expect(try executable.run([x]) == executable.run([x]))
    #expect(square(Tensor(x))[0].scalars(as: Double.self) == [sum])
  }

  @Test func aProgramIsAFunctionThatCanBeDifferentiated() {
    let program = square
    let x: Tensor = [0.5, 1.5, 2.5]
    let gradient = grad { x in program(x)[0] }(x)
    #expect(gradient.scalars(as: Double.self) == (cos(x) * x + sin(x)).scalars(as: Double.self))
  }

  @Test func wrongArgumentsAreExplained() throws {
    func error(_ arguments: [HostTensor]) -> TensorError? {
      do throws(TensorError) { _ = try square.run(arguments) } catch { return error }
      return nil
    }
    #expect(error([])?.message == "takes 1 arguments, not 0")
    let short = error([try HostTensor([2], [1.0, 2.0])])
    #expect(short?.message == "argument 0 has type float64[2] where the program takes float64[3]")
    #expect(short?.kind == .shape)
    let single = error([try HostTensor([3], filledWith: Float(1))])
    #expect(single?.kind == .dtype)
    #expect(single?.hint == "convert it with asType(.float64)")
    let program = square
    #expect(throws: TensorError.self) { try catchingTensorErrors { program(Tensor([1.0, 2.0])) } }
    #expect(throws: TensorError.self) { try catchingTensorErrors { program() } }
  }

  @Test func outputsMayBeInputsConstantsAndRepeated() throws {
    var builder = ProgramBuilder(name: "f")
    let a = builder.input(TensorType(.float64, []))
    let c = builder.constant(try Tensor(2.0).hostValue())
    let b = try builder.add(Add(), [a, c])[0]
    let program = try builder.finish([a, c, b, b, a])
    #expect(try program.run([Tensor(1.0).hostValue()]) == [1, 2, 3, 3, 1].map { (x: Double) in x.hostScalar })
  }

  @Test func anEngineExplainsItself() {
    #expect(ReferenceEngine().availability.isAvailable)
    let absent = EngineAvailability.unavailable(reason: "no library was found", remedy: "install it")
    #expect(absent.description == "not available: no library was found; install it")
    #expect(!absent.isAvailable)
  }
}

@Suite struct ProgramBuilderTests {
  @Test func equationsAreCheckedAsTheyAreAdded() throws {
    var builder = ProgramBuilder(name: "f")
    let a = builder.input(TensorType(.float64, [2]))
    let b = builder.input(TensorType(.float32, [2]))
    #expect(throws: TensorError.self) { try builder.add(Add(), [a, b]) }
    #expect(throws: TensorError.self) { try builder.add(Add(), [a]) }
    #expect(throws: TensorError.self) { try builder.add(Sum(axes: [0]), []) }
    var other = ProgramBuilder(name: "g")
    let foreign = other.input(TensorType(.float64, [2]))
    #expect(throws: TensorError.self) { try builder.add(Sin(), [foreign]) }
    #expect(throws: TensorError.self) { try builder.finish([foreign]) }
    let program = try builder.finish([a])
    #expect(program.equations.isEmpty)
    try program.verify()
  }
}
