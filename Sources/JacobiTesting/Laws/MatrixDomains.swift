import Jacobi

extension OperandSample.Domain {
  /// Whether the numbers of a matrix are drawn together.
  var isOfMatrices: Bool {
    switch self {
    case .positiveDefinite, .wellConditioned, .invertible, .separated: true
    case .any, .positive, .negative, .probability, .unit, .aboveOne, .indices, .flags: false
    }
  }

  /// Changes drawn numbers so that the matrices in the last two axes have the property of the domain: by large numbers on the
  /// diagonal, or beside it.
  func form(_ coordinates: inout [Double], _ type: TensorType) {
    let sizes = type.shape.dimensions
    let (rows, columns) = (sizes[sizes.count - 2], sizes[sizes.count - 1])
    let width = type.dtype.isComplex ? 2 : 1
    let large = Double(3 * max(rows, columns))
    for start in stride(from: 0, to: coordinates.count, by: max(rows * columns * width, 1)) {
      func place(_ row: Int, _ column: Int) -> Int { start + (row * columns + column) * width }
      if self == .positiveDefinite {
        for row in 0..<rows {
          for column in 0..<row {
            let (below, above) = (place(row, column), place(column, row))
            coordinates[above] = coordinates[below]
            if width == 2 { coordinates[above + 1] = -coordinates[below + 1] }
          }
          if width == 2 { coordinates[place(row, row) + 1] = 0 }
        }
      }
      for column in 0..<min(rows, columns) {
        let row = self == .invertible ? (column + 1) % rows : column
        coordinates[place(row, column)] += self == .separated ? 4 * Double(column + 1) : large
      }
    }
  }
}
