extension Complaint {
  /// Names, definitions and the number of arguments. The variables are `x`, `y` and `z`.
  static let names: [Complaint] = [
    Complaint(
      "log(x) + sni(y)",
      #"""
      error: unknown function 'sni'
        log(x) + sni(y)
                 ^~~
        did you mean 'sin'?
      """#),
    Complaint(
      "a = x; b = a",
      #"""
      error: there is no output: every statement is a definition
        a = x; b = a
               ^
        add the output as a last statement: '; b'
      """#),
    Complaint(
      "sin(x, y)",
      #"""
      error: 'sin' takes 1 argument, not 2
        sin(x, y)
        ^~~
      """#),
    Complaint(
      "sin()",
      #"""
      error: 'sin' takes 1 argument, not 0
        sin()
        ^~~
      """#),
    Complaint(
      "sum(x, y, z)",
      #"""
      error: 'sum' takes 1 or 2 arguments, not 3
        sum(x, y, z)
        ^~~
      """#),
    Complaint(
      "max()",
      #"""
      error: 'max' takes at least 1 argument, not 0
        max()
        ^~~
      """#),
    Complaint(
      "zero(1)",
      #"""
      error: 'zero' takes no arguments, not 1
        zero(1)
        ^~~~
      """#),
    Complaint(
      "if(x, y)",
      #"""
      error: 'if' takes 3 arguments, not 2
        if(x, y)
        ^~
        write 'if(condition, a, b)'
      """#),
    Complaint(
      "if x",
      #"""
      error: the function 'if' needs its arguments in parentheses
        if x
        ^~
        write 'if(condition, a, b)'
      """#),
    Complaint(
      "sin x",
      #"""
      error: the function 'sin' needs its arguments in parentheses
        sin x
        ^~~
        write 'sin(...)'
      """#),
    Complaint(
      "foo(x)",
      #"""
      error: unknown function 'foo'
        foo(x)
        ^~~
      """#),
    Complaint(
      "arcsin(x)",
      #"""
      error: unknown function 'arcsin'
        arcsin(x)
        ^~~~~~
        did you mean 'asin'?
      """#),
    Complaint(
      "ln(x)",
      #"""
      error: unknown function 'ln'
        ln(x)
        ^~
        did you mean 'log'?
      """#),
    Complaint(
      "sqr(x)",
      #"""
      error: unknown function 'sqr'
        sqr(x)
        ^~~
        did you mean 'sqrt'?
      """#),
    Complaint(
      "SIN(x)",
      #"""
      error: unknown function 'SIN'
        SIN(x)
        ^~~
        did you mean 'sin'?
      """#),
    Complaint(
      "w",
      #"""
      error: unknown name 'w'
        w
        ^
        the variables are 'x', 'y', 'z'
      """#),
    Complaint(
      "xx + 1",
      #"""
      error: unknown name 'xx'
        xx + 1
        ^~
        did you mean 'x'?
      """#),
    Complaint(
      "speed",
      #"""
      error: unknown name 'speed'
        speed
        ^~~~~
        the variables are 'x', 'y', 'z'
      """#),
    Complaint(
      "a = 1; a = 2; a",
      #"""
      error: 'a' is defined already
        a = 1; a = 2; a
               ^
        choose another name
      """#),
    Complaint(
      "a = 1\na = 2\na",
      #"""
      error: line 2: 'a' is defined already, on line 1
        a = 2
        ^
        choose another name
      """#),
    Complaint(
      "x = 1",
      #"""
      error: 'x' is a variable and cannot be defined again
        x = 1
        ^
        choose another name
      """#),
    Complaint(
      "pi = 3",
      #"""
      error: 'pi' is a constant and cannot be defined
        pi = 3
        ^~
        choose another name
      """#),
    Complaint(
      "if = 1",
      #"""
      error: 'if' cannot be a name
        if = 1
        ^~
        choose another name
      """#),
    Complaint(
      "b = a; a = 1; b",
      #"""
      error: 'a' is used before its definition
        b = a; a = 1; b
            ^
      """#),
    Complaint(
      "a = a + 1; a",
      #"""
      error: 'a' is used in its own definition
        a = a + 1; a
            ^
      """#),
    Complaint(
      "a = 1; b = aa; b",
      #"""
      error: unknown name 'aa'
        a = 1; b = aa; b
                   ^~
        did you mean 'a'?
      """#),
    Complaint(
      "x = y = z",
      #"""
      error: 'x' is a variable and cannot be defined again
        x = y = z
        ^
        choose another name
      """#),
    Complaint(
      "x\n+ y\n  \tlog(q)\nz",
      #"""
      error: line 3: unknown name 'q'
           log(q)
               ^
        the variables are 'x', 'y', 'z'
      """#),
    Complaint(
      "é + ñ*日本 + q0",
      #"""
      error: unknown name 'é'
        é + ñ*日本 + q0
        ^
        the variables are 'x', 'y', 'z'
      """#),
    Complaint(
      String(repeating: "x + ", count: 60) + "q + " + String(repeating: "y + ", count: 60) + "z",
      #"""
      error: unknown name 'q'
        ...x + x + x + x + x + x + x + x + x + x + x + x + x + x + x + q + y + y + y + y + y + y + y + y + y + ...
                                                                       ^
        the variables are 'x', 'y', 'z'
      """#),
    Complaint(
      String(repeating: "w", count: 300),
      #"""
      error: unknown name 'wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww...'
        wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww...
        ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
        the variables are 'x', 'y', 'z'
      """#),
  ]
}
