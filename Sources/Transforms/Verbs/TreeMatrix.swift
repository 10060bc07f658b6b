import ControlPrimitives

/// A matrix of derivatives of which rows and columns are trees: a Hessian by a struct, or the Jacobian of a function to one.
///
/// It has one row for each tensor of `Rows`, in visiting order, and each row is a tree like `Columns`. A row has the name of
/// its tensor, and where that is a property of a property, both names:
///
/// ```swift
/// let h = hessian(loss)(model)      // model has tensors mu and eta
/// h.mu.eta                          // the derivative of the gradient by mu, by eta: of shape mu.shape + eta.shape
/// h[0].eta                          // the same, by the place of mu
/// ```
@dynamicMemberLookup
public struct TreeMatrix<Rows: TensorTree, Columns: TensorTree>: TensorTree {
  /// The rows, in the order in which the tensors of `Rows` are visited. (The matrix itself is no collection: names such as
  /// `first` would hide those of tensors.)
  public private(set) var rows: [Columns]
  /// A tree in which each tensor is the place of its row.
  @Static private var places: Rows

  /// A matrix with a row for each tensor of a tree.
  init(_ rows: [Columns], like tree: Rows) {
    self.rows = rows
    var place = -1
    let places = tree.mapTensors { _ in
      place += 1
      return Tensor(Double(place))
    }
    _places = Static(wrappedValue: places)
  }

  /// A row by the place of its tensor in the visiting order.
  public subscript(place: Int) -> Columns { rows[place] }

  /// The row of a tensor.
  public subscript(dynamicMember path: KeyPath<Rows, Tensor>) -> Columns { self[path] }

  /// The rows of a part of the tree.
  public subscript<Part: TensorTree>(dynamicMember path: KeyPath<Rows, Part>) -> TreeMatrix<Part, Columns> {
    self[path]
  }

  /// The row of a tensor, such as `h[\.layers[0].weights]`.
  public subscript(path: KeyPath<Rows, Tensor>) -> Columns { rows[Int(places[keyPath: path])] }

  /// The rows of a part of the tree.
  public subscript<Part: TensorTree>(path: KeyPath<Rows, Part>) -> TreeMatrix<Part, Columns> {
    let part = places[keyPath: path]
    let kept = part.tensors.map { place in rows[Int(place)] }
    return TreeMatrix<Part, Columns>(kept, like: part)
  }

  /// Visits the tensors of the rows.
  public mutating func forEachTensor(_ body: (inout Tensor) -> Void) { rows.forEachTensor(body) }

  /// The structure of the list of rows.
  public var treeStructure: TreeStructure { rows.treeStructure }
}

extension TreeMatrix where Rows == [String: Tensor] {
  /// The row of a tensor of a dictionary.
  public subscript(key: String) -> Columns? { places[key].map { rows[Int($0)] } }
}

extension TreeMatrix: CustomStringConvertible {
  /// The rows.
  public var description: String { "\(rows)" }
}
