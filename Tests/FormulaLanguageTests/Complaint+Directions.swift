extension Complaint {
  /// What is said about values for `x` and `y`.
  static let directions: [Complaint] = [
    Complaint(
      "1",
      #"""
      error: missing value for 'y'
        1
         ^
        2 values are expected, for 'x', 'y'
      """#),
    Complaint(
      "1,2,3",
      #"""
      error: too many values
        1,2,3
            ^
        2 values are expected, for 'x', 'y'
      """#),
    Complaint(
      "x=1",
      #"""
      error: missing value for 'y'
        x=1
           ^
        2 values are expected, for 'x', 'y'
      """#),
    Complaint(
      "y=1,z=2",
      #"""
      error: unknown name 'z'
        y=1,z=2
            ^
        2 values are expected, for 'x', 'y'
      """#),
    Complaint(
      "xx=1,y=2",
      #"""
      error: unknown name 'xx'
        xx=1,y=2
        ^~
        did you mean 'x'?
      """#),
    Complaint(
      "x=1,2",
      #"""
      error: this value has no name, others have
        x=1,2
            ^
        name all values or none
      """#),
    Complaint(
      "x=1,x=2",
      #"""
      error: 'x' has a value already
        x=1,x=2
            ^
      """#),
  ]
}
