/// The colours of all the pictures. The pairs that matter differ in lightness as well as in hue, for the colour-blind.
enum Palette {
  static let background = "#ffffff"
  static let frame = "#d5dae1"
  static let ink = "#1f2933"
  static let muted = "#64707f"

  static func fill(_ role: Graph.Node.Role) -> String {
    switch role {
    case .input: "#e6f5ec"
    case .constant: "#f1f3f5"
    case .operation: "#ffffff"
    case .output: "#f0ebfb"
    }
  }

  static func border(_ role: Graph.Node.Role) -> String {
    switch role {
    case .input: "#2f8557"
    case .constant: "#98a2ae"
    case .operation: "#52606d"
    case .output: "#6f4bc0"
    }
  }

  static func stroke(_ role: Graph.Edge.Role) -> String {
    switch role {
    case .primal: "#52606d"
    case .tangent: "#1668b8"
    case .adjoint: "#c8451b"
    }
  }

  static func text(_ quantity: Quantity?) -> String {
    switch quantity {
    case .value: ink
    case .tangent: stroke(.tangent)
    case .adjoint: stroke(.adjoint)
    case nil: muted
    }
  }
}
