import Foundation
import Testing

/// The tutorial's table of finite differences and their errors.
@Suite struct DifferenceTableTests {
  /// The talk's function, of Swift numbers.
  private static func f(_ x1: Double, _ x2: Double) -> Double { log(x1) + x1 * x2 - sin(x2) }

  @Test func theErrorsAreThoseOfTheTable() throws {
    let rows = try Documents.text("Documentation/Tutorial.md").split(separator: "\n").filter { $0.hasPrefix("| 1e-") }
    #expect(rows.count == 10)
    for row in rows {
      let cells = row.split(separator: "|").compactMap { Double($0.filter { $0 != " " }) }
      try #require(cells.count == 3)
      let h = cells[0]
      let forward = abs((Self.f(2 + h, 5) - Self.f(2, 5)) / h - 5.5)
      let central = abs((Self.f(2 + h, 5) - Self.f(2 - h, 5)) / (2 * h) - 5.5)
      // Where rounding errors rule, their size is all that two systems share.
      let rounding = 11.65 * 0x1p-52 / h
      for (error, shown) in [(forward, cells[1]), (central, cells[2])] {
        let isClose = abs(error - shown) <= 0.06 * shown || (error <= 4 * rounding && shown <= 4 * rounding)
        #expect(isClose, "h = \(h): \(error) is not \(shown)")
      }
    }
  }
}
