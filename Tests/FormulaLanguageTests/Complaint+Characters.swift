extension Complaint {
  /// Characters, numbers and indices that the language does not have. The variables are `x`, `y` and `z`.
  static let characters: [Complaint] = [
    Complaint(
      "x + $",
      #"""
      error: unexpected character '$'
        x + $
            ^
      """#),
    Complaint(
      "x\u{0}y",
      #"""
      error: unexpected character '\u{0}'
        x\u{0}y
         ^~~~~
      """#),
    Complaint(
      "x + \u{1B}[31m",
      #"""
      error: unexpected character '\u{1B}'
        x + \u{1B}[31m
            ^~~~~~
      """#),
    Complaint(
      "x − y",
      #"""
      error: unexpected character '−'
        x − y
          ^
        write '-'
      """#),
    Complaint(
      "2·x",
      #"""
      error: unexpected character '·'
        2·x
         ^
        write '*' to multiply
      """#),
    Complaint(
      "x²",
      #"""
      error: unexpected character '²'
        x²
         ^
        write '^2'
      """#),
    Complaint(
      "1\u{301}",
      #"""
      error: unexpected character '\u{301}'
        1\u{301}
         ^~~~~~~
      """#),
    Complaint(
      "x + \u{202E}y",
      #"""
      error: unexpected character '\u{202E}'
        x + \u{202E}y
            ^~~~~~~~
      """#),
    Complaint(
      "x[1.0]",
      #"""
      error: an index is an integer, not '1.0'
        x[1.0]
          ^~~
        an index counts from 0, or from the end with '-'; several are separated by ','
      """#),
    Complaint(
      "x[y]",
      #"""
      error: an index is an integer, not 'y'
        x[y]
          ^
        an index counts from 0, or from the end with '-'; several are separated by ','
      """#),
    Complaint(
      "x[]",
      #"""
      error: the index is missing
        x[]
         ^~
        write an integer, such as '[0]'
      """#),
    Complaint(
      "x[1 2]",
      #"""
      error: an index is an integer, not '2'
        x[1 2]
            ^
        an index counts from 0, or from the end with '-'; several are separated by ','
      """#),
    Complaint(
      "x[99999999999999999999]",
      #"""
      error: the index is too large
        x[99999999999999999999]
          ^~~~~~~~~~~~~~~~~~~~
      """#),
    Complaint(
      "x[0,]",
      #"""
      error: the index is missing
        x[0,]
         ^~~~
        write an integer, such as '[0]'
      """#),
    Complaint(
      "1e999",
      #"""
      error: '1e999' is too large for a number
        1e999
        ^~~~~
        the limit is about 1.8e308
      """#),
    Complaint(
      "1.2.3",
      #"""
      error: '1.2.3' is not a number
        1.2.3
        ^~~~~
        a number has one '.' at most
      """#),
    Complaint(
      ".",
      #"""
      error: unexpected character '.'
        .
        ^
      """#),
    Complaint(
      "1 ! 2",
      #"""
      error: unexpected character '!'
        1 ! 2
          ^
        '!=' compares
      """#),
    Complaint(
      "x && y",
      #"""
      error: unexpected character '&'
        x && y
          ^
        combine conditions with 'if(condition, a, b)'
      """#),
    Complaint(
      "{x}",
      #"""
      error: unexpected character '{'
        {x}
        ^
        group with '(' and ')'
      """#),
    Complaint(
      "\"x\"",
      #"""
      error: unexpected character '"'
        "x"
        ^
      """#),
  ]
}
