import Jacobi

/// A tensor that a careless or hostile caller passes, and where it lives.
struct HostileInput {
  let name: String
  /// Whether the tensor belongs to a trace further out, so that numbers may be hidden.
  var isTraced = false
  /// Whether what the argument is under a transform may differ from what it is by itself, so that results may, too.
  var adopts = false
  /// Calls the closure with the tensor, and with a wrapper for the function that is attacked.
  let provide:
    (_ body: @escaping (Tensor, _ wrap: (@escaping (Tensor) -> Tensor) -> (Tensor) -> Tensor) -> Void) -> Void

  /// A tensor that is there from the beginning. A literal as an argument of a transform is a float64 tensor like
  /// others; by
  /// itself it still adopts types, which arrays and exponents can tell.
  init(_ name: String, _ tensor: Tensor, adopts: Bool = false) {
    self.name = name
    self.adopts = adopts
    provide = { body in body(tensor, { $0 }) }
  }

  /// A tensor that exists inside something else only.
  init(
    traced name: String,
    _ provide: @escaping (@escaping (Tensor, (@escaping (Tensor) -> Tensor) -> (Tensor) -> Tensor) -> Void) -> Void
  ) {
    self.name = name
    isTraced = true
    self.provide = provide
  }
}

/// A tensor of a `grad` that has ended.
private func escapedTensor() -> Tensor {
  var kept = Tensor(0.0)
  _ = grad { x in
    kept = x * 2
    return x.sum()
  }(Tensor([1.0, 2, 3]))
  return kept
}

/// The result of an operation that failed in a scope that is over.
private func invalidTensor() -> Tensor {
  var kept = Tensor(0.0)
  _ = try? catchingTensorErrors(isLocating: false) { kept = Tensor([1.0, 2]) + Tensor([1.0, 2, 3]) }
  return kept
}

/// Tensors of all element types, of odd shapes, and with odd numbers.
nonisolated(unsafe) let concreteInputs: [HostileInput] = [
  HostileInput("vector", Tensor([0.5, -2, 3])),
  HostileInput("scalar", Tensor(0.75)),
  HostileInput("literal", 2),
  HostileInput("literal vector", [0.5, 1.5, 2.5], adopts: true),
  HostileInput("literal beyond doubles", 9_007_199_254_740_993, adopts: true),
  HostileInput("one element", Tensor([1.25])),
  HostileInput("matrix", Tensor([[1.0, 2, 3], [4, 5, 6]])),
  HostileInput("square", Tensor([[4.0, 1], [1, 3]])),
  HostileInput("cube", Tensor(shape: [2, 2, 2], scalars: [0.1, -0.2, 0.3, 0.4, 0.5, -0.6, 0.7, 0.8])),
  HostileInput("many axes", Tensor(shape: [Int](repeating: 1, count: 70), scalars: [2.0])),
  HostileInput("empty", Tensor([Double]())),
  HostileInput("empty matrix", Tensor.zeros([0, 3])),
  HostileInput("empty columns", Tensor.zeros([2, 0])),
  HostileInput("huge and empty", Tensor.zeros([1 << 40, 0])),
  HostileInput("empty and huge", Tensor.zeros([0, 1 << 40])),
  HostileInput("empty between", Tensor.zeros([1 << 24, 0, 1 << 24])),
  HostileInput(
    "odd numbers",
    Tensor([Double.nan, .infinity, -.infinity, 0, -0.0, Double.leastNonzeroMagnitude, Double.greatestFiniteMagnitude])),
  HostileInput("nan", Tensor(Double.nan)),
  HostileInput("equal numbers", Tensor([2.0, 2, 2])),
  HostileInput("float32", Tensor([0.5, -1, .infinity] as [Float])),
  HostileInput("float32 scalar", Tensor(Float(0.5))),
  HostileInput("int32", Tensor([Int32.min, -1, .max] as [Int32])),
  HostileInput("int64", Tensor([Int64.min, 2, .max] as [Int64])),
  HostileInput("int64 scalar", Tensor(Int64.max)),
  HostileInput("int64 matrix", Tensor(shape: [2, 2], scalars: [0, 1, -1, 2] as [Int64])),
  HostileInput("bool", Tensor([true, false, true])),
  HostileInput("bool scalar", Tensor(false)),
  HostileInput("complex128", Tensor([Complex(1.0, -2), Complex(0, .infinity), Complex(.nan, 0)])),
  HostileInput("complex64 scalar", Tensor(Complex<Float>(0, 1))),
  HostileInput("escaped", escapedTensor()),
  HostileInput("invalid", invalidTensor()),
]

/// Tensors of traces around the attack, as arguments and as captured variables.
private nonisolated(unsafe) let tracedInputs: [HostileInput] = [
  HostileInput(traced: "of an outer grad") { body in
    _ = grad { x in
      body(x, { $0 })
      return x.sum()
    }(Tensor([0.5, -2, 3]))
  },
  HostileInput(traced: "of an outer program") { body in
    _ = program(
      of: { x in
        body(x, { $0 })
        return x
      }, at: Tensor([0.5, -2, 3]))
  },
  HostileInput(traced: "of an outer vmap") { body in
    _ = vmap { x in
      body(x, { $0 })
      return x
    }(Tensor([[0.5, -2, 3], [1, 2, 3]]))
  },
  HostileInput(traced: "beside a variable of an outer grad") { body in
    _ = grad { outer in
      body(Tensor([0.5, -2, 3]), { function in { function($0 * outer) } })
      return outer
    }(2)
  },
  HostileInput(traced: "beside a variable of an outer vmap") { body in
    _ = vmap { outer in
      body(Tensor([0.5, -2, 3]), { function in { function($0 * outer) } })
      return outer
    }(Tensor([1.0, 2]))
  },
]

/// All inputs.
nonisolated(unsafe) let hostileInputs = concreteInputs + tracedInputs

/// Integers at the ends and just beside what is right.
let hostileIntegers = [
  Int.min, .min + 1, -(1 << 62), -(1 << 32), -4, -3, -2, -1, 0, 1, 2, 3, 4, 1 << 31, 1 << 32, 1 << 57, 1 << 61,
  1 << 62, .max - 1, .max,
]

/// Some of them, where several stand together.
let fewIntegers = [Int.min, -2, -1, 0, 1, 2, 1 << 62, .max]

/// Lists of integers that are hardly axes, sizes or permutations of anything.
let hostileLists: [[Int]] =
  [
    [], [0], [0, 0], [0, 1], [1, 0], [-1, 0], [0, 1, 2], [2, 1, 0], [-1, -2, -3], [0, 1, 2, 3], [3, 1], [6], [2, 3],
    [-1, 2], [-1, -1], [1, 1, 1], [Int.min], [.max], [.min, .max], [.max, .max], [.max, 0], [0, .max],
    [1 << 32, 1 << 32],
    [1 << 62, 4], [1 << 31, 1 << 31, 0], [1 << 61, 3], [1 << 20, 1 << 20],
    [Int](repeating: 1, count: 100), [Int](repeating: 2, count: 70),
  ]
