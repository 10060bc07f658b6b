extension Complaint {
  /// Operands and operators that are missing. The variables are `x`, `y` and `z`.
  static let operands: [Complaint] = [
    Complaint(
      "x +",
      #"""
      error: missing operand after '+'
        x +
          ^
      """#),
    Complaint(
      "x * / y",
      #"""
      error: missing operand after '*'
        x * / y
          ^
      """#),
    Complaint(
      "* x",
      #"""
      error: missing operand before '*'
        * x
        ^
      """#),
    Complaint(
      "x + ; y",
      #"""
      error: missing operand after '+'
        x + ; y
          ^
      """#),
    Complaint(
      "-",
      #"""
      error: missing operand after '-'
        -
        ^
      """#),
    Complaint(
      "sin(,x)",
      #"""
      error: missing operand before ','
        sin(,x)
            ^
      """#),
    Complaint(
      "max(x,)",
      #"""
      error: missing operand after ','
        max(x,)
             ^
      """#),
    Complaint(
      "[1,,2]",
      #"""
      error: missing operand after ','
        [1,,2]
          ^
      """#),
    Complaint(
      "a =",
      #"""
      error: missing expression after '='
        a =
          ^
      """#),
    Complaint(
      "= x",
      #"""
      error: missing name before '='
        = x
        ^
        define a name with 'name = expression'
      """#),
    Complaint(
      "2x",
      #"""
      error: missing operator between '2' and 'x'
        2x
         ^
        write '*' to multiply
      """#),
    Complaint(
      "x y",
      #"""
      error: missing operator between 'x' and 'y'
        x y
          ^
        write '*' to multiply
      """#),
    Complaint(
      "(x) (y)",
      #"""
      error: missing operator between ')' and '('
        (x) (y)
            ^
        write '*' to multiply
      """#),
    Complaint(
      "x(2)",
      #"""
      error: missing operator between 'x' and '('
        x(2)
         ^
        write '*' to multiply
      """#),
    Complaint(
      "2e",
      #"""
      error: missing operator between '2' and 'e'
        2e
         ^
        write '*' to multiply
      """#),
    Complaint(
      "x 2",
      #"""
      error: missing operator between 'x' and '2'
        x 2
          ^
        write '*' to multiply
      """#),
    Complaint(
      "sin(x)y",
      #"""
      error: missing operator between ')' and 'y'
        sin(x)y
              ^
        write '*' to multiply
      """#),
    Complaint(
      "x == y == z",
      #"""
      error: comparisons do not chain
        x == y == z
               ^~
        combine two with 'if(a < b, b < c, 0)'
      """#),
    Complaint(
      "x < y <= z",
      #"""
      error: comparisons do not chain
        x < y <= z
              ^~
        combine two with 'if(a < b, b < c, 0)'
      """#),
  ]
}
