import Jacobi

/// A public operation with all its arguments but one tensor.
struct Operation {
  let name: String
  let apply: (Tensor) -> Tensor

  init(_ name: String, _ apply: @escaping (Tensor) -> Tensor) {
    self.name = name
    self.apply = apply
  }
}

/// An operation for each of some integers.
func forEach(_ integers: [Int], _ name: String, _ apply: @escaping (Tensor, Int) -> Tensor) -> [Operation] {
  integers.map { value in Operation("\(name) \(value)") { apply($0, value) } }
}

/// An operation for each pair of some integers.
func forPairs(_ name: String, _ apply: @escaping (Tensor, Int, Int) -> Tensor) -> [Operation] {
  fewIntegers.flatMap { a in
    fewIntegers.map { b in Operation("\(name) \(a) \(b)") { apply($0, a, b) } }
  }
}

/// An operation for each list of integers.
func forLists(_ name: String, _ apply: @escaping (Tensor, [Int]) -> Tensor) -> [Operation] {
  hostileLists.map { list in
    Operation("\(name) \(list.count > 8 ? "\(list.count) times \(list[0])" : "\(list)")") { apply($0, list) }
  }
}

/// An operation for each other tensor: with it on the right, and on the left.
func withOthers(_ name: String, _ apply: @escaping (Tensor, Tensor) -> Tensor) -> [Operation] {
  [Operation("\(name) itself") { apply($0, $0) }]
    + concreteInputs.flatMap { input -> [Operation] in
      var other = Tensor(0.0)
      input.provide { tensor, _ in other = tensor }
      return [
        Operation("\(name), right: \(input.name)") { apply($0, other) },
        Operation("\(name), left: \(input.name)") { apply(other, $0) },
      ]
    }
}

/// Every public operation on tensors, with all the arguments that it is attacked with.
nonisolated(unsafe) let hostileOperations: [Operation] =
  elementwiseOperations + reductionOperations + shapeOperations + indexingOperations + productOperations
  + functionOperations + makingOperations + primitiveOperations + controlOperations + randomOperations
