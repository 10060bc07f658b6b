import FormulaLanguage
import Jacobi

extension Problem {
  /// About how many numbers a command may compute, so that it answers within seconds.
  static let mostWork = 2_000_000_000
  /// How many numbers a matrix may have to be printed.
  static let mostEntries = 4_000_000

  var inputCount: Int { point.reduce(0) { $0 + $1.count } }
  var outputCount: Int { outputs.reduce(0) { $0 + $1.count } }
  private var size: Int { evaluation.nodes.reduce(inputCount + outputCount) { $0 + $1.count } }

  /// - Throws: an input error where the output is not one number.
  func requireNumber(for command: String, instead: String) throws {
    if outputs.count != 1 {
      throw CommandFailure.input(
        "\(command) needs a function with one output, this one has \(outputs.count)", hint: instead)
    }
    if !outputs[0].shape.isScalar {
      throw CommandFailure.input(
        "\(command) needs a function with a number as its output, this one has shape \(outputs[0].shape)",
        hint: "reduce it, for example with sum(...); or \(instead)")
    }
  }

  /// The rows of the Jacobian: one for each number of the outputs, with an entry for each number of the variables.
  func jacobian(_ mode: JacobianMode) throws -> [Tensor] {
    let isForward = mode == .forward || (mode == .automatic && inputCount <= outputCount)
    try checkSize(rows: outputCount, columns: inputCount, sweeps: isForward ? inputCount : outputCount)
    if isForward {
      return images(of: differential, over: point).transposed(rows: outputCount)
    }
    return images(of: pullback, over: outputs)
  }

  /// The rows of the Hessian, by forward over reverse mode.
  func hessian() throws -> [Tensor] {
    try checkSize(rows: inputCount, columns: inputCount, sweeps: inputCount)
    return images(of: gradientDifferential, over: point)
  }

  private func checkSize(rows: Int, columns: Int, sweeps: Int) throws {
    let (entries, overflow) = rows.multipliedReportingOverflow(by: columns)
    if overflow || entries > Self.mostEntries {
      throw CommandFailure.input(
        "the matrix has \(rows) rows and \(columns) columns, more than can be printed",
        hint: "use 'jacobi jvp', 'jacobi vjp' or 'jacobi hvp', which do not form it")
    }
    let (work, isTooMuch) = sweeps.multipliedReportingOverflow(by: size)
    if isTooMuch || work > Self.mostWork {
      throw CommandFailure.input(
        "the matrix takes \(sweeps) sweeps over \(size) numbers, which is too much",
        hint: "use the other --mode, or 'jacobi jvp', 'jacobi vjp' or 'jacobi hvp', which do not form it")
    }
  }

  /// The images of all unit vectors under a linear function, each flattened to one vector; many are computed at once, over
  /// all variables together. (`jacobian` of the library goes variable by variable, and formulas have thousands of them.)
  private func images(of function: @escaping ([Tensor]) -> [Tensor], over space: [Tensor]) -> [Tensor] {
    let count = space.reduce(0) { $0 + $1.count }
    let batch = max(1, min(count, (1 << 25) / max(1, size)))
    var rows: [Tensor] = []
    for start in stride(from: 0, to: count, by: batch) {
      let lanes = start..<min(start + batch, count)
      var first = 0
      let basis = space.map { tensor -> Tensor in
        defer { first += tensor.count }
        return unitVectors(like: tensor, first: first, lanes)
      }
      let batches =
        lanes.count == 1 ? function(zip(basis, space).map { $0.reshaped($1.shape.dimensions) }) : vmap(function)(basis)
      let images = batches.map { $0.reshaped([lanes.count, $0.count / lanes.count]) }
      let numbers = images.map { ($0.shape[1], $0.numbers) }
      for lane in 0..<lanes.count {
        let row = numbers.flatMap { width, numbers in numbers[lane * width..<(lane + 1) * width] }
        rows.append(vector(row))
      }
    }
    return rows
  }

  /// The part of some unit vectors that lies in one tensor, which has the numbers from `first` on.
  private func unitVectors(like tensor: Tensor, first: Int, _ lanes: Range<Int>) -> Tensor {
    var scalars = [Double](repeating: 0, count: lanes.count * tensor.count)
    for (row, lane) in lanes.enumerated() where (first..<first + tensor.count).contains(lane) {
      scalars[row * tensor.count + lane - first] = 1
    }
    let shape = [lanes.count] + tensor.shape.dimensions
    return dtype == .float32
      ? Tensor(shape: shape, scalars: scalars.map { Float($0) }) : Tensor(shape: shape, scalars: scalars)
  }

  private func vector(_ numbers: [Double]) -> Tensor {
    dtype == .float32 ? Tensor(numbers.map { Float($0) }) : Tensor(numbers)
  }
}

extension [Tensor] {
  /// Columns as rows.
  fileprivate func transposed(rows: Int) -> [Tensor] {
    let columns = map(\.numbers)
    let isSingle = first?.dtype == .float32
    return (0..<rows).map { row in
      let numbers = columns.map { $0[row] }
      return isSingle ? Tensor(numbers.map { Float($0) }) : Tensor(numbers)
    }
  }
}
