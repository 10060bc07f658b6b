/// Counting the edges that cross.
enum Crossings {
  /// How many pairs of strands cross, given the order of the rows and every item's place in its row.
  ///
  /// For each row in O(links · log items), with a tree of partial sums. (Barth, Jünger and Mutzel, *Simple and Efficient
  /// Bilayer Cross Counting*, 2002.)
  static func count(_ rows: [[Int]], _ graph: LayeredGraph, _ place: [Int]) -> Int {
    var total = 0
    for row in rows.indices.dropLast() {
      var sums = [Int](repeating: 0, count: rows[row + 1].count + 1)
      var sum = 0
      for item in rows[row] {
        let links = graph.below[item].map { (place: place[graph.links[$0].lower], weight: graph.links[$0].weight) }
        // The strands from the same item do not cross, so all are counted before any is entered.
        for link in links {
          var index = link.place + 1
          var within = 0
          while index > 0 {
            within += sums[index]
            index &= index - 1
          }
          total += link.weight * (sum - within)
        }
        for link in links {
          var index = link.place + 1
          while index < sums.count {
            sums[index] += link.weight
            index += index & -index
          }
          sum += link.weight
        }
      }
    }
    return total
  }

  /// How many pairs of strands cross between two neighbouring items, given the sorted places of their other ends.
  static func count(_ left: [Int], _ right: [Int]) -> Int {
    var total = 0
    var smaller = 0
    for place in left {
      while smaller < right.count, right[smaller] < place { smaller += 1 }
      total += smaller
    }
    return total
  }
}
