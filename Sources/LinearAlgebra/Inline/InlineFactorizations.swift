import Primitives

extension SmallMatrices {
  /// The lower Cholesky factors, `nan` where a matrix is not positive definite.
  func choleskyFactors(_ dtype: DType) -> Tensor {
    var factor = self
    var isPositive = Tensor.ones(batch, dtype: .bool)
    let zeros = Tensor.zeros(batch, dtype: dtype)
    for i in 0..<rows {
      for j in 0...i {
        var sum = elements[i][j]
        for k in 0..<j { sum = sum - factor.elements[i][k] * conjugate(factor.elements[j][k]) }
        if j < i {
          factor.elements[i][j] = sum / factor.elements[j][j]
        } else {
          let square = realPart(sum)
          let isRoot = (square .> 0) .& (square .< Double.infinity)
          isPositive = logicalAnd(isPositive, isRoot)
          factor.elements[i][i] = sqrt(square).asType(dtype)
        }
      }
      for j in (i + 1)..<max(rows, i + 1) { factor.elements[i][j] = zeros }
    }
    return factor.tensor(where: isPositive, dtype: dtype)
  }

  /// The factors with exchanged rows in one matrix, and the order of the rows.
  func luFactors(_ dtype: DType) -> [Tensor] {
    var own = self
    let isKept = isFinite
    var order = (0..<rows).map { Tensor.full(batch, Tensor(Int64($0))) }
    for k in 0..<min(rows, columns) {
      var pivot = Tensor.full(batch, Tensor(Int64(k)))
      var largest = own.elements[k][k].pivotSize
      for row in (k + 1)..<max(rows, k + 1) {
        let size = own.elements[row][k].pivotSize
        let isLarger = size .> largest
        largest = `where`(isLarger, size, largest)
        pivot = `where`(isLarger, Tensor(Int64(row)), pivot)
      }
      for row in (k + 1)..<max(rows, k + 1) {
        let isPivot = pivot .== Tensor(Int64(row))
        for column in 0..<columns {
          let (a, b) = (own.elements[k][column], own.elements[row][column])
          own.elements[k][column] = `where`(isPivot, b, a)
          own.elements[row][column] = `where`(isPivot, a, b)
        }
        (order[k], order[row]) = (`where`(isPivot, order[row], order[k]), `where`(isPivot, order[k], order[row]))
      }
      let top = own.elements[k]
      let isZero = top[k] .== 0
      for row in (k + 1)..<max(rows, k + 1) {
        let factor = `where`(isZero, own.elements[row][k], own.elements[row][k] / top[k])
        own.elements[row][k] = factor
        for column in (k + 1)..<max(columns, k + 1) {
          own.elements[row][column] = own.elements[row][column] - factor * top[column]
        }
      }
    }
    // A matrix that is not finite keeps its order, as it is not factored.
    let kept = order.enumerated().map { `where`(isKept, $1, Tensor(Int64($0))) }
    return [own.tensor(where: isKept, dtype: dtype), Tensor.stacked(kept, axis: -1)]
  }

  /// The solutions of triangular equations for right sides; where the diagonal has a zero, they are left out of the mask.
  ///
  /// - Parameter isRegular: a mask, from which singular matrices are taken.
  func solved(_ system: TriangularSystem, _ sides: SmallMatrices, _ isRegular: inout Tensor) -> SmallMatrices {
    var solution = sides
    let n = rows
    if !system.hasUnitDiagonal, !system.absorbsZeros {
      for i in 0..<n { isRegular = logicalAnd(isRegular, elements[i][i] .!= 0) }
    }
    let isForward = system.isUpper == (system.transform != .identity)
    for step in 0..<n {
      let i = isForward ? step : n - 1 - step
      for earlier in 0..<step {
        let j = isForward ? earlier : n - 1 - earlier
        let factor = element(i, j, system.transform)
        for column in 0..<sides.columns {
          let known = solution.elements[j][column]
          let product = system.absorbsZeros ? ZeroAbsorbingMultiply().bind(factor, known) : factor * known
          solution.elements[i][column] = solution.elements[i][column] - product
        }
      }
      if system.hasUnitDiagonal { continue }
      let divisor = element(i, i, system.transform)
      for column in 0..<sides.columns {
        let side = solution.elements[i][column]
        solution.elements[i][column] = system.absorbsZeros ? `where`(side .== 0, side, side / divisor) : side / divisor
      }
    }
    return solution
  }

  private func element(_ row: Int, _ column: Int, _ transform: MatrixTransform) -> Tensor {
    switch transform {
    case .identity: elements[row][column]
    case .transpose: elements[column][row]
    case .adjoint: conjugate(elements[column][row])
    }
  }
}

extension FactoredSolve {
  /// The solutions from factors and orders of rows, whose elements are the last axis.
  func inlineSolution(_ sides: Tensor, _ factors: Tensor, _ order: Tensor) -> Tensor {
    let (matrices, n) = (SmallMatrices(factors), sides.shape[sides.rank - 2])
    let places = (0..<n).map { order[..., $0] }
    var isRegular = Tensor.ones(matrices.batch, dtype: .bool)
    func solve(_ isUpper: Bool, _ sides: SmallMatrices) -> SmallMatrices {
      let system = TriangularSystem(
        isUpper: isUpper, transform: transform, hasUnitDiagonal: !isUpper, absorbsZeros: absorbsZeros)
      return matrices.solved(system, sides, &isRegular)
    }
    var own = SmallMatrices(sides)
    // The row that a place names; `nan` for a place that is none.
    let missing = Tensor.full(matrices.batch, Tensor(Double.nan).asType(sides.dtype))
    func exchanged(_ names: (_ row: Int, _ other: Int) -> Tensor) {
      let before = own
      for row in 0..<n {
        for column in 0..<own.columns {
          own.elements[row][column] = (0..<n).reduce(missing) {
            `where`(names(row, $1), before.elements[$1][column], $0)
          }
        }
      }
    }
    if transform == .identity {
      exchanged { row, other in places[row] .== Tensor(Int64(other)) }
      own = solve(true, solve(false, own))
    } else {
      own = solve(false, solve(true, own))
      exchanged { row, other in places[other] .== Tensor(Int64(row)) }
    }
    return own.tensor(where: isRegular, dtype: sides.dtype)
  }
}
