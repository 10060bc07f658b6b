import ControlPrimitives

struct JacobianOptions {
  var mode: JacobianMode
  var isHolomorphic: Bool
  var memoryBudget: Int
}

/// The Jacobian of each result tensor by each argument tensor. `nil` when the function or its arguments do not fit; the
/// error has been reported.
func jacobians<Argument: TensorTree, Result: TensorTree>(
  _ operation: String, _ function: (Argument) -> Result, at point: Argument, _ options: JacobianOptions
) -> TreeMatrix<Result, Argument>? {
  guard checkDifferentiable(point, operation) else { return nil }
  let recording = record(function, at: point)
  let results = recording.value.tensors
  if recording.value.isPoisoned(operation) { return nil }
  let arguments = point.tensors
  guard checkJacobian(operation, arguments, results, options) else { return nil }
  guard checkMemory(operation, arguments, results) else { return nil }
  let linear = LinearTape(linearizing: recording.tape)
  let inputCount = arguments.reduce(0) { $0 + $1.count }
  let outputCount = results.reduce(0) { $0 + $1.count }
  let bytesPerLane = recording.tape.values.reduce(1) { $0 &+ ($1.type.byteCount ?? 0) }
  let lanes = max(1, options.memoryBudget / max(1, bytesPerLane))
  let isForward = options.mode == .forward || (options.mode == .automatic && inputCount <= outputCount)

  // Each block is a Jacobian of one result by one argument; lanes run along its first axis.
  var blocks: [[Tensor]]
  if isForward {
    let images = columns(arguments, lanes: lanes) { tangents in
      zip(results, linear.applied(to: tangents, outputs: recording.outputs)).map { result, tangent in
        tangent ?? zeros(result.type, beside: tangents[0])
      }
    }
    guard let images else { return nil }
    blocks = images
    // From argument axes in front to result axes in front.
    for (row, argument) in zip(blocks.indices, arguments) {
      for column in blocks[row].indices { blocks[row][column] = blocks[row][column].rotatingAxes(argument.rank) }
    }
    blocks = results.indices.map { result in blocks.map { $0[result] } }
  } else {
    let images = columns(results, lanes: lanes) { cotangents in
      let seeds = zip(recording.outputs, cotangents).compactMap { variable, ct in variable.map { ($0, ct) } }
      let pulled = linear.transposed(seeds: seeds)
      return arguments.indices.map { index in
        (index < pulled.count ? pulled[index] : nil).map(conjugate)
          ?? zeros(arguments[index].type, beside: cotangents[0])
      }
    }
    guard let images else { return nil }
    blocks = images
  }
  return TreeMatrix(blocks.map { point.replacingTensors(with: $0) }, like: recording.value)
}

/// Applies a linear function to every unit vector of a list of tensors.
///
/// - Returns: for each tensor of the space, for each result of the function, the images stacked: of shape
///   `tensor.shape + result.shape`. `nil` when the unit vectors do not fit into memory; the error has been reported.
private func columns(
  _ space: [Tensor], lanes: Int, _ function: @escaping ([Tensor]) -> [Tensor]
) -> [[Tensor]]? {
  var blocks: [[Tensor]] = []
  for active in space.indices {
    let type = space[active].type
    let count = type.shape.count
    var parts: [[Tensor]] = []
    var start = 0
    repeat {
      let end = min(count, start &+ lanes)
      let basis = unitVectors(type, start..<end)
      if basis.isInvalid { return nil }
      let images = mapped(over: [BatchedArgument(basis, 0)], 0) { (lane: [Tensor]) -> [Tensor] in
        function(space.indices.map { $0 == active ? lane[0] : zeros(space[$0].type, beside: lane[0]) })
      }
      guard let images else { return nil }
      parts.append(images)
      start = end
    } while start < count
    blocks.append(
      parts[0].indices.map { result in
        let joined = Tensor.joinedAlongFirstAxis(parts.map { $0[result] })
        return joined.reshaped(type.shape.dimensions + joined.shape.dimensions.dropFirst())
      })
  }
  return blocks
}

/// Checks that the Jacobian fits into memory, before any of it is computed.
private func checkMemory(_ operation: String, _ arguments: [Tensor], _ results: [Tensor]) -> Bool {
  do throws(TensorError) {
    for result in results {
      for argument in arguments {
        let shape = Shape(result.shape.dimensions + argument.shape.dimensions)
        try MemoryLimit.check(TensorType(result.dtype, shape), for: operation)
      }
    }
    return true
  } catch {
    report(error)
    return false
  }
}

/// Some of the unit vectors of a tensor's space, stacked along a new first axis.
private func unitVectors(_ type: TensorType, _ range: Range<Int>) -> Tensor {
  reporting { () throws(TensorError) in
    let shape = type.shape.prepending(range.count)
    let count = type.shape.count
    var basis = try HostTensor(TensorType(type.dtype, shape), filledWith: 0, for: "jacobian")
    let one = try HostTensor(TensorType(type.dtype, [range.count]), filledWith: 1, for: "jacobian")
    try basis.write(
      one, at: StridedView(offset: range.lowerBound, sizes: [range.count], strides: [count + 1]))
    return Tensor(basis)
  }
}

extension Tensor {
  /// The first axes moved behind the others.
  func rotatingAxes(_ count: Int) -> Tensor {
    if isInvalid { return self }
    let rank = rank
    return count == 0 || count == rank ? self : transposed(Array(count..<rank) + Array(0..<count))
  }
}

private func checkJacobian(
  _ operation: String, _ arguments: [Tensor], _ results: [Tensor], _ options: JacobianOptions
) -> Bool {
  if arguments.isEmpty || results.isEmpty {
    report(TensorError(.transform, operation, "the function has no tensors as its argument or result"))
    return false
  }
  for result in results where !result.dtype.isDifferentiable {
    report(
      TensorError(
        .dtype, operation, "the function's result is \(result.type); integers and booleans have no derivative",
        hint: "convert the result with .asType(.float64)"))
    return false
  }
  let isComplex = (arguments + results).contains { $0.dtype.isComplex }
  let isAllComplex = (arguments + results).allSatisfy { $0.dtype.isComplex }
  if isComplex && !(options.isHolomorphic && isAllComplex) {
    report(
      TensorError(
        .transform, operation,
        "the Jacobian of a function of complex numbers is defined for holomorphic functions only",
        hint: "write jacobian(f, isHolomorphic: true) if it is one, else use jvp and vjp"))
    return false
  }
  return true
}
