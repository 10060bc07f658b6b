extension Complaint {
  /// Parentheses, brackets, commas, and formulas without an output. The variables are `x`, `y` and `z`.
  static let structure: [Complaint] = [
    Complaint(
      "",
      #"""
      error: the formula is empty
      """#),
    Complaint(
      "  # nothing\n",
      #"""
      error: the formula is empty
          # nothing
        ^
      """#),
    Complaint(
      "((x + 1)",
      #"""
      error: '(' is not closed
        ((x + 1)
        ^
      """#),
    Complaint(
      "x + 1)",
      #"""
      error: ')' closes nothing
        x + 1)
             ^
      """#),
    Complaint(
      "[x, y",
      #"""
      error: '[' is not closed
        [x, y
        ^
      """#),
    Complaint(
      "[x, (y]",
      #"""
      error: '(' is not closed
        [x, (y]
            ^
        there is ']' where it should be closed
      """#),
    Complaint(
      "(x]",
      #"""
      error: '(' is not closed
        (x]
        ^
        there is ']' where it should be closed
      """#),
    Complaint(
      "sin(x",
      #"""
      error: '(' is not closed
        sin(x
           ^
      """#),
    Complaint(
      "(x; y)",
      #"""
      error: '(' is not closed
        (x; y)
        ^
      """#),
    Complaint(
      "max(x,",
      #"""
      error: '(' is not closed
        max(x,
           ^
      """#),
    Complaint(
      "()",
      #"""
      error: there is nothing in the parentheses
        ()
        ^~
      """#),
    Complaint(
      "[]",
      #"""
      error: a vector needs at least one element
        []
        ^~
      """#),
    Complaint(
      "sin(x = 1)",
      #"""
      error: unexpected '='
        sin(x = 1)
              ^
        '==' compares; only 'name = expression' defines a name
      """#),
    Complaint(
      "x[0",
      #"""
      error: '[' is not closed
        x[0
         ^
      """#),
    Complaint(
      "x, y",
      #"""
      error: unexpected ','
        x, y
         ^
        vectors are written '[a, b]', statements are separated by ';'
      """#),
    Complaint(
      "(x, y)",
      #"""
      error: unexpected ','
        (x, y)
          ^
        vectors are written '[a, b]', statements are separated by ';'
      """#),
    Complaint(
      "x + (y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*z",
      #"""
      error: '(' is not closed
        x + (y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y...
            ^
      """#),
  ]
}
