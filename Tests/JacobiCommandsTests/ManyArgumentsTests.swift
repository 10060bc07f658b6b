import Testing

/// The time for very many arguments grows as their number: the argument parser, whose time grows as its square, never sees
/// many.
@Suite struct ManyArgumentsTests {
  @Test func valuesOneByOne() {
    let names = (0..<9000).map { "x\($0)" }
    let result = jacobi(["eval", "x0 + x8999"] + names.flatMap { ["--at", "\($0)=1"] })
    #expect(result.output == "value = 2\n")
    let joined = jacobi(["eval", "x + y*w[1]", "--at=x=1", "--json", "--at", "y=2", "--at=w=[3,4]"])
    #expect(joined == jacobi(["eval", "x + y*w[1]", "--at", "x=1,y=2,w=[3,4]", "--json"]))
    // Mistakes stay what they are.
    #expect(jacobi(["eval", "x", "--at", "x=1", "--at"]).status == 64)
    #expect(jacobi(["eval", "x", "--at", "x=1", "--at", "x=2"]).errors.contains("'x' has a value already"))
    #expect(jacobi(["jvp", "x", "--along", "--at", "--at", "x=1"]).status == 65)
    #expect(jacobi(["eval", "--at", "x=1", "--", "-x"]).output == "value = -1\n")
  }

  @Test func manyOfAnything() {
    for words in [["--json"], ["--dtype", "float64"], ["x"], ["-x"], ["--engine=reference"]] {
      let result = jacobi(["eval"] + (0..<3000).flatMap { _ in words })
      #expect(result.status == 64)
      #expect(result.errors.hasSuffix("arguments; at most 512 are taken\n"))
    }
  }
}
