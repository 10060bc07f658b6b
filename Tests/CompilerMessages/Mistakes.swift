import Foundation
import Jacobi

// The commonest mistakes of newcomers, collected by trying, one on each line. `Scripts/compiler-messages.sh` compares what the
// compiler says with messages.txt beside this file. This file is in no target, as it does not compile.

func mistakes(
  _ x: Tensor, _ y: Tensor, _ f: @escaping (Tensor) -> Tensor, _ g: @escaping (Double) -> Double, _ n: Double
) {
  _ = x > 0
  _ = x == y
  if x .> 0 { print("positive") }
  _ = x ^ 2
  _ = lgamma(x)
  _ = log1p(x)
  _ = fmax(x, y)
  let number: Double = x
  let index: Int = x[0]
  _ = x + [n, n]
  _ = grad(g)(2)
  _ = valueAndGrad(g)(2)
  _ = hessian(g)(2)
  _ = jit(g)(2)
  _ = grad(f, argnums: 1)
  _ = grad(f)(x, y)
  _ = vmap(f, in_axes: 0)
  _ = jit(f)(x, y)
  _ = scan({ s, e in (s + e, s) }, x, y)
  _ = x.reshape(2, 3)
  _ = x.T
  _ = x.sum(0)
  _ = x.mean(dim: 0)
  _ = x.item()
  _ = x.backward()
  _ = Tensor.zeros(2, 3)
  for row in x { print(row) }
  _ = x && y
  _ = x ? y : x
}
