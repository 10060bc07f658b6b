/// A number with its noun, such as `1 index` or `3 indices`, for messages.
package func counted(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
  "\(count) \(count == 1 ? singular : plural ?? singular + "s")"
}

/// Runs operations that stand for another one, and throws the first error under that one's name.
package func naming<Result>(_ operation: String, _ run: () throws(TensorError) -> Result) throws(TensorError) -> Result
{
  // Whoever gets the error knows the place, which takes long to find.
  let scope = ErrorScope(isLocating: false)
  defer { scope.close() }
  let result = ErrorScope.$innermost.withValue(scope) { () -> Swift.Result<Result, TensorError> in
    do throws(TensorError) { return .success(try run()) } catch { return .failure(error) }
  }
  if var error = scope.error {
    error.operation = operation
    throw error
  }
  return try result.get()
}
