import Engines

// Loops that programs contain, as loops of the code.

extension UnitEmitter {
  /// Memory for a tensor of a loop.
  func memory(_ byteCount: Int) -> String {
    byteCount <= 256 ? function.text.frame("[\(max(byteCount, 1)) x i8]") : reserve(byteCount)
  }

  /// Writes a loop that runs while a condition holds.
  func loop(_ shape: WhileShape, _ operands: [String], _ results: [String]) {
    let fixed = Array(operands[..<shape.fixedCount])
    let inPlace = module.unit(of: shape.body).inPlace
    let state = LoopState(self, shape.body.program.outputTypes, results: results) {
      inPlace[$0] == shape.fixedCount + $0
    }
    state.begin(Array(operands[shape.fixedCount...]))
    let flag = function.text.frame("i8", alignment: 1)
    let steps = function.text.frame("i64", alignment: 8)
    function.run("store i64 0, ptr \(steps), align 8")
    let (head, inside, after) = (
      function.text.label("while"), function.text.label("step"), function.text.label("done")
    )
    function.text.jump(to: head)
    function.text.begin(head)
    call(shape.condition, fixed + state.current(), [flag])
    let holds = function.load(.bool, at: flag).parts[0]
    // A failure ends the loop: what its condition is computed from may be wrong.
    let status = function.add("load i32, ptr %status, align 4")
    let isSound = function.add("icmp eq i32 \(status), 0")
    var goesOn = function.add("and i1 \(holds), \(isSound)")
    let count = function.add("load i64, ptr \(steps), align 8")
    if let maximum = shape.maximumSteps {
      let isTooMany = function.add("icmp sge i64 \(count), \(maximum)")
      function.fail(where: function.add("and i1 \(goesOn), \(isTooMany)"), lanes: 1)
      let isAllowed = function.add("xor i1 \(isTooMany), true")
      goesOn = function.add("and i1 \(goesOn), \(isAllowed)")
    }
    function.text.branch(goesOn, inside, after)
    function.text.begin(inside)
    call(shape.body, fixed + state.current(), state.next())
    state.advance()
    let next = function.add("add i64 \(count), 1")
    function.run("store i64 \(next), ptr \(steps), align 8")
    function.text.jump(to: head)
    function.text.begin(after)
    state.copy(to: Array(results.dropLast()))
    function.run(
      "store i64 \(function.add("load i64, ptr \(steps), align 8")), ptr \(results[results.count - 1]), align 8")
  }

  /// Writes a loop of a number of steps that is known before it begins.
  func loop(_ shape: LoopShape, _ operation: Graph.Operation, _ operands: [String], _ results: [String]) {
    let loop = LoopCode(self, shape, operation, operands, results)
    switch shape.reversal {
    case .every(let distance): loop.writeSegments(of: distance)
    case .binomial(let slots): loop.writeReversal(slots: slots)
    case nil: loop.write()
    }
  }
}
