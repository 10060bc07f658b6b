/// A number or an array of numbers, as written on the command line: `2`, `[1, 2]`, `[[1, 2], [3, 4]]`.
public struct Literal: Sendable, Equatable {
  /// The length along each axis; empty for a number.
  public let shape: [Int]
  /// The numbers, the last axis fastest. As many as the product of the shape.
  public let values: [Double]

  /// A number.
  public init(_ value: Double) {
    shape = []
    values = [value]
  }

  /// An array; the count of `values` has to be the product of `shape`.
  public init(shape: [Int], values: [Double]) {
    precondition(shape.reduce(1, *) == values.count, "the values do not fill the shape")
    self.shape = shape
    self.values = values
  }
}
