/// The text of one function of a module while it is written: instructions in order, with names for values.
///
/// It belongs to one compilation, in one thread.
final class IRText {
  /// Instructions so far.
  private(set) var body = ""
  /// Memory that lives as long as the call, written at the function's entry.
  private(set) var entry = ""
  /// How many instructions there are.
  private(set) var count = 0
  private var nextName = 0
  private var nextLabel = 0

  /// A new name for a value.
  func name() -> String {
    nextName += 1
    return "%v\(nextName)"
  }

  /// Adds an instruction with a result, and names it.
  func add(_ instruction: String) -> String {
    let name = name()
    count += 1
    body += "  "
    body += name
    body += " = "
    body += instruction
    body += "\n"
    return name
  }

  /// Adds an instruction without a result.
  func run(_ instruction: String) {
    body += "  "
    body += instruction
    body += "\n"
  }

  /// Adds an instruction at the function's entry, whose result can be used everywhere.
  func addAtEntry(_ instruction: String) -> String {
    let name = name()
    entry += "  \(name) = \(instruction)\n"
    return name
  }

  /// Memory of a type in the function's frame.
  func frame(_ type: String, alignment: Int = 64) -> String {
    let name = name()
    entry += "  \(name) = alloca \(type), align \(alignment)\n"
    return name
  }

  /// Memory of a type in the function's frame, under a name.
  func addFrame(named name: String, _ type: String) { entry += "  \(name) = alloca \(type), align 8\n" }

  /// A new label.
  func label(_ hint: String) -> String {
    nextLabel += 1
    return "\(hint)\(nextLabel)"
  }

  /// Ends the block with a jump, and goes on in a new one.
  func jump(to label: String) { run("br label %\(label)") }

  /// Ends the block with a choice.
  func branch(_ condition: String, _ yes: String, _ no: String) {
    run("br i1 \(condition), label %\(yes), label %\(no)")
  }

  /// Begins a block.
  func begin(_ label: String) {
    body += label
    body += ":\n"
  }

  /// A loop with an index from a number up to another one; the closure writes its body.
  ///
  /// - Parameters:
  ///   - first: the first index, a number or a value.
  ///   - end: the index that ends the loop, a number or a value; the body runs only where the index is less.
  ///   - step: what is added, a positive number.
  func loop(
    from first: String, to end: String, step: Int = 1, _ write: (_ index: String) -> Void
  ) {
    // The index lives in the frame, from where LLVM puts it into a register.
    let counter = frame("i64", alignment: 8)
    let (head, inside, after) = (label("loop"), label("body"), label("after"))
    run("store i64 \(first), ptr \(counter), align 8")
    jump(to: head)
    begin(head)
    let index = add("load i64, ptr \(counter), align 8")
    let goesOn = add("icmp slt i64 \(index), \(end)")
    branch(goesOn, inside, after)
    begin(inside)
    write(index)
    let next = add("add nsw i64 \(index), \(step)")
    run("store i64 \(next), ptr \(counter), align 8")
    jump(to: head)
    begin(after)
  }

  /// Writes instructions that run only where a condition holds.
  func when(_ condition: String, _ write: () -> Void) {
    let (yes, after) = (label("then"), label("after"))
    branch(condition, yes, after)
    begin(yes)
    write()
    jump(to: after)
    begin(after)
  }
}
