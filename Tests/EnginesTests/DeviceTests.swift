import Jacobi
import TestDevice
import Testing

/// Where tensors are when an engine computes on a device.
@Suite struct DeviceTests {
  /// The parameters of a small network.
  private struct Parameters: TensorTree {
    var weights: Tensor
    var bias: Tensor
    mutating func forEachTensor(_ body: (inout Tensor) -> Void) {
      body(&weights)
      body(&bias)
    }
  }

  private static func loss(_ p: Parameters, _ x: Tensor, _ y: Tensor) -> Tensor {
    square(tanh(matmul(x, p.weights) + p.bias) - y).mean()
  }

  private static let data = (
    x: Tensor(shape: [8, 3], scalars: (0..<24).map { Double($0 % 7) / 7 }),
    y: Tensor(shape: [8, 2], scalars: (0..<16).map { Double($0 % 5) / 5 })
  )
  private static let start = Parameters(weights: Tensor.full([3, 2], 0.1), bias: Tensor([0.0, 0.5]))

  /// Parameters go to the device once and come back once, however many steps there are.
  @Test func training() {
    let engine = TestDeviceEngine(1)
    let device = engine.testDevice
    let update = { (p: Parameters, x: Tensor, y: Tensor) -> Parameters in
      let g = grad(Self.loss)(p, x, y)
      return Parameters(weights: p.weights - 0.5 * g.weights, bias: p.bias - 0.5 * g.bias)
    }
    let step = jit(update, engine: engine)
    let (x, y) = (Self.data.x.placed(on: engine.device), Self.data.y.placed(on: engine.device))
    #expect(device.counts.toDevice == 2 && x.device == device.id)
    var p = Self.start
    for _ in 0..<100 { p = step(p, x, y) }
    #expect(p.weights.device == device.id && p.bias.device == device.id)
    #expect(device.counts.toDevice == 4 && device.counts.toHost == 0 && device.counts.runs == 100)
    // The data, the parameters, and nothing of the steps between.
    #expect(device.counts.live == 4)
    let (weights, bias) = (p.weights.scalars(as: Double.self), p.bias.scalars(as: Double.self))
    #expect(p.weights.scalars(as: Double.self) == weights)
    #expect(device.counts.toHost == 2)
    var expected = Self.start
    for _ in 0..<100 { expected = update(expected, Self.data.x, Self.data.y) }
    #expect(weights == expected.weights.scalars() && bias == expected.bias.scalars())
  }

  /// The same by a gradient of a compiled function, whose residuals stay on the device.
  @Test func gradientsOfCompiledFunctions() {
    let engine = TestDeviceEngine(2)
    let device = engine.testDevice
    let compiled = jit(Self.loss, engine: engine)
    let (x, y) = (Self.data.x.placed(on: device), Self.data.y.placed(on: device))
    let p = Self.start.placed(on: device)
    let gradient = grad(compiled)(p, x, y)
    #expect(gradient.weights.device == device.id && gradient.bias.device == device.id)
    // Besides the four tensors there is the cotangent of the result.
    #expect(device.counts.toDevice == 5 && device.counts.toHost == 0)
    let expected = grad(Self.loss)(Self.start, Self.data.x, Self.data.y)
    #expect(gradient.weights.scalars(as: Double.self) == expected.weights.scalars())
    #expect(gradient.bias.scalars(as: Double.self) == expected.bias.scalars())
    let value = valueAndGrad(compiled)(p, x, y).value
    #expect(value.device == device.id && Double(value) == Double(Self.loss(Self.start, Self.data.x, Self.data.y)))
  }

  @Test func batches() {
    let engine = TestDeviceEngine(3)
    let f = { (x: Tensor) in sin(x) * x.sum() }
    let xs = Tensor([[1.0, 2], [3, 4], [5, 6]])
    let result = vmap(jit(f, engine: engine))(xs.placed(on: engine.device))
    #expect(result.device == engine.device?.id)
    #expect(engine.testDevice.counts.toDevice == 1 && engine.testDevice.counts.toHost == 0)
    #expect(result.scalars(as: Double.self) == vmap(f)(xs).scalars())
    let inside = jit(vmap(f), engine: engine)(xs)
    #expect(inside.device == engine.device?.id && inside.scalars(as: Double.self) == vmap(f)(xs).scalars())
    let x = Tensor([0.5, 1.5])
    #expect(
      hessian(jit({ f($0).sum() }, engine: engine))(x.placed(on: engine.device)).onHost().description
        == hessian { f($0).sum() }(x).description)
    #expect(
      jvp(jit(f, engine: engine), at: x.placed(on: engine.device), along: x).tangent.scalars(as: Double.self)
        == jvp(f, at: x, along: x).tangent.scalars())
  }

  /// Values that steer a function are read from the device.
  @Test func guards() {
    let engine = TestDeviceEngine(4)
    let device = engine.testDevice
    let statistics = JITStatistics()
    let f = { (x: Tensor) in Bool(x.sum() .> 0) ? sin(x) : cos(x) }
    let compiled = jit(f, engine: engine, statistics: statistics)
    for numbers in [[1.0, 2], [-1, -2], [3, 4], [-3, 1]] {
      let x = Tensor(numbers).placed(on: device)
      let before = device.counts.toHost
      let result = compiled(x)
      #expect(result.device == device.id && result.scalars(as: Double.self) == f(Tensor(numbers)).scalars())
      // The guards of at most two paths, the argument when the path is traced, and the result.
      #expect(device.counts.toHost - before <= 4)
    }
    #expect(statistics.traces == 2 && statistics.hits == 2 && statistics.paths == 2 && statistics.eagerCalls == 0)
    #expect(statistics.engine == engine.id)
    func root(_ a: Tensor) -> Tensor {
      var x = a
      while Bool(abs(x * x - a) .> 1e-12) { x = (x + a / x) / 2 }
      return x
    }
    let roots = jit(root, engine: engine)
    for value in [4.0, 9, 2, 4] {
      #expect(Double(roots(Tensor(value).placed(on: device))) == Double(root(Tensor(value))))
    }
    #expect(Double(grad(roots)(Tensor(4.0).placed(on: device))) == Double(grad(root)(4)))
    // Loops whose guards are compared before they run.
    let looping = jit(
      { (x: Tensor) in
        let y = forLoop(from: 0, to: 3, x) { _, y in y * x }
        return Bool(y .> 1) ? y : -y
      }, engine: engine)
    for value in [2.0, 0.5, 3, 0.25] {
      let expected = value * value * value * value
      #expect(Double(looping(Tensor(value).placed(on: device))) == (expected > 1 ? expected : -expected))
    }
  }

  /// Outside of compiled functions the host computes, and each tensor is copied to it once.
  @Test func eagerOperations() {
    let engine = TestDeviceEngine(5)
    let device = engine.testDevice
    let x = jit({ 2 * $0 }, engine: engine)(Tensor([1.0, 2, 3]))
    #expect(x.shape == [3] && x.dtype == .float64 && x.type.description == "float64[3]" && x.rank == 1)
    #expect(device.counts.toHost == 0)
    let y = sin(x) + x * 2 - Tensor([1.0, 1, 1])
    #expect(y.device == nil && device.counts.toHost == 1)
    #expect("\(x)" == "[2. 4. 6.]" && x[1].description == "4.0" && Double(x.sum()) == 12)
    #expect(Tensor.where(x .> 3, x, 0).description == "[0. 4. 6.]" && einsum("i,i", x, x).description == "56.0")
    #expect(Tensor.stacked([x, x]).shape == [2, 3] && (x ** 2).description == "[ 4. 16. 36.]")
    var z = x
    z[0] = 7
    #expect(z.description == "[7. 4. 6.]" && x.description == "[2. 4. 6.]" && z.device == nil)
    var w = Tensor([1.0, 2, 3])
    w[1] = x[2]
    w[0...1] = x[0...1]
    #expect(w.description == "[2. 4. 3.]")
    #expect(grad { x in (x * x).sum() }(x).description == "[ 4.  8. 12.]")
    #expect(vmap { $0 * $0 }(x).description == "[ 4. 16. 36.]")
    #expect(cond(x[0] .> 1, then: { x * 2 }, else: { x }).description == "[ 4.  8. 12.]")
    #expect(subprogram("twice") { $0 * 2 }(x).description == "[ 4.  8. 12.]")
    #expect(grad { s in subprogram("times") { $0 * x }(s).sum() }(2).description == "12.0")
    #expect(device.counts.toHost == 1 && device.counts.toDevice == 1)
  }

  /// What a compiled function captures is a constant of its program.
  @Test func captures() {
    let engine = TestDeviceEngine(6)
    let x = jit({ 2 * $0 }, engine: engine)(Tensor([1.0, 2, 3]))
    let host = jit({ $0 + x }, engine: ReferenceEngine())
    #expect(host(Tensor([1.0, 1, 1])).description == "[3. 5. 7.]" && host(x).description == "[ 4.  8. 12.]")
    let onDevice = jit({ $0 + x }, engine: engine)
    #expect(onDevice(x).description == "[ 4.  8. 12.]")
    #expect(program(of: { $0 + x }, at: x).text.contains("constant [2.0, 4.0, 6.0]"))
  }

  /// A function that changes its argument works on a device, in new memory.
  @Test func updates() {
    let engine = TestDeviceEngine(7)
    let step = jitInPlace({ (w: inout Tensor, g: Tensor) in w = w - 0.5 * g }, engine: engine)
    var w: Tensor = [1, 2]
    for _ in 0..<3 { step(&w, [2, 2]) }
    #expect(w.device == engine.device?.id && w.description == "[-2. -1.]")
  }

  /// Several devices: an operand of another one is an error that says what to write.
  @Test func otherDevices() throws {
    let (a, b) = (TestDeviceEngine(8), TestDeviceEngine(9))
    let f = jit({ (x: Tensor, y: Tensor) in x + y }, engine: a)
    let (x, y) = (Tensor([1.0, 2]).placed(on: a.device), Tensor([3.0, 4]).placed(on: b.device))
    #expect(f(x, y.onHost()).description == "[4. 6.]")
    for call in [{ f(x, y) }, { grad { x in f(x, y).sum() }(x) }, { jit({ $0 }, engine: b)(f(y, x)) }] {
      let error = #expect(throws: TensorError.self) { try catchingTensorErrors { call() } }
      #expect(
        error?.kind == .device && error?.message.contains("is on test:9, and the function runs on test:8") == true)
      #expect(error?.hint == "copy it to the host first, with x.onHost(), or run the function on test:9")
    }
    #expect(f(x, y.placed(on: a.device)).description == "[4. 6.]")
    // The host takes tensors from everywhere.
    #expect((x + y).description == "[4. 6.]")
    #expect(jit({ (x: Tensor, y: Tensor) in x + y }, engine: ReferenceEngine())(x, y).description == "[4. 6.]")
  }

  /// A device that fails is an error, not a wrong number.
  @Test func failures() {
    let engine = TestDeviceEngine(10)
    let f = jit({ 2 * $0 }, engine: engine)
    let x = f(Tensor([1.0, 2]))
    engine.testDevice.setBroken(true)
    func expectError(_ body: () -> Void, sourceLocation: Testing.SourceLocation = #_sourceLocation) {
      let error = #expect(throws: TensorError.self, sourceLocation: sourceLocation) { try catchingTensorErrors(body) }
      #expect(error?.kind == .device, sourceLocation: sourceLocation)
    }
    expectError { _ = sin(x) }
    expectError { _ = x + 1 }
    expectError { _ = Double(x[0]) }
    expectError { _ = x.scalars(as: Double.self) }
    expectError { _ = f(Tensor([1.0, 2])) }
    expectError { _ = Tensor([1.0]).placed(on: engine.device) }
    expectError { _ = program(of: { $0 + x }, at: Tensor([1.0, 2])) }
    engine.testDevice.setBroken(false)
    #expect(x.description == "[2. 4.]")
    // What fails on the device is the ordinary error.
    let index = jit({ (x: Tensor) in x[Tensor([5] as [Int64])] }, engine: engine)
    let error = #expect(throws: TensorError.self) { try catchingTensorErrors { _ = index(x) } }
    #expect(error?.kind == .index)
  }

  /// Each form of an executable, by hand.
  @Test func executables() throws {
    let engine = TestDeviceEngine(11)
    let twice = program(of: { 2 * $0 }, at: Tensor([1.0, 2]))
    let executable = try engine.compile(twice)
    let host = try HostTensor([2], [1.0, 2.0])
    #expect(try executable.run([host])[0].elements(as: Double.self) == [2, 4])
    #expect(try executable.run(host).elements(as: Double.self) == [2, 4])
    let onDevice = try executable.run(placed: [.host(host)])[0]
    guard case .device(let tensor) = onDevice else {
      Issue.record("the result is not on the device")
      return
    }
    #expect(tensor.device == engine.device?.id && onDevice.type == twice.outputTypes[0])
    #expect(try ReferenceEngine().compile(twice).run(placed: [onDevice])[0].host().elements(as: Double.self) == [4, 8])
    #expect(throws: TensorError.self) { try executable.run(placed: []) }
    #expect(throws: TensorError.self) { try executable.run([HostTensor(.bool(true))]) }
    #expect(try twice.run([host], on: engine)[0].elements(as: Double.self) == [2, 4])
  }

  @Test func transfers() {
    let engine = TestDeviceEngine(12)
    let x = Tensor([1.0, 2, 3]).placed(on: engine.device)
    let y = jit({ ($0 * $0).sum() }, engine: engine)(x)
    #expect(Double(y) == 14 && Double(y) == 14)
    let transfers = DeviceTransfers.of(DeviceID("test", ordinal: 12))
    #expect(transfers.description == "1 tensor (24 bytes) to the device, 1 tensor (8 bytes) to the host")
    #expect(transfers - transfers == DeviceTransfers())
    #expect(
      x.placed(on: engine.device).device == x.device && x.onHost().device == nil && x.placed(on: nil).device == nil)
  }
}

/// Which engines there are.
@Suite struct EngineRegistryTests {
  @Test func standardEngines() {
    #expect(EngineRegistry.engine(.native) is NativeEngine && EngineRegistry.engine(.reference) is ReferenceEngine)
    #expect(EngineRegistry.engines.last?.id == .reference && EngineRegistry.engine(EngineID("none")) == nil)
    #expect(EngineRegistry.preferred.isAvailable)
  }

  @Test func registering() {
    let engine = TestDeviceEngine(20)
    EngineRegistry.register(engine)
    EngineRegistry.register(engine)
    #expect(EngineRegistry.engines.filter { $0.id == engine.id }.count == 1)
    #expect(EngineRegistry.engine(engine.id)?.device?.id == DeviceID("test", ordinal: 20))
    #expect(EngineRegistry.engines.last?.id == .reference && EngineRegistry.preferred.id != engine.id)
  }

  /// Text names the engine of a call.
  @Test func programText() throws {
    let engine = TestDeviceEngine(21)
    let recorded = program(of: jit({ sin($0) * $0 }, engine: engine), at: Tensor([1.0, 2]))
    #expect(recorded.text.contains(#"runner="engine of test:21""#))
    let read = try Program(parsing: recorded.text, primitives: PrimitiveCatalog.primitive(named:))
    #expect(read == recorded)
    #expect(read(Tensor([1.0, 2]))[0].device == engine.device?.id)
  }
}
