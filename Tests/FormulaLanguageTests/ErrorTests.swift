import FormulaLanguage
import Testing

/// A source and what is said about it.
struct Complaint: Sendable, CustomTestStringConvertible {
  var source: String
  var text: String
  var testDescription: String { text }

  init(_ source: String, _ text: String) {
    self.source = source
    self.text = text
  }
}

@Suite struct ErrorTests {
  @Test(arguments: Complaint.characters + Complaint.structure + Complaint.operands + Complaint.names)
  func formula(golden: Complaint) {
    #expect(complaint(golden.source) == golden.text)
  }

  @Test(arguments: Complaint.assignments)
  func assignments(golden: Complaint) {
    do throws(FormulaError) {
      let parsed = try Assignments(parsing: golden.source)
      Issue.record("parsed: \(parsed)")
    } catch {
      #expect(error.description == golden.text)
    }
  }

  @Test(arguments: Complaint.directions)
  func directions(golden: Complaint) {
    do throws(FormulaError) {
      let parsed = try Assignments.values(parsing: golden.source, for: ["x", "y"])
      Issue.record("parsed: \(parsed)")
    } catch {
      #expect(error.description == golden.text)
    }
  }

  @Test func place() {
    do throws(FormulaError) {
      _ = try parsed("x\n\ne\u{301} = 1; e\u{301}*日本 + foo")
      Issue.record("no error")
    } catch {
      #expect(error.line == 3)
      #expect(error.column == 10)
      #expect(error.range == 16..<22)
      #expect(error.message == "unknown name '日本'")
    }
  }

  /// Any range can be marked in any source.
  @Test func anyRange() {
    let source = "é\t日本\r\n\u{1F468}\u{200D}\u{1F469}x\n"
    for lower in -2...source.utf8.count + 2 {
      for upper in lower...source.utf8.count + 2 {
        let error = FormulaError("m", at: lower..<upper, in: source)
        #expect(error.description.hasPrefix("error: line "))
      }
    }
  }
}
