import Jacobi
import Numerics

/// A small program of the kind that people differentiate, with a point.
struct SmallProgram: Sendable, CustomStringConvertible {
  var description: String
  var function: @Sendable (Tensor) -> Tensor
  var point: Tensor
  /// Whether it reads values in Swift, which `vmap` cannot allow.
  var readsValues = false

  init(
    _ description: String, at point: Tensor, readsValues: Bool = false,
    _ function: @escaping @Sendable (Tensor) -> Tensor
  ) {
    self.description = description
    self.function = function
    self.point = Tensor(point.host ?? HostTensor(.float64(.nan)))
    self.readsValues = readsValues
  }
}

extension SmallProgram {
  /// Ten of them.
  static let all: [SmallProgram] = [
    SmallProgram("the talk's function", at: [2, 5]) { x in log(x[0]) + x[0] * x[1] - sin(x[1]) },
    SmallProgram("logistic regression", at: [0.3, -0.7, 0.2]) { w in
      let inputs = Tensor([[1, 0.5, -1.2], [1, -0.3, 0.8], [1, 1.7, 0.1], [1, -0.9, -0.4]])
      let labels = Tensor([1.0, 0, 1, 0])
      let scores = matmul(inputs, w)
      return (softplus(scores) - labels * scores).mean()
    },
    SmallProgram("two-layer network", at: [0.5, -0.3, 0.8, 0.1, -0.6, 0.4]) { w in
      let inputs = Tensor([[0.2, -1.0], [1.5, 0.3]])
      let hidden = tanh(matmul(inputs, w[0..<4].reshaped([2, 2])))
      return sigmoid(matmul(hidden, w[4..<6]))
    },
    SmallProgram("Rosenbrock", at: [1.2, 0.8, 0.9]) { x in
      let (head, tail) = (x[0..<2], x[1..<3])
      return (100 * (tail - head ** 2) ** 2 + (1 - head) ** 2).sum()
    },
    SmallProgram("Gaussian log-density", at: [0.4, -0.2, 1.3]) { x in
      let (mean, logScale) = (x[0], x[1])
      let data = Tensor([0.1, 1.2, -0.7])
      let z = (data - mean) * exp(-logScale)
      return (-0.5 * z ** 2 - logScale - 0.9189385332046727).sum() + x[2] * logScale
    },
    SmallProgram("matrix chain", at: Tensor([[0.5, -0.2], [0.3, 0.9]])) { x in
      let product = matmul(matmul(x, x.transposed()), x)
      return product.sum(axis: 0) * x[1]
    },
    SmallProgram("gather and scatter", at: [0.7, -1.1, 0.4, 1.9]) { x in
      let picked = x.take(Tensor([3, 0, 0, 1] as [Int64]))
      var changed = sin(picked) * picked
      changed[1] = x[2] * x[3]
      return changed.adding(x[0..<2], at: Tensor([2, 2] as [Int64]))
    },
    SmallProgram("running sums and choices", at: [0.7, -1.1, 0.4, 1.9]) { x in
      let sums = x.cumsum(axis: 0)
      return Tensor.where(sums .> 0.2, sums ** 2, exp(x)) + max(x, 0.5 * sums) * x.max()
    },
    SmallProgram("loop and if", at: [0.8, 1.7], readsValues: true) { x in
      var total = x[0]
      for step in 1...4 {
        total = Double(total) > 1.5 ? total * x[1] / Double(step) : sin(total) + x[0] * x[1]
      }
      return total * x
    },
    SmallProgram("complex exponentials", at: [0.6, -0.4]) { x in
      let z = complex(x, x * x)
      let w = exp(z * Tensor(Complex(0.3, 1.1))) * conjugate(z) / (z + Tensor(Complex(2.0, 0.5)))
      return realPart(w) * imaginaryPart(w[0]) + abs(w)
    },
  ]
}
