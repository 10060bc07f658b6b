// What batching rules share.

/// The operands of a batch, those without the batch axis repeated along it.
package func allBatched(_ operands: [Tensor], _ isBatched: [Bool], _ size: Int) -> [Tensor] {
  zip(operands, isBatched).map { operand, isBatched in isBatched ? operand : operand.repeatedAlongNewAxis(size) }
}
