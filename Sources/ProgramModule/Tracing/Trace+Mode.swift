extension Trace {
  /// What a trace knows of values.
  package enum Mode {
    /// The value of each variable, so that the function may read it: `if`, `while`, recursion and `print` just work, and the
    /// recording is the path that was taken.
    case valued
    /// As ``valued``, for a recording whose derivative is wanted: operations that contain programs are run and linearized
    /// together, so that they do not run a second time for their derivative.
    case linearized
    /// The numbers of the inputs, and of tensors from outside where they have any. So the operations are recorded here, and
    /// not once more further out.
    case detached
    /// Numbers where they are known, as ``detached``; reading a value that depends on an input of which only the type is
    /// known gives the error.
    case partial(unreadable: TensorError)
    /// Types only; reading a value gives the error.
    case abstract(unreadable: TensorError, outside: OutsideOperations = .immediate)
    /// Types only, but a value that is read is computed and noted in the log: the recording is a path that holds where these
    /// values are the same.
    case guarded(GuardLog)
  }

  /// What an abstract trace does with operations on tensors from outside alone.
  package enum OutsideOperations {
    /// It records them: a function that is recorded as the body of a loop or a branch does nothing before it runs.
    case recorded
    /// They are evaluated, or recorded further out, eagerly; also where a trace further out would record them.
    case immediate
    /// What the traces further out say.
    case unchanged
  }
}
