// swift-format-ignore-file
// Made from Documentation/LinearAlgebra.md by Scripts/extract-snippets.sh; change the document, not this file.
import Jacobi
import JacobiTesting
import Testing


@Suite("Documentation/LinearAlgebra.md") struct Documentation_LinearAlgebraSnippets {
  @Test("Documentation/LinearAlgebra.md") func section1() throws {
    let checks = SnippetChecks(count: 10)
#sourceLocation(file: "Documentation/LinearAlgebra.md", line: 7)


let a: Tensor = [[2, 1], [1, 3]]
let b: Tensor = [3, 5]
checks.expect(0, solve(a, b), #"[0.8 1.4]"#)
checks.expect(1, determinant(a), #"5.0"#)
checks.expect(2, inverse(a), #"[[ 0.6 -0.2] [-0.2  0.4]]"#)
let (sign, logAbs) = logDeterminant(a)
checks.expect(3, sign, #"1.0"#)
checks.expect(4, exp(logAbs), #"5.0"#)
checks.expect(5, cholesky(Tensor([[4.0, 2], [2, 5]])), #"[[2. 0.] [1. 2.]]"#)
#sourceLocation()
#sourceLocation(file: "Documentation/LinearAlgebra.md", line: 23)
checks.expect(6, grad { a in logDeterminant(a).logAbs }(a), #"[[ 0.6 -0.2] [-0.2  0.4]]"#)
checks.expect(7, grad { b in solve(a, b).sum() }(b), #"[0.4 0.2]"#)
checks.expect(8, hessian { t in determinant(a * t) }(1.0), #"10.0"#)
#sourceLocation()
#sourceLocation(file: "Documentation/LinearAlgebra.md", line: 31)
let sides: Tensor = [[[3], [5]], [[1], [0]]]
checks.expect(9, solve(a, sides).squeezed(axis: -1), #"[[ 0.8  1.4] [ 0.6 -0.2]]"#)
#sourceLocation()
    checks.finish()
  }
  @Test("What to use") func section2() throws {
    let checks = SnippetChecks(count: 1)
#sourceLocation(file: "Documentation/LinearAlgebra.md", line: 73)
let points = Tensor.linspace(0, 1, count: 5)
let heights = sin(3 * points)
let logLikelihood = { (scale: Tensor) in
  let distances = points.expandedDimensions(axis: 1) - points
  let kernel = exp(-0.5 * square(distances / scale)) + 0.01 * Tensor.eye(5)
  let l = cholesky(kernel)
  let weights = choleskySolve(l, heights)
  return -0.5 * dot(heights, weights) - log(l.diagonal()).sum()
}
let slope = grad(logLikelihood)(0.3)
let step = 1e-5
let difference = (logLikelihood(0.3 + step) - logLikelihood(0.3 - step)) / (2 * step)
checks.expect(0, Bool(abs(slope - difference) .< 1e-6), #"true"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Eigenvalues and singular values") func section3() throws {
    let checks = SnippetChecks(count: 9)
#sourceLocation(file: "Documentation/LinearAlgebra.md", line: 96)
let (values, vectors) = symmetricEigen(Tensor([[2.0, 1], [1, 2]]))
checks.expect(0, values, #"[1. 3.]"#)
checks.expect(1, abs(vectors), #"[[0.7071067811865475 0.7071067811865475] [0.7071067811865475 0.7071067811865475]]"#)
checks.expect(2, eigenvalues(Tensor([[1.0, 2], [0, 3]])), #"[1.+0.j 3.+0.j]"#)
checks.expect(3, singularValues(Tensor([[3.0, 0], [4, 0]])), #"[5. 0.]"#)
checks.expect(4, leastSquares(Tensor([[1.0, 0], [0, 2], [0, 0]]), Tensor([3.0, 4, 5])).residuals, #"25.0"#)
#sourceLocation()
#sourceLocation(file: "Documentation/LinearAlgebra.md", line: 114)
let identity = Tensor.eye(2)
checks.expect(5, grad { a in matrixFunction(a, .exponential)[0, 1] }(identity), #"[[0. 1.3591409142295225] [1.3591409142295225 0.]]"#)
checks.expect(6, grad { a in spectralSum(a, .logarithm) }(2 * identity), #"[[0.5 0. ] [0. 0.5]]"#)
checks.expect(7, hessian { t in spectralSum(identity * t, .exponential) }(0.0), #"2.0"#)
let a3 = Tensor([2.0, 2, 5]).diagonalMatrix()
checks.expect(8, matrixFunction(a3, .step(above: 3)).diagonal(), #"[0. 0. 1.]"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Where a matrix is singular") func section4() throws {
    let checks = SnippetChecks(count: 1)
#sourceLocation(file: "Documentation/LinearAlgebra.md", line: 182)
let singular = Tensor([1.0, 2, 0, 3]).diagonalMatrix()
checks.expect(0, grad { a in determinant(a) }(singular).diagonal(), #"[0. 0. 6. 0.]"#)
#sourceLocation()
    checks.finish()
  }
}
