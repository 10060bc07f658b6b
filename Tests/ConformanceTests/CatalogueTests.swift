import Jacobi
import Testing

/// The catalogue has every primitive of the sources, so that no primitive escapes the laws.
@Suite struct CatalogueTests {
  @Test func hasEveryPrimitive() throws {
    let index = try SourceIndex()
    let listed = Set(PrimitiveCatalog.all.map { "\($0)" })
    let declared = index.primitives
    #expect(declared.count > 20, "the sources are not read as they should be")
    for primitive in declared where !listed.contains(primitive.name) {
      Issue.record("\(primitive) is a primitive, but it is not in PrimitiveCatalog.all")
    }
    for name in listed where !declared.contains(where: { $0.name == name }) {
      Issue.record("\(name) is in PrimitiveCatalog.all, but not found in the sources")
    }
  }

  @Test func hasEachPrimitiveOnce() {
    let all = PrimitiveCatalog.all
    let types = Set(all.map { ObjectIdentifier($0) })
    #expect(types.count == all.count)
    let names = Set(all.map { $0.name })
    #expect(names.count == all.count, "two primitives have one name")
    for primitive in all {
      let found = PrimitiveCatalog.primitive(named: primitive.name).map { ObjectIdentifier($0) }
      #expect(found == ObjectIdentifier(primitive), "\(primitive.name)")
    }
  }

  /// Names are what program text has: a letter, then letters and digits, as Swift names are.
  @Test func namesAreIdentifiers() {
    for primitive in PrimitiveCatalog.all {
      #expect(primitive.name.first?.isLowercase == true, "\(primitive.name)")
      #expect(primitive.name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }, "\(primitive.name)")
    }
  }

  @Test(arguments: PrimitiveCatalog.all.indices) func hasSamples(_ index: Int) {
    let primitive = PrimitiveCatalog.all[index]
    #expect(!primitive.samples.isEmpty, "\(primitive.name)")
    for sample in primitive.samples {
      let own = ObjectIdentifier(type(of: sample.primitive))
      #expect(own == ObjectIdentifier(primitive), "a sample of \(primitive.name) is of another primitive")
      #expect(!sample.dtypes.isEmpty, "a sample of \(primitive.name) has no element type")
    }
  }
}
