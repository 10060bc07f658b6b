import FormulaLanguage
import Testing

@Suite struct AssignmentTests {
  @Test func numbers() throws {
    let source = " x1 = 2,x2=-5.5 , a=+.5,b=1e-3,c=pi,d=-e,\ng=inf,h=-inf, pi=3, é=1 # the end"
    let assignments = try Assignments(parsing: source)
    #expect(assignments.names == ["x1", "x2", "a", "b", "c", "d", "g", "h", "pi", "é"])
    let values: [Double] = [2, -5.5, 0.5, 0.001, .pi, -2.718281828459045, .infinity, -.infinity, 3, 1]
    #expect(assignments.values == values.map { Literal($0) })
    #expect(assignments["x2"] == Literal(-5.5))
    #expect(assignments["y"] == nil)
    #expect(try Assignments(parsing: "x=nan")["x"]?.values[0].isNaN == true)
    #expect(try Assignments(parsing: "").names.isEmpty)
  }

  @Test func arrays() throws {
    let assignments = try Assignments(
      parsing: "w=[1, 2, 3], M=[[1,2],[3,-4]], T=[[[1],[inf]]], s=[pi], o=[[[[[[[[1]]]]]]]]")
    #expect(assignments["w"] == Literal(shape: [3], values: [1, 2, 3]))
    #expect(assignments["M"] == Literal(shape: [2, 2], values: [1, 2, 3, -4]))
    #expect(assignments["T"] == Literal(shape: [1, 2, 1], values: [1, .infinity]))
    #expect(assignments["s"] == Literal(shape: [1], values: [.pi]))
    #expect(assignments["o"]?.shape == [1, 1, 1, 1, 1, 1, 1, 1])
  }

  @Test func ragged() {
    for source in ["x=[1,[2]]", "x=[[1],2]", "x=[[1,2],[3]]", "x=[[[1],[2]],[[3]]]", "x=[[[1]],[2]]", "x=[[1],[[2]]]"] {
      #expect(throws: FormulaError.self) { try Assignments(parsing: source) }
    }
  }

  @Test func lists() throws {
    let expected = [Literal(shape: [3], values: [1, 0, 0]), Literal(2)]
    #expect(try Assignments.values(parsing: "[1, 0, 0], 2") == expected)
    #expect(try Assignments.values(parsing: "[1, 0, 0], 2", for: ["w", "x"]) == expected)
    #expect(try Assignments.values(parsing: "x=2, w=[1, 0, 0]", for: ["w", "x"]) == expected)
    #expect(try Assignments.values(parsing: "") == [])
    #expect(throws: FormulaError.self) { try Assignments.values(parsing: "x=2") }
  }
}
