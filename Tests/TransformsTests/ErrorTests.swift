import Jacobi
import TestSupport
import Testing

/// Each mistake has a message of its own that says what to write.
@Suite struct ErrorTests {
  @Test func gradientOfSeveralNumbers() {
    #expect(
      message { _ = grad { x in x * x }([1, 2]) }
        == "grad: the function's result has type float64[2]; a gradient exists for a single number only | reduce the "
        + "result (for example .sum()), or use jacobian(f), or vjp(f, at: x) with a cotangent")
  }

  @Test func gradientByIntegers() {
    #expect(
      message { _ = grad { x in x.asType(.float64).sum() }(Tensor([Int32(1), 2])) }
        == "grad: the argument has a tensor of type int32[2]; integers and booleans have no derivative | convert it "
        + "(x.asType(.float64)), or let the closure capture it instead of taking it as an argument")
    #expect(
      message { _ = grad { x in x.asType(.int64) }(1) }
        == "grad: the function's result is int64[]; integers and booleans have no derivative | convert the result with "
        + ".asType(.float64)")
  }

  @Test func escapedTensor() {
    var escaped: Tensor?
    _ = grad { x in
      escaped = x
      return x * x
    }(3)
    #expect(
      message { _ = escaped! * 2 }
        == "multiply: a tensor was used outside the transform (grad, jvp, vmap, ...) that gave it to its function | "
        + "return it as a result (valueAndGrad has an auxiliary form), and use it in the same thread")
    #expect(message { _ = Double(escaped!) }.contains("outside the transform"))
    #expect(message { _ = escaped!.shape }.contains("outside the transform"))
    #expect(message { _ = grad { y in y * escaped! }(1) }.contains("outside the transform"))
    #expect(message { _ = vmap { y in y + escaped! }([1]) }.contains("outside the transform"))
  }

  @Test func mismatchedTrees() {
    #expect(
      message { _ = jvp({ (x: [Tensor]) in x[0] }, at: [1, 2], along: [1]) }
        == "jvp: the tangent has the structure [tensor], but [tensor, tensor] is needed | give one tensor for each "
        + "tensor of the argument")
    #expect(
      message { _ = vjp({ x in x * x }, at: [1, 2]).pullback([1, 2, 3]) }
        == "vjp: the cotangent has type float64[3], but float64[2] is needed | a cotangent has the shape and the element "
        + "type of what it belongs to")
    #expect(
      message { _ = jvp({ (x: [String: Tensor]) in x["a"]! }, at: ["a": 1], along: ["b": 1]) }
        == "jvp: the tangent has the structure {b: tensor}, but {a: tensor} is needed | give one tensor for each tensor "
        + "of the argument")
  }

  @Test func batches() {
    #expect(
      message { _ = vmap { x in x }(Tensor(1.0)) }
        == "vmap: argument tensor 0 of shape [] has no axis 0 to map over | a scalar cannot be mapped over; pass it with "
        + "axes: [..., nil], or capture it in the closure")
    #expect(
      message { _ = vmap { (x: Tensor, y: Tensor) in x + y }([1, 2], [1, 2, 3]) }
        == "vmap: argument tensor 1 of shape [3] has size 3 along axis 0, where the first has 2 | all batch axes must "
        + "have one size")
    #expect(message { _ = vmap({ (x: Tensor, y: Tensor) in x }, axes: [nil, nil])([1], [2]) }.contains("no argument"))
    #expect(message { _ = vmap { x in Bool(x .> 0) ? x : -x }([1]) }.contains("reads the value"))
  }

  @Test func jacobianOfComplexNumbers() {
    let z = Tensor(Complex(1.0, 2.0))
    #expect(message { _ = jacobian { z in z * z }(z) }.contains("isHolomorphic: true"))
    let j = jacobian({ z in z * z }, isHolomorphic: true)(z)
    #expect(j.scalars(as: Complex<Double>.self) == [Complex(2.0, 4.0)])
  }

  @Test func theFirstErrorIsKeptWithItsPlace() {
    do {
      try catchingTensorErrors {
        let x: Tensor = [1, 2, 3]
        let y: Tensor = x + [1, 2]  // this line
        _ = x[7] + y
      }
      Issue.record("no error")
    } catch let error as TensorError {
      #expect(error.kind == .shape)
      #expect(error.operation == "add")
      #expect(error.location == "ErrorTests.swift:\(#line - 7)")
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test func nothingIsLeftBehindByAFailure() throws {
    _ = message { _ = grad { x in vmap { y in y + [1, 2, 3] }(x).sum() }([[1, 2]]) }
    expectClose(grad(talk)([2, 5]), [5.5, 1.7163378145367738])
    let nested = try catchingTensorErrors { () -> String in
      let inner = message { _ = Tensor([1.0, 2.0]) + Tensor([1.0, 2.0, 3.0]) }
      return inner
    }
    #expect(nested.contains("do not broadcast"))
  }

  /// A complex scalar lies where its type wants it, not where a vector of 16 bytes does: this crashed in release builds.
  @Test func complexScalarsAreRepeated() {
    let z = Tensor([Complex(1.0, 2.0), Complex(0.0, 2.0)])
    #expect((1 / z).scalars(as: Complex<Double>.self) == [1 / Complex(1.0, 2.0), 1 / Complex(0.0, 2.0)])
  }

  @Test func hugeSizes() {
    #expect(message { _ = Tensor.zeros([1 << 40, 1 << 40]) }.contains("more bytes than fit into an integer"))
    #expect(message { _ = Tensor.zeros([1 << 45]) }.contains("this machine has"))
    #expect(message { _ = Tensor(1.0).broadcast(to: [1 << 62, 4]) }.contains("more bytes than fit into an integer"))
    #expect(message { _ = Tensor.zeros([-1]) }.contains("negative"))
  }
}
