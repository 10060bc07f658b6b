// swift-format-ignore-file
// Made from Documentation/SpecialFunctions.md by Scripts/extract-snippets.sh; change the document, not this file.
import Jacobi
import JacobiTesting
import Testing


@Suite("Documentation/SpecialFunctions.md") struct Documentation_SpecialFunctionsSnippets {
  @Test("Documentation/SpecialFunctions.md") func section1() throws {
    let checks = SnippetChecks(count: 11)
#sourceLocation(file: "Documentation/SpecialFunctions.md", line: 7)


checks.expect(0, normalCDF(0), #"0.5"#)
checks.expect(1, logNormalCDF(-1000), #"-500007.82669481216"#)
checks.expect(2, gammaInc(1, 1), #"0.6321205588285577"#)
checks.expect(3, abs(betaInc(2, 3, 0.25) - 0.26171875) .< 1e-15, #"true"#)
checks.expect(4, lambertW(1), #"0.5671432904097838"#)
#sourceLocation()
#sourceLocation(file: "Documentation/SpecialFunctions.md", line: 19)
let byShape = grad { a in gammaInc(a, 3) }
checks.expect(5, abs(byShape(2) + 0.19742541957920247) .< 1e-15, #"true"#)
checks.expect(6, abs(jit(grad(byShape))(2) + 0.07930861629645542) .< 1e-15, #"true"#)
checks.expect(7, vmap(byShape)([2, 3, 4]).shape, #"[3]"#)
#sourceLocation()
#sourceLocation(file: "Documentation/SpecialFunctions.md", line: 28)
checks.expect(8, gammaIncInverse(1, 0.5), #"0.6931471805599453"#)
checks.expect(9, grad { p in gammaIncInverse(1, p) }(0.5), #"2.0"#)
checks.expect(10, grad { p in normalQuantile(p) }(0.5), #"2.5066282746310002"#)
#sourceLocation()
    checks.finish()
  }
}
