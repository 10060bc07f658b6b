/// An index along one axis, or a place in memory: a whole-number combination of the indices of loops, and perhaps numbers
/// that are known only at run time.
struct AffineIndex: Hashable {
  /// What is added.
  var constant: Int
  /// The factors of the loops' indices, by axis of the space, without zeros, in ascending order.
  var terms: [Term] = []
  /// Values in the code that are added, each times a factor.
  var dynamics: [Dynamic] = []

  /// A factor of the index of an axis.
  struct Term: Hashable {
    var axis: Int
    var factor: Int
  }

  /// A number at run time.
  struct Dynamic: Hashable {
    /// The name of an i64, or of several side by side.
    var name: String
    /// For how many places it is.
    var lanes: Int
    var factor: Int
  }

  /// A fixed place.
  init(_ constant: Int) { self.constant = constant }

  /// The index of an axis of the space.
  init(axis: Int) {
    constant = 0
    terms = [Term(axis: axis, factor: 1)]
  }

  /// The factor of an axis's index.
  func factor(of axis: Int) -> Int { terms.first { $0.axis == axis }?.factor ?? 0 }

  /// start + step · this.
  func mapped(start: Int, step: Int) -> AffineIndex {
    if step == 1 && start == 0 { return self }
    var result = self
    result.constant = start &+ step &* constant
    if step == 0 {
      result.terms = []
      result.dynamics = []
      return result
    }
    for index in result.terms.indices { result.terms[index].factor &*= step }
    for index in result.dynamics.indices { result.dynamics[index].factor &*= step }
    return result
  }

  /// The sum.
  static func + (a: AffineIndex, b: AffineIndex) -> AffineIndex {
    var result = a
    result.constant &+= b.constant
    for term in b.terms {
      if let index = result.terms.firstIndex(where: { $0.axis >= term.axis }) {
        if result.terms[index].axis == term.axis {
          result.terms[index].factor &+= term.factor
          if result.terms[index].factor == 0 { result.terms.remove(at: index) }
        } else {
          result.terms.insert(term, at: index)
        }
      } else {
        result.terms.append(term)
      }
    }
    result.dynamics += b.dynamics
    return result
  }
}
