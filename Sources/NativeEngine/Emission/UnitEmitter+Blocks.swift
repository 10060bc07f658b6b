import Engines

extension UnitEmitter {
  /// Writes code that runs once for each of several blocks, which threads share.
  ///
  /// The code is a function of its own, which gets what it needs in memory: the pointers of this unit, and numbers that
  /// have been computed.
  ///
  /// - Parameters:
  ///   - count: the number of blocks.
  ///   - group: the loops that are divided.
  ///   - pointers: further pointers, which the closure gets under the names that they have in the function.
  ///   - write: writes the code for the block of a number.
  func inBlocks(
    _ count: Int, of group: Schedule.LoopGroup, sharing pointers: [String],
    _ write: (_ block: String, _ shared: [String]) -> Void
  ) {
    let reads = readsOf(group)
    saveNumbers(reads)
    let frames = framePointers(reads + group.members)
    let names = parameters.filter { $0 != "%status" } + ["%status"]
    let sharedNames = pointers.indices.map { "%shared\($0)" }
    let frameNames = frames.indices.map { "%frame\($0)" }
    let all = names + pointers + frames.map(\.pointer)
    let array = function.text.frame("[\(all.count) x ptr]", alignment: 16)
    for (index, pointer) in all.enumerated() {
      let slot = function.add("getelementptr inbounds ptr, ptr \(array), i64 \(index)")
      function.run("store ptr \(pointer), ptr \(slot), align 8")
    }
    let body = inFunction(frames: zip(frames, frameNames).map { ($0.value, $1) }) { inner in
      // A status of its own, so that threads do not undo each other's.
      inner.run("store i32 0, ptr \(inner.status), align 4")
      write("%block", sharedNames)
      let status = inner.add("load i32, ptr \(inner.status), align 4")
      inner.run("\(inner.text.name()) = atomicrmw or ptr %status, i32 \(status) monotonic")
      inner.run("ret void")
      let name = module.functionName()
      let list =
        names.map { "ptr \($0 == "%arena" ? "noalias " : "")\($0)" }
        + (sharedNames + frameNames).map { "ptr \($0)" } + ["i64 %block"]
      module.addFunction(
        "define internal void \(name)(\(list.joined(separator: ", "))) #0 {\nentry:\n" + inner.text.entry
          + inner.text.body + "}\n")
      return name
    }
    let unpacking = IRText()
    let given = all.indices.map { index -> String in
      let slot = unpacking.add("getelementptr inbounds ptr, ptr %array, i64 \(index)")
      return unpacking.add("load ptr, ptr \(slot), align 8")
    }
    unpacking.run("call void \(body)(\(given.map { "ptr \($0), " }.joined())i64 %block)")
    unpacking.run("ret void")
    let entry = module.functionName()
    module.addFunction(
      "define internal void \(entry)(ptr %array, i64 %block) #0 {\nentry:\n" + unpacking.entry + unpacking.body + "}\n")
    let run = module.runtimeFunction(.runBlocks)
    function.run("call void \(run)(ptr %environment, ptr \(entry), ptr \(array), i64 \(count))")
  }
}
