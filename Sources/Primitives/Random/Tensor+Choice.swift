// Orders and choices.

extension RandomKey {
  /// Returns the numbers from 0 to below a count in random order, as int64, all orders with the same probability.
  ///
  /// The numbers are those of JAX's `permutation`: they are sorted by random words, so often that it is unlikely that two
  /// numbers had the same word each time. This key must not be used afterwards.
  public func permutation(_ count: Int) -> Tensor {
    drawing("permutation", self, []) { () throws(TensorError) in
      let draw = try Draw("permutation", self, [count], .int64, allowed: [.int64])
      return draw.order(Tensor.arange(count, dtype: .int64), axis: 0)
    }
  }
}

extension Tensor {
  /// Returns this tensor with its slices along an axis in random order.
  ///
  /// The order is that of JAX's `permutation`.
  ///
  /// - Parameters:
  ///   - key: a key that is used for nothing else.
  ///   - axis: the axis; a negative one counts from the end.
  ///   - independently: whether each line along the axis gets its own order; otherwise whole slices move.
  public func shuffled(key: RandomKey, axis: Int = 0, independently: Bool = false) -> Tensor {
    drawing("shuffled", key, [self]) { () throws(TensorError) in
      guard let axis = checkedAxis(axis, "shuffled") else { return Tensor(.invalid) }
      let x = settled
      if independently || x.rank == 1 {
        return try Draw("shuffled", key, x.shape.dimensions, .int64, allowed: [.int64]).order(x, axis: axis)
      }
      let draw = try Draw("shuffled", key, [x.shape[axis]], .int64, allowed: [.int64])
      return x.take(draw.order(Tensor.arange(x.shape[axis], dtype: .int64), axis: 0), axis: axis)
    }
  }

  /// Returns random slices of this tensor along an axis.
  ///
  /// With replacement each is chosen on its own, so that one may be chosen several times. The slices are those of JAX's
  /// `choice` (with weights and replacement up to the rounding of the running sum of the weights).
  ///
  /// ```swift
  /// Tensor([10, 20, 30]).choice([5], key: key)
  /// Tensor([10, 20, 30]).choice([2], key: key, replacing: false, weights: [0.5, 0.25, 0.25])
  /// ```
  ///
  /// - Parameters:
  ///   - shape: the sizes that take the place of the axis; by default one slice is chosen.
  ///   - key: a key that is used for nothing else.
  ///   - replacing: whether a slice may be chosen again.
  ///   - weights: for each slice a number in proportion to its probability, at least 0, in float64 or float32; by default
  ///     all are equal. Without replacement they are those of the slices that are left.
  ///   - axis: the axis; a negative one counts from the end.
  public func choice(
    _ shape: [Int] = [], key: RandomKey, replacing: Bool = true, weights: Tensor? = nil, axis: Int = 0
  ) -> Tensor {
    drawing("choice", key, [self] + (weights.map { [$0] } ?? [])) { () throws(TensorError) in
      guard let axis = checkedAxis(axis, "choice") else { return Tensor(.invalid) }
      let (count, draws) = (self.shape[axis], try Shape(checking: shape, for: "choice"))
      guard let drawCount = draws.checkedCount, drawCount == 0 || count > 0 && (replacing || drawCount <= count) else {
        throw TensorError(
          .value, "choice",
          "\(draws.checkedCount ?? .max) slices of \(count)\(replacing ? "" : " without replacement")",
          hint: "the number of slices must be at least that of the choices, or with replacement at least 1")
      }
      if let weights, weights.shape != [count] {
        throw TensorError(
          .shape, "choice", "the weights have the shape \(weights.shape); expected one for each of \(count) slices")
      }
      let places = try Self.chosenPlaces(shape, drawCount, count, key, replacing, weights?.settled)
      return settled.take(places, axis: axis)
    }
  }

  private static func chosenPlaces(
    _ shape: [Int], _ drawCount: Int, _ count: Int, _ key: RandomKey, _ replacing: Bool, _ weights: Tensor?
  ) throws(TensorError) -> Tensor {
    if drawCount == 0 { return Tensor.zeros(shape, dtype: .int64) }
    switch (weights, replacing) {
    case (nil, true): return randomIntegers(shape, key: key, in: 0..<count)
    case (nil, false):
      let draw = try Draw("choice", key, [count], .int64, allowed: [.int64])
      return draw.order(Tensor.arange(count, dtype: .int64), axis: 0)[0..<drawCount].reshaped(shape)
    case (let weights?, true):
      let draw = try Draw("choice", key, shape, weights.dtype)
      let sums = weights.cumsum(axis: 0)
      return searchSorted(sums, sums[-1] * (1 - draw.unit))
    case (let weights?, false):
      // The largest of log weights with Gumbel noise are a draw without replacement (Vieira 2014).
      let draw = try Draw("choice", key, [count], weights.dtype)
      return (draw.standardGumbel + log(weights)).topK(drawCount).indices.reshaped(shape)
    }
  }

  /// Returns random indices along an axis of logits, as int64: the probability of an index is in proportion to e to the
  /// power of its logit.
  ///
  /// They are those of JAX's `categorical`, by the Gumbel trick: the place of the largest logit with added noise.
  ///
  /// ```swift
  /// Tensor.categorical([4], key: key, logits: log(Tensor([0.2, 0.8])))
  /// ```
  ///
  /// - Parameters:
  ///   - shape: the sizes of further axes in front of those of the logits: how many indices are drawn of each line.
  ///   - key: a key that is used for nothing else.
  ///   - logits: logarithms of probabilities, up to a number that is added to all of a line; float64 or float32. -∞ is
  ///     never drawn.
  ///   - axis: the axis of the choices; a negative one counts from the end.
  public static func categorical(
    _ shape: [Int] = [], key: RandomKey, logits: Tensor, axis: Int = -1
  ) -> Tensor {
    drawing("categorical", key, [logits]) { () throws(TensorError) in
      guard let place = logits.checkedAxis(axis, "categorical") else { return Tensor(.invalid) }
      guard logits.shape[place] > 0 else {
        throw TensorError(.shape, "categorical", "axis \(axis) of shape \(logits.shape) has no choices")
      }
      let draw = try Draw("categorical", key, shape + logits.shape.dimensions, nil, [logits.settled])
      return (draw.standardGumbel + draw.parameters[0]).argmax(axis: shape.count + place)
    }
  }
}

extension Draw {
  /// A tensor in random order along an axis; the shape drawn is that of the tensor, or a vector as long as the axis.
  ///
  /// - Parameter x: what is put in order.
  fileprivate func order(_ x: Tensor, axis: Int) -> Tensor {
    // After r rounds of words of 32 bits, two of n elements had the same words with a probability of about n²/2³²ʳ⁺¹;
    // this is at most 1/n with the number of rounds that JAX and XLA take.
    let count = Double(Swift.max(1, x.count))
    let rounds = Int((3 * Double.log(count) / Double.log(0x1p32 - 1)).rounded(.up))
    var (x, rest) = (x, key)
    for _ in 0..<rounds {
      let keys = DerivedKeys(shape: [2, 2]).bound([rest.0, rest.1])
      let words = RandomBits(.int32, shape: shape).bind(keys[1, 0], keys[1, 1])
      // Sorted as unsigned numbers.
      let places = bitwiseXor(words, Tensor(Int32.min)).argsorted(axis: axis)
      x = x.lifted(beside: places).takeAlongAxis(places, axis: axis)
      rest = (keys[0, 0], keys[0, 1])
    }
    return x
  }
}
