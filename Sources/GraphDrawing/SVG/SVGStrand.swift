/// The path of an edge: vertical where it passes a row, a smooth curve from row to row, and an arrowhead.
struct SVGStrand {
  static let headLength = 8.0
  static let headHalf = 3.6

  let strand: ComponentLayout.Strand
  let role: Graph.Edge.Role

  /// The line, which ends inside the arrowhead.
  var path: String {
    var stops = strand.stops
    if role == .adjoint {
      stops[0].top += Self.headLength - 1
      stops[0].bottom = max(stops[0].bottom, stops[0].top)
    } else {
      stops[stops.count - 1].bottom -= Self.headLength - 1
      stops[stops.count - 1].top = min(stops[stops.count - 1].top, stops[stops.count - 1].bottom)
    }
    var path = "M\(stops[0].x.coordinate) \(stops[0].top.coordinate)"
    for (index, stop) in stops.enumerated() {
      if index > 0 {
        let last = stops[index - 1]
        let x = stop.x.coordinate
        let top = stop.top.coordinate
        if abs(stop.x - last.x) < 0.5 {
          path += "L\(x) \(top)"
        } else {
          let turn = self.turn(from: last, to: stop).coordinate
          path += "C\(last.x.coordinate) \(turn) \(x) \(turn) \(x) \(top)"
        }
      }
      if stop.bottom > stop.top { path += "V\(stop.bottom.coordinate)" }
    }
    return path
  }

  /// The height of a curve's control points: half-way down, but for the strands of a ribbon as far above or below as they
  /// are aside, so that they stay apart where the ribbon lies flat.
  private func turn(from start: ComponentLayout.Stop, to end: ComponentLayout.Stop) -> Double {
    let height = end.top - start.bottom
    let slope = max(-1, min(1, (end.x - start.x) / max(1, height)))
    let shift = max(-0.25 * height, min(0.25 * height, 1.3 * strand.offset * slope))
    return start.bottom + height / 2 - shift
  }

  /// The arrowhead: at the use, or at the operand for an adjoint.
  var head: String {
    let first = strand.stops[0]
    let last = strand.stops[strand.stops.count - 1]
    return role == .adjoint
      ? Self.head(x: first.x, y: first.top, length: Self.headLength)
      : Self.head(x: last.x, y: last.bottom, length: -Self.headLength)
  }

  /// A triangle with its tip at a point and its base at a vertical distance from it.
  static func head(x: Double, y: Double, length: Double) -> String {
    let base = (y + length).coordinate
    return "M\(x.coordinate) \(y.coordinate)L\((x - headHalf).coordinate) \(base)H\((x + headHalf).coordinate)Z"
  }
}
