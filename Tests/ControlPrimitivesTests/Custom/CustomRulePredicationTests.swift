import Jacobi
import TestSupport
import Testing

/// Under `vmap` a loop or a branch inside a function with rules, or inside a checkpoint, takes no steps for examples that
/// did not choose the function.
@Suite struct CustomRulePredicationTests {
  /// Doubles until 100: it would never end for 0 and below. Its derivative is the power of 2.
  private static func doubled(_ x: Tensor) -> Tensor { whileLoop({ $0 .< 100 }, { $0 * 2 }, x) }

  /// The factor of the same loop, which would never end either.
  private static func factor(_ x: Tensor) -> Tensor {
    whileLoop({ s in s[0] .< 100 }, { s in [s[0] * 2, s[1] * 2] }, [x, Tensor.ones([])] as [Tensor])[1]
  }

  private static func kinds() -> [(name: String, function: (Tensor) -> Tensor)] {
    let rule = CustomRule<Tensor, Tensor>(
      jvp: { x, dx in (doubled(x), factor(x) * dx) },
      vjp: { x in
        let factor = factor(x)
        return (doubled(x), { factor * $0 })
      })
    return [
      ("customJVP", customJVP({ doubled($0) }) { x, dx in (doubled(x), factor(x) * dx) }),
      // Here the backward rule has the loop.
      ("customVJP", customVJP({ doubled($0) }, { x in (doubled(x), x) }) { x, ct in factor(x) * ct }),
      (
        "a loop over the cotangent",
        customVJP({ doubled($0) }, { x in (doubled(x), x) }) { x, ct in
          whileLoop({ s in s[0] .< 100 }, { s in [s[0] * 2, s[1] * 2] }, [x, ct] as [Tensor])[1]
        }
      ),
      ("withRule", withRule({ doubled($0) }, rule)),
      (
        "withRule of a transpose",
        { x in
          let inside = withRule({ y in y * factor(x) }, CustomRule(transpose: { ct in ct * factor(x) }))
          return inside(x)
        }
      ),
      ("checkpoint", checkpoint { doubled($0) }),
      ("checkpoint of products", checkpoint({ doubled($0) }, keeping: .matrixProducts)),
      ("nested", checkpoint(customJVP({ doubled($0) }) { x, dx in (doubled(x), factor(x) * dx) })),
      ("called", subprogram("called", checkpoint { doubled($0) })),
    ]
  }

  @Test func examplesTakeNoStepsInFunctionsOfOthers() {
    let batch: Tensor = [3, 0, -5, 100]
    for (name, inside) in Self.kinds() {
      let f = { (x: Tensor) in
        cond(x .> 0) {
          inside(x)
        } else: {
          x * x
        }
      }
      #expect(vmap(f)(batch).scalars(as: Double.self) == [192, 0, 25, 100], "\(name)")
      let slopes = [64.0, 0, -10, 1]
      #expect(vmap(grad(f))(batch).scalars(as: Double.self) == slopes, "\(name)")
      #expect(grad { vmap(f)($0).sum() }(batch).scalars(as: Double.self) == slopes, "\(name)")
      #expect(vmap { jvp(f, at: $0, along: 1).tangent }(batch).scalars(as: Double.self) == slopes, "\(name)")
      let forward = jvp(vmap(f), at: batch, along: Tensor.ones([4])).tangent
      #expect(forward.scalars(as: Double.self) == slopes, "\(name)")
      let curvatures = [0.0, 2, 2, 0]
      #expect(vmap(grad(grad(f)))(batch).scalars(as: Double.self) == curvatures, "\(name)")
      #expect(vmap { hvp(f, at: $0, along: 1) }(batch).scalars(as: Double.self) == curvatures, "\(name)")
      #expect(grad { vmap(grad(f))($0).sum() }(batch).scalars(as: Double.self) == curvatures, "\(name)")
      #expect(vmap(vmap(grad(f)))(batch.reshaped([2, 2])).scalars(as: Double.self) == slopes, "\(name)")
    }
  }

  /// The same inside loops that end at different steps: an example that has ended takes no further steps inside.
  @Test func examplesThatHaveEndedTakeNoSteps() {
    let batch: Tensor = [3, 0, 150]
    for (name, inside) in Self.kinds() {
      // Without the flag the inner loop would go on for the zero that the second example becomes.
      let f = { (x: Tensor) in
        whileLoop({ s in (s .> 0) .& (s .< 150) }, { s in inside(s) + 50 }, x)
      }
      #expect(vmap(f)(batch).scalars(as: Double.self) == [242, 0, 150], "\(name)")
      #expect(vmap(grad(f))(batch).scalars(as: Double.self) == [64, 1, 1], "\(name)")
      #expect(vmap { jvp(f, at: $0, along: 1).tangent }(batch).scalars(as: Double.self) == [64, 1, 1], "\(name)")
      #expect(grad { vmap(f)($0).sum() }(batch).scalars(as: Double.self) == [64, 1, 1], "\(name)")
    }
  }

  /// What is not a number in a rule that is not chosen stays there.
  @Test func noNumbersFromRulesThatAreNotChosen() {
    let root = customVJP({ x in sqrt(x) }, { x in (sqrt(x), sqrt(x)) }) { y, ct in
      cond(y .> 1) {
        ct / (2 * y)
      } else: {
        ct * (1 / (2 * y))
      }
    }
    let f = { (x: Tensor) in
      cond(x .> 0) {
        root(x)
      } else: {
        -x
      }
    }
    let batch: Tensor = [4, 0, -4]
    #expect(vmap(grad(f))(batch).scalars(as: Double.self) == [0.25, -1, -1])
    #expect(grad { vmap(f)($0).sum() }(batch).scalars(as: Double.self) == [0.25, -1, -1])
    #expect(vmap(grad(grad(f)))(batch).scalars(as: Double.self) == [-0.03125, 0, 0])
  }

  /// A rule for batches gets the arguments of all examples, and the flag is not one of them.
  @Test func ruleForBatches() {
    let rule = withRule(
      { x in
        cond(x .> 1) {
          x * x
        } else: {
          x
        }
      }, CustomRule(vmap: { x, _, _ in `where`(x .> 1, x * x, x) }))
    let f = { (x: Tensor) in
      cond(x .> 0) {
        rule(x)
      } else: {
        -x
      }
    }
    #expect(vmap(f)([3, 0.5, -2]).scalars(as: Double.self) == [9, 0.5, 2])
    #expect(vmap(grad(f))([3, 0.5, -2]).scalars(as: Double.self) == [6, 1, -1])
  }

  /// Indices that are out of range, and functions outside that refuse an argument, matter to nobody who did not ask.
  @Test func nothingFailsForExamplesThatDidNotChoose() {
    let table: Tensor = [10, 20, 30]
    let looked = { (x: Tensor, i: Tensor) in
      cond((i .>= 0) .& (i .< 3)) {
        x * x * table[i]
      } else: {
        -x
      }
    }
    let indices = Tensor([Int64(1), 7, -9])
    #expect(vmap(looked)([3, 4, 5], indices).scalars(as: Double.self) == [180, -4, -5])
    #expect(vmap(grad(looked))([3, 4, 5], indices).scalars(as: Double.self) == [120, -1, -1])
    let written = { (x: Tensor, i: Tensor) in
      cond((i .>= 0) .& (i .< 3)) {
        (x * table)[i]
      } else: {
        -x
      }
    }
    let slopes = grad { x in vmap(written)(x, indices).sum() }([3, 4, 5])
    #expect(slopes.scalars(as: Double.self) == [20, -1, -1])

    let strict = pureCallback(name: "strict") { x in
      let number = x.elements(as: Double.self)[0]
      if number <= 0 { throw TensorError(.value, "strict", "\(number) is not positive") }
      return try HostTensor(x.shape, [number * number])
    }
    let ruled = customJVP(strict) { x, dx in (strict(x), 2 * x * dx) }
    for f in [strict, ruled, checkpoint(ruled)] {
      let chosen = { (x: Tensor) in
        cond(x .> 0) {
          f(x)
        } else: {
          x
        }
      }
      #expect(vmap(chosen)([3, -1, 0]).scalars(as: Double.self) == [9, -1, 0])
    }
    let chosen = { (x: Tensor) in
      cond(x .> 0) {
        ruled(x)
      } else: {
        x
      }
    }
    #expect(vmap(grad(chosen))([3, -1, 0]).scalars(as: Double.self) == [6, 1, 1])
    #expect(grad { vmap(chosen)($0).sum() }([3, -1, 0]).scalars(as: Double.self) == [6, 1, 1])
    // An example that did choose is still told.
    let message = message {
      _ = vmap { x in
        cond(x .> -2) {
          strict(x)
        } else: {
          x
        }
      }([3, -1])
    }
    #expect(message.contains("-1.0 is not positive"))
  }

  /// The choice itself inside of calls, checkpoints with policies, rules, loops, and choices.
  @Test func choicesInsideOfOthers() {
    func choice(_ x: Tensor) -> Tensor {
      cond(x .> 0) {
        checkpoint { named(Self.doubled($0), "a") }(x)
      } else: {
        x * x
      }
    }
    let outer: [(name: String, function: (Tensor) -> Tensor)] = [
      ("nothing", checkpoint { choice($0) }),
      ("products", checkpoint({ choice($0) }, keeping: .matrixProducts)),
      ("named", checkpoint({ choice($0) }, keeping: .named(["a"]))),
      ("everything", checkpoint({ choice($0) }, keeping: .everything)),
      ("call", subprogram("choice") { choice($0) }),
      ("jvp", customJVP({ choice($0) }) { x, dx in jvp(choice, at: x, along: dx) }),
      ("vjp", customVJP({ choice($0) }, { x in (choice(x), x) }) { x, ct in vjp(choice, at: x).pullback(ct) }),
      ("scan", { x in scan({ h in (choice(h), []) }, x, length: 1).state }),
      (
        "named in a scan",
        checkpoint({ x in scan({ h in (choice(h), []) }, x, length: 1).state }, keeping: .named(["a"]))
      ),
      (
        "choice",
        { x in
          switchCase((x .> -4).asType(.int64), [{ x * x }, { choice(x) }])
        }
      ),
    ]
    let batch: Tensor = [3, 0, -5, 100]
    for (name, f) in outer {
      #expect(vmap(f)(batch).scalars(as: Double.self) == [192, 0, 25, 100], "\(name)")
      #expect(vmap(grad(f))(batch).scalars(as: Double.self) == [64, 0, -10, 1], "\(name)")
      #expect(grad { vmap(f)($0).sum() }(batch).scalars(as: Double.self) == [64, 0, -10, 1], "\(name)")
      #expect(vmap { jvp(f, at: $0, along: 1).tangent }(batch).scalars(as: Double.self) == [64, 0, -10, 1], "\(name)")
      #expect(vmap(grad(grad(f)))(batch).scalars(as: Double.self) == [0, 2, 2, 0], "\(name)")
      #expect(vmap(f, strategy: .sequential)(batch).scalars(as: Double.self) == [192, 0, 25, 100], "\(name)")
    }
  }
}
