// Conditions on values that only running tells, such as that a number is in a range.

/// 0, as an int64 scalar, if all truth values of a tensor hold; else the evaluation fails, also that of a compiled function, in
/// which the values are not known before.
///
/// Whatever depends on the condition adds the result.
func zero(requiring conditions: Tensor) -> Tensor {
  LinearIndices(sizes: [1]).bind([`where`(conditions.all(), Tensor(Int64(0)), Tensor(Int64(1)))])[0]
}
