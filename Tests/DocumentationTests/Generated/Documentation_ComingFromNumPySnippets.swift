// swift-format-ignore-file
// Made from Documentation/ComingFromNumPy.md by Scripts/extract-snippets.sh; change the document, not this file.
import Jacobi
import JacobiTesting
import Testing


@Suite("Documentation/ComingFromNumPy.md") struct Documentation_ComingFromNumPySnippets {
  @Test("Differences to know") func section1() throws {
    let checks = SnippetChecks(count: 4)
#sourceLocation(file: "Documentation/ComingFromNumPy.md", line: 39)


var x: Tensor = [1, 2, 3]
x[0] = 10
x[1...] += 1
checks.expect(1, x, #"[10. 3. 4.]"#)
checks.expect(2, Tensor.where(x .> 5, x, 0), #"[10. 0. 0.]"#)
checks.expect(3, x[x .< 5].sum(), #"7.0"#)
checks.expect(0, grad { x in
  var y = x
  y[0] = x[1] * x[2]
  return y.sum()
}(x), #"[0. 5. 4.]"#)
#sourceLocation()
    checks.finish()
  }
}
