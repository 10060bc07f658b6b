/// What the sources declare, as far as the conformance tests need it.
struct SourceIndex {
  let declarations: [Declaration]
  /// The protocols that a type or protocol names itself, in its declaration or an extension.
  private var direct: [String: Set<String>] = [:]

  /// The names of what each protocol requires.
  private var requirements: [String: Set<String>] = [:]

  init() throws {
    declarations = try SourceFile.all(in: "Sources").flatMap(\.declarations)
    for declaration in declarations
    where ["struct", "class", "enum", "protocol", "extension"].contains(declaration.keyword) {
      direct[declaration.name, default: []].formUnion(declaration.conformances)
    }
    let protocols = Set(declarations.filter { $0.keyword == "protocol" }.map(\.name))
    for declaration in declarations {
      guard let context = declaration.context.last, protocols.contains(context) else { continue }
      requirements[context, default: []].insert(declaration.name)
    }
  }

  /// All protocols that a type conforms to, also through other protocols.
  func protocols(of name: String) -> Set<String> {
    var known: Set<String> = []
    var pending = Array(direct[name] ?? [])
    while let next = pending.popLast() {
      if known.insert(next).inserted { pending += direct[next] ?? [] }
    }
    return known
  }

  /// The names of what a protocol of this package requires.
  func requirements(of name: String) -> Set<String> { requirements[name] ?? [] }

  /// The types that conform to `Primitive`.
  var primitives: [Declaration] {
    declarations.filter {
      ["struct", "enum", "class"].contains($0.keyword) && protocols(of: $0.name).contains("Primitive")
    }
  }
}
