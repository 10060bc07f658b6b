/// Placing things in a line, in a given order and at least given distances apart, as close as can be to where they
/// would like to be.
enum Isotonic {
  /// The places that minimize the sum of squared displacements, all within `low...high`.
  ///
  /// `distances[i]` is the least distance between the things `i` and `i + 1`. By pooling adjacent violators, in linear
  /// time; clamping to bounds that are the same for all keeps the minimum.
  static func places(desired: [Double], distances: [Double], low: Double, high: Double) -> [Double] {
    var offsets = [0.0]
    for distance in distances.prefix(max(0, desired.count - 1)) { offsets.append((offsets.last ?? 0) + distance) }
    var pools: [(sum: Double, count: Int)] = []
    for (want, offset) in zip(desired, offsets) {
      var pool = (sum: want - offset, count: 1)
      while let last = pools.last, last.sum * Double(pool.count) > pool.sum * Double(last.count) {
        pool = (last.sum + pool.sum, last.count + pool.count)
        pools.removeLast()
      }
      pools.append(pool)
    }
    let limit = max(low, high - (offsets.last ?? 0))
    var places: [Double] = []
    for pool in pools {
      let place = min(max(pool.sum / Double(pool.count), low), limit)
      for _ in 0..<pool.count { places.append(place + offsets[places.count]) }
    }
    return places
  }
}
