extension Complaint {
  /// What is said about `--at`.
  static let assignments: [Complaint] = [
    Complaint(
      "x",
      #"""
      error: 'x' is not a number
        x
        ^
        a value is a number, 'pi', 'e', 'inf' or 'nan'
      """#),
    Complaint(
      "x=",
      #"""
      error: missing value after '='
        x=
         ^
      """#),
    Complaint(
      "x=1,",
      #"""
      error: missing value after ','
        x=1,
           ^
      """#),
    Complaint(
      "x=1 y=2",
      #"""
      error: missing ',' before 'y'
        x=1 y=2
            ^
        values are separated by ','
      """#),
    Complaint(
      "x=1;y=2",
      #"""
      error: unexpected ';'
        x=1;y=2
           ^
        values are separated by ','
      """#),
    Complaint(
      "x=1,x=2",
      #"""
      error: 'x' has a value already
        x=1,x=2
            ^
      """#),
    Complaint(
      "x=[1,2",
      #"""
      error: '[' is not closed
        x=[1,2
          ^
      """#),
    Complaint(
      "x=[1,[2]]",
      #"""
      error: an array among numbers
        x=[1,[2]]
             ^
        all rows of an array have the same shape
      """#),
    Complaint(
      "x=[[1],2]",
      #"""
      error: a number among arrays
        x=[[1],2]
               ^
        all rows of an array have the same shape
      """#),
    Complaint(
      "x=[[1,2],[3]]",
      #"""
      error: this row has length 1, the first one has length 2
        x=[[1,2],[3]]
                 ^~~
        all rows of an array have the same shape
      """#),
    Complaint(
      "x=[]",
      #"""
      error: an array needs at least one element
        x=[]
          ^~
      """#),
    Complaint(
      "x=[[[[[[[[[1]]]]]]]]]",
      #"""
      error: an array has at most 8 dimensions
        x=[[[[[[[[[1]]]]]]]]]
                  ^
      """#),
    Complaint(
      "x=1/3",
      #"""
      error: unexpected '/'
        x=1/3
           ^
        a value is a number, not an expression
      """#),
    Complaint(
      "x=--1",
      #"""
      error: unexpected '-'
        x=--1
           ^
        a value is a number, not an expression
      """#),
    Complaint(
      "x=foo",
      #"""
      error: 'foo' is not a number
        x=foo
          ^~~
        a value is a number, 'pi', 'e', 'inf' or 'nan'
      """#),
    Complaint(
      "x=1e999",
      #"""
      error: '1e999' is too large for a number
        x=1e999
          ^~~~~
        write 'inf' for infinity
      """#),
    Complaint(
      "x=1]",
      #"""
      error: ']' closes nothing
        x=1]
           ^
      """#),
    Complaint(
      "if=2",
      #"""
      error: 'if' cannot be a name
        if=2
        ^~
        choose another name
      """#),
    Complaint(
      "x=y=2",
      #"""
      error: 'y' is not a number
        x=y=2
          ^
        a value is a number, 'pi', 'e', 'inf' or 'nan'
      """#),
    Complaint(
      "=2",
      #"""
      error: missing value before '='
        =2
        ^
      """#),
    Complaint(
      "2=x",
      #"""
      error: unexpected '='
        2=x
         ^
        write 'name=value'
      """#),
    Complaint(
      "x=(1)",
      #"""
      error: unexpected '('
        x=(1)
          ^
        a value is a number, not an expression
      """#),
    Complaint(
      "x=\u{7}",
      #"""
      error: unexpected character '\u{7}'
        x=\u{7}
          ^~~~~
      """#),
    Complaint(
      "x=[1,,2]",
      #"""
      error: missing value after ','
        x=[1,,2]
            ^
      """#),
  ]
}
