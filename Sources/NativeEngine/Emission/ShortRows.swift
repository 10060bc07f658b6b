/// What is to be stored in rows of a few elements, several rows side by side, collected column by column.
struct ShortRows {
  /// The number of elements of a row; 1 where nothing is kept back.
  let count: Int
  /// The values, in the order in which they are first stored.
  private(set) var columns: [Columns] = []

  /// The elements of one value.
  struct Columns {
    let value: Int
    /// Where each column is stored, for the first of the rows.
    var places: [AffineIndex]
    var codes: [ScalarCode]

    /// Where the rows begin, when these are all elements of rows of so many, in their order.
    func start(ofRowsOf count: Int) -> AffineIndex? {
      guard codes.count == count, codes[0].dtype != .bool, places[0].dynamics.isEmpty else { return nil }
      let isWhole = places.enumerated().allSatisfy { column, place in
        place.constant == places[0].constant + column && place.terms == places[0].terms
      }
      return isWhole ? places[0] : nil
    }
  }

  init(count: Int = 1) { self.count = count }

  mutating func add(_ code: ScalarCode, _ value: Int, _ place: AffineIndex) {
    if let index = columns.firstIndex(where: { $0.value == value }) {
      columns[index].places.append(place)
      columns[index].codes.append(code)
    } else {
      columns.append(Columns(value: value, places: [place], codes: [code]))
    }
  }
}
