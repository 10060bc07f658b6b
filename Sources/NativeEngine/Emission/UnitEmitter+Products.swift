import Engines

extension UnitEmitter {
  /// Writes a group: products of matrices by a library where there is one, the rest as loops.
  func write(_ group: Schedule.LoopGroup) {
    var group = group
    let products = group.members.compactMap { member in MatrixProduct(member, self).map { (member, $0) } }
    group.members.removeAll { member in products.contains { $0.0 == member } }
    for (member, product) in products { write(product, of: member, group) }
    if !group.members.isEmpty { GroupEmitter(self, group).write() }
  }

  /// Writes a product; one whose terms are zero where a factor is by loops where a number is not finite.
  private func write(_ product: MatrixProduct, of member: Int, _ group: Schedule.LoopGroup) {
    guard case .pure(.contraction(let contraction), _) = graph.values[member].origin, contraction.absorbsZeros else {
      return product.write(to: member, self)
    }
    let isFinite = [product.lhs, product.rhs].map { factor -> String in
      let type = graph.values[factor.value].type
      let name = module.runtimeFunction(type.dtype.realPart == .float32 ? .isFinite32 : .isFinite64)
      let count = type.shape.count * type.dtype.partCount
      return function.add("call i1 \(name)(ptr \(pointer(factor.value)), i64 \(count))")
    }
    let all = function.add("and i1 \(isFinite[0]), \(isFinite[1])")
    let (first, second, after) = (
      function.text.label("finite"), function.text.label("infinite"), function.text.label("after")
    )
    function.text.branch(all, first, second)
    function.text.begin(first)
    product.write(to: member, self)
    function.text.jump(to: after)
    function.text.begin(second)
    var alone = group
    alone.members = [member]
    GroupEmitter(self, alone).write()
    function.text.jump(to: after)
    function.text.begin(after)
  }
}
