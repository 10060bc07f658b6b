import Jacobi
import Testing

/// Every control primitive inside every other one, against the same in Swift's own loops and branches, under every
/// transform.
@Suite struct NestedControlTests {
  typealias Function = (Tensor) -> Tensor

  /// A way to build a function of a vector of 3 around another one, with a control primitive and without.
  struct Construct: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let control: @Sendable (@escaping Function) -> Function
    let plain: @Sendable (@escaping Function) -> Function

    init(
      _ name: String, _ control: @escaping @Sendable (@escaping Function) -> Function,
      _ plain: @escaping @Sendable (@escaping Function) -> Function
    ) {
      testDescription = name
      self.control = control
      self.plain = plain
    }
  }

  static let constructs = [
    Construct(
      "cond",
      { f in
        { x in
          cond(x.sum() .> 0.3) {
            f(x) * x
          } else: {
            f(x * 2) - x
          }
        }
      },
      { f in { x in Double(x.sum()) > 0.3 ? f(x) * x : f(x * 2) - x } }),
    Construct(
      "switchCase",
      { f in
        { x in
          let index = (x[0] .> 0.2).asType(.int64) + (x[1] .> 0.1).asType(.int64)
          return switchCase(index, [{ f(x) }, { f(x) * x }, { x - f(x * x) }])
        }
      },
      { f in
        { x in
          switch (Double(x[0]) > 0.2 ? 1 : 0) + (Double(x[1]) > 0.1 ? 1 : 0) {
          case 0: f(x)
          case 1: f(x) * x
          default: x - f(x * x)
          }
        }
      }),
    Construct("scan", { f in { x in scanned(f, x, nil) } }, { f in { x in unrolled(f, x) } }),
    Construct(
      "scan, checkpointed", { f in { x in scanned(f, x, .binomial(slots: 1)) } }, { f in { x in unrolled(f, x) } }),
    Construct(
      "forLoop", { f in { x in forLoop(from: 1, to: 4, x) { i, h in sin(f(h)) + i.asType(.float64) * x } } },
      { f in { x in (1..<4).reduce(x) { h, i in sin(f(h)) + Double(i) * x } } }),
    Construct(
      "forLoop with bounds at run time",
      { f in
        { x in
          let steps = (x[0] .> 0.2).asType(.int64) + 1
          return forLoop(from: Tensor(Int64(0)), to: steps, x, checkpoint: .every(2)) { _, h in sin(f(h)) + x }
        }
      }, { f in { x in (0..<(Double(x[0]) > 0.2 ? 2 : 1)).reduce(x) { h, _ in sin(f(h)) + x } } }),
    Construct(
      "whileLoop",
      { f in
        { x in
          let goesOn = { (s: [Tensor]) in (s[0].sum() .< 1) .& (s[1] .< 3) }
          let step = { (s: [Tensor]) -> [Tensor] in [sin(f(s[0])) + 0.5 * x, s[1] + 1] }
          return whileLoop(goesOn, step, [x, 0])[0]
        }
      },
      { f in
        { x in
          var (h, steps) = (x, 0)
          while Double(h.sum()) < 1 && steps < 3 { (h, steps) = (sin(f(h)) + 0.5 * x, steps + 1) }
          return h
        }
      }),
    Construct(
      "map", { f in { x in map({ y in f(y) * x }, over: Tensor.stacked([x, x * 2, x - 1]), chunk: 2).sum(axis: 0) } },
      { f in { x in [x, x * 2, x - 1].reduce(Tensor.zeros([3])) { $0 + f($1) * x } } }),
    Construct(
      "associativeScan",
      { f in { x in associativeScan({ $0 * $1 }, over: Tensor.stacked([f(x), x + 1, x * 2])).sum(axis: 0) } },
      { f in { x in f(x) * (1 + (x + 1) * (1 + x * 2)) } }),
    Construct(
      "subprogram",
      { f in
        { x in
          let g = subprogram("g") { y in f(y) * x }
          return g(g(x))
        }
      }, { f in { x in f(f(x) * x) * x } }),
    Construct(
      "customJVP",
      { f in
        { x in
          let g = customJVP({ y in f(y) * 2 }) { y, dy in
            let (value, tangent) = jvp(f, at: y, along: dy)
            return (value * 2, tangent * 2)
          }
          return g(x) * x
        }
      }, { f in { x in f(x) * 2 * x } }),
    Construct(
      "customVJP",
      { f in
        { x in
          let g = customVJP({ y in f(y) }, { y in (f(y), y) }) { y, ct in vjp(f, at: y).pullback(ct) }
          return g(x + 0.1) * x
        }
      }, { f in { x in f(x + 0.1) * x } }),
    Construct(
      "checkpoint", { f in { x in checkpoint { y in sin(f(y)) * x }(x) } }, { f in { x in sin(f(x)) * x } }),
  ]

  private static func scanned(_ f: Function, _ x: Tensor, _ checkpoint: LoopCheckpointing?) -> Tensor {
    let step = { (h: Tensor, e: Tensor) -> (Tensor, Tensor) in
      let next = sin(f(h)) + e * x
      return (next, next * h)
    }
    let (state, results) = scan(step, x, over: Tensor.stacked([x, x * 2]), reverse: true, checkpoint: checkpoint)
    return state + results.sum(axis: 0)
  }

  private static func unrolled(_ f: Function, _ x: Tensor) -> Tensor {
    var (h, total) = (x, Tensor.zeros([3]))
    for e in [x * 2, x] {
      let next = sin(f(h)) + e * x
      total = total + next * h
      h = next
    }
    return h + total
  }

  @Test(arguments: constructs, constructs)
  func everyTransformAgrees(_ outer: Construct, _ inner: Construct) {
    let base: Function = { x in sin(x) * 0.7 + 0.1 }
    let f: Function = { x in outer.control(inner.control(base))(x).sum() }
    let g: Function = { x in outer.plain(inner.plain(base))(x).sum() }
    let points: [Tensor] = [[0.3, -0.2, 0.5], [0.1, 0.15, -0.4]]
    for x in points {
      expectClose(f(x), g(x), "value")
      expectClose(grad(f)(x), grad(g)(x), "reverse")
      expectClose(jacobian(f, mode: .forward)(x), grad(g)(x), "forward")
      let hessian = jacobian(grad(g), mode: .forward)(x)
      expectClose(jacobian(grad(f), mode: .forward)(x), hessian, "forward over reverse")
      expectClose(jacobian(grad(f), mode: .reverse)(x), hessian, "reverse over reverse")
      expectClose(
        grad { x in jvp(f, at: x, along: [1, 2, 3]).tangent }(x), matmul(hessian, [1, 2, 3]), "reverse over forward")
    }
    let batch = Tensor.stacked(points)
    expectClose(vmap(f)(batch), Tensor.stacked(points.map(g)), "batch")
    let gradients = Tensor.stacked(points.map { grad(g)($0) })
    expectClose(vmap(grad(f))(batch), gradients, "batch of gradients")
    expectClose(grad { vmap(f)($0).sum() }(batch), gradients, "gradient of a batch")
    let recorded = program(of: grad(f), at: points[0])
    let read = try? Program(parsing: recorded.text, primitives: PrimitiveCatalog.primitive(named:))
    #expect(read?.text == recorded.text, "text")
  }

  private func expectClose(_ actual: Tensor, _ expected: Tensor, _ what: String) {
    #expect(actual.type == expected.type, "\(what)")
    let (a, b) = (actual.scalars(as: Double.self), expected.scalars(as: Double.self))
    let size = b.reduce(1) { max($0, abs($1)) }
    #expect(zip(a, b).allSatisfy { abs($0 - $1) <= 1e-10 * size }, "\(what): \(a) is not \(b)")
  }
}
