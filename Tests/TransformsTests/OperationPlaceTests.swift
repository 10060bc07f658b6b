import Jacobi
import Testing

/// An operation that fails when a program runs is named by the line where it was written, not by that of the call.
@Suite struct OperationPlaceTests {
  private static let table: Tensor = [1, 2, 3]
  private static let bad = Tensor(Int64(7))
  private static let good = Tensor(Int64(1))

  /// Where the error of a closure is, if there is one.
  private func place(_ body: () throws -> Void) -> String? {
    do { try catchingTensorErrors(body) } catch let error as TensorError { return error.location } catch {}
    return "no error"
  }

  private func expect(
    _ expected: String, _ body: () throws -> Void, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    #if os(Linux)
      let found = place(body)
      #expect(found == expected, sourceLocation: sourceLocation)
    #endif
  }

  /// An operation that fails for some indices only, in a line of its own.
  private static func picked(_ index: Tensor) -> Tensor {
    let doubled = index * 2 - index
    return table.take(doubled)
  }
  private static let pickedPlace = here(-2)

  private static func helper(_ f: (Tensor) -> Tensor, _ x: Tensor) -> Tensor { f(x) }

  @Test(arguments: ["reference", "native"]) func compiled(engine: String) {
    let chosen = EngineRegistry.engine(engine == "native" ? .native : .reference) ?? ReferenceEngine()
    let engine: any Engine = chosen.isAvailable ? chosen : ReferenceEngine()
    expect(Self.pickedPlace) { _ = jit({ (i: Tensor) in Self.picked(i) }, engine: engine)(Self.bad) }
    let fast = jit(
      { (x: Tensor) in
        let scaled = x * 1e20
        return scaled.asType(.int32)
      }, engine: engine)
    let converted = here(-2)
    expect(converted) { _ = fast([1, 2]) }
    // Again, with the program that is kept.
    expect(converted) { _ = fast([1, 3]) }
    // A closure that is called by a helper.
    let inner = jit(
      { (i: Tensor) in
        Self.helper(
          { i in
            Self.table.take(i)
          }, i)
      }, engine: engine)
    let takenPlace = here(-3)
    expect(takenPlace) { _ = inner(Self.bad) }
    // Its derivative, and a batch of it.
    expect(Self.pickedPlace) {
      _ = jit(
        { (x: Tensor, i: Tensor) in grad { x in (Self.picked(i) * x).sum() }(x) }, engine: engine)(
          Tensor(2.0), Self.bad)
    }
    expect(Self.pickedPlace) {
      _ = jit(vmap { (i: Tensor) in Self.picked(i) }, engine: engine)(Tensor([1, 7] as [Int64]))
    }
  }

  @Test func batches() {
    let batch = Tensor([1, 7] as [Int64])
    expect(Self.pickedPlace) { _ = vmap { (i: Tensor) in Self.picked(i) }(batch) }
    expect(Self.pickedPlace) { _ = vmap(jit { (i: Tensor) in Self.picked(i) })(batch) }
    expect(here(+1)) {
      _ = vmap { (x: Tensor) in (x * 1e20).asType(.int32) }(Tensor([1.0, 2]))
    }
    expect(here(+1)) {
      _ = vmap { (x: Tensor) in grad { x in x * (x * 1e20).asType(.int32).asType(.float64) }(x) }(Tensor([1.0, 2]))
    }
  }

  @Test func branches() {
    for flag in [true, false] {
      let place = here(flag ? 4 : 5)
      expect(place) {
        _ = cond(
          Tensor(flag),
          then: { Self.table.take(Self.bad + 0) },
          else: { Self.table.take(Self.bad + 1) })
      }
    }
    let choose = jit { (flag: Tensor, i: Tensor) in
      cond(
        flag,
        then: { Self.table.take(i) },
        else: { Self.table.take(i + 1) })
    }
    let first = here(-3)
    expect(first) { _ = choose(Tensor(true), Self.bad) }
    expect(here(-4)) { _ = choose(Tensor(false), Self.bad) }
  }

  @Test func loops() {
    let indices = Tensor([0, 1, 7] as [Int64])
    expect(here(+3)) {
      _ = scan(
        { (sum: Tensor, i: Tensor) in
          (sum + Self.table.take(i), sum)
        }, Tensor(0.0), over: indices)
    }
    let summed = jit { (indices: Tensor) in
      scan(
        { (sum: Tensor, i: Tensor) in
          (sum + Self.table.take(i), sum)
        }, Tensor(0.0), over: indices
      ).state
    }
    expect(here(-4)) { _ = summed(indices) }
    let gradient = grad { (x: Tensor) in
      scan(
        { (sum: Tensor, i: Tensor) in
          (sum + x * Self.table.take(i), sum)
        }, Tensor(0.0), over: indices
      ).state
    }
    expect(here(-4)) { _ = gradient(2) }
  }

  /// Two closures that do the same in different lines are one program, but not one place.
  @Test func sameOperationsInTwoLines() {
    let first = jit { (i: Tensor) in Self.table.take(i) }
    let second = jit { (i: Tensor) in Self.table.take(i) }
    expect(here(-2)) { _ = first(Self.bad) }
    expect(here(-2)) { _ = second(Self.bad) }
    let programs = [first, second].map { f in program(of: { i in f(i) }, at: Self.good) }
    #expect(programs[0] == programs[1])
    #expect(programs[0].text == programs[1].text)
    #expect(!programs[0].text.contains("OperationPlaceTests"))
  }

  /// So are branches and steps, also in what is derived from them.
  @Test func sameBodiesInTwoLines() {
    func first(_ i: Tensor) -> Tensor { cond(Tensor(true), then: { Self.table.take(i) }, else: { Tensor(0.0) }) }
    func second(_ i: Tensor) -> Tensor { cond(Tensor(true), then: { Self.table.take(i) }, else: { Tensor(0.0) }) }
    let places = (here(-2), here(-1))
    let batch = Tensor([1, 7] as [Int64])
    let compiled = (jit(first), jit(second))
    _ = (compiled.0(Self.good), compiled.1(Self.good))
    for (f, place) in [(first, places.0), (second, places.1)] {
      expect(place) { _ = f(Self.bad) }
      expect(place) { _ = vmap(f)(batch) }
      expect(place) { _ = grad { (x: Tensor) in x * f(Self.bad) }(2) }
      expect(place) { _ = jit(f)(Self.bad) }
    }
    expect(places.0) { _ = compiled.0(Self.bad) }
    expect(places.1) { _ = compiled.1(Self.bad) }
    // They are the same program.
    let programs = [first, second].map { f in program(of: f, at: Self.good) }
    #expect(programs[0] == programs[1])
    #expect(programs[0].hashValue == programs[1].hashValue)
  }

  /// What a function outside does has its own place.
  @Test func callbacks() {
    let callback = pureCallback(name: "outside", resultTypes: [TensorType(.float64, [])]) { x in
      [try (Tensor(x[0]) + Tensor([1.0, 2]) + Tensor([1.0, 2, 3])).hostValue()]
    }
    expect(here(-2)) { _ = vmap { (x: Tensor) in callback([x])[0] }(Tensor([1.0, 2])) }
  }
}

/// The place of its call, or some lines further.
private func here(_ lines: Int = 0, _ line: Int = #line) -> String { "OperationPlaceTests.swift:\(line + lines)" }
