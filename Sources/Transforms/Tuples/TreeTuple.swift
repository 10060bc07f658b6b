import ControlPrimitives

// Tuples are no trees, as Swift lets no tuple conform to a protocol. So transforms have overloads for functions that return
// two or three trees, such as `valueAndGrad(f)`, and make one tree of them here.

/// Several trees as one.
struct TreeTuple<each Element: TensorTree>: TensorTree {
  var elements: (repeat each Element)

  init(_ elements: repeat each Element) { self.elements = (repeat each elements) }

  mutating func forEachTensor(_ body: (inout Tensor) -> Void) {
    func visited<Tree: TensorTree>(_ tree: Tree) -> Tree {
      var copy = tree
      copy.forEachTensor(body)
      return copy
    }
    elements = (repeat visited(each elements))
  }

  var treeStructure: TreeStructure {
    var parts: [TreeStructure] = []
    for element in repeat each elements { parts.append(element.treeStructure) }
    return .list(parts)
  }
}

/// A function's two results as one tree.
func tree<each Argument, R1: TensorTree, R2: TensorTree>(
  _ function: @escaping (repeat each Argument) -> (R1, R2)
) -> (repeat each Argument) -> TreeTuple<R1, R2> {
  { (arguments: repeat each Argument) in
    let (first, second) = function(repeat each arguments)
    return TreeTuple(first, second)
  }
}

/// A function's three results as one tree.
func tree<each Argument, R1: TensorTree, R2: TensorTree, R3: TensorTree>(
  _ function: @escaping (repeat each Argument) -> (R1, R2, R3)
) -> (repeat each Argument) -> TreeTuple<R1, R2, R3> {
  { (arguments: repeat each Argument) in
    let (first, second, third) = function(repeat each arguments)
    return TreeTuple(first, second, third)
  }
}
