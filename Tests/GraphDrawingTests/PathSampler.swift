/// Points on a path of the kind that `SVGStrand` writes: absolute `M`, `L`, `C` and `V` commands.
enum PathSampler {
  static func points(of path: String) -> [(x: Double, y: Double)] {
    var points: [(x: Double, y: Double)] = []
    for (command, numbers) in commands(of: path) {
      guard let last = points.last else {
        points.append((numbers[0], numbers[1]))
        continue
      }
      for step in 1...24 {
        let t = Double(step) / 24
        switch command {
        case "V": points.append((last.x, last.y + t * (numbers[0] - last.y)))
        case "L": points.append((last.x + t * (numbers[0] - last.x), last.y + t * (numbers[1] - last.y)))
        default:
          let x = bezier(t, last.x, numbers[0], numbers[2], numbers[4])
          points.append((x, bezier(t, last.y, numbers[1], numbers[3], numbers[5])))
        }
      }
    }
    return points
  }

  private static func bezier(_ t: Double, _ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double {
    let s = 1 - t
    let ends = s * s * s * a + t * t * t * d
    return ends + 3 * s * t * (s * b + t * c)
  }

  private static func commands(of path: String) -> [(Character, [Double])] {
    var commands: [(Character, String)] = []
    for character in path {
      if character.isLetter {
        commands.append((character, ""))
      } else {
        commands[commands.count - 1].1.append(character)
      }
    }
    return commands.map { ($0.0, $0.1.split(separator: " ").compactMap { Double($0) }) }
  }
}
