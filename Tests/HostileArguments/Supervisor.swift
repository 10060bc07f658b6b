import Foundation
import Jacobi

/// Runs the attack in processes of its own, so that a stop is a finding and the rest is still done.
struct Supervisor {
  let program: String
  var stride = 1
  var word = ""

  /// The case that is being done: it is in this file before it begins.
  private let log = FileManager.default.temporaryDirectory.appendingPathComponent(
    "hostile-\(ProcessInfo.processInfo.processIdentifier).log")

  init(program: String) { self.program = program }

  /// Does all cases; answers with what was found.
  func run() throws -> [String] {
    defer { try? FileManager.default.removeItem(at: log) }
    var findings: [String] = []
    var next = 0
    while true {
      try Data().write(to: log)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: program)
      process.arguments = ["--child", log.path, "\(next)", "\(stride)", word]
      let output = Pipe()
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try process.run()
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      for finding in text.split(separator: "\n") { add(String(finding), to: &findings) }
      if process.terminationReason == .exit && process.terminationStatus == 0 { return findings }
      let last = String(decoding: try Data(contentsOf: log), as: UTF8.self).split(separator: "\n").first ?? ""
      let fields = last.split(separator: " ", maxSplits: 1)
      guard fields.count == 2, let index = Int(fields[0]) else {
        add("the attack ended with status \(process.terminationStatus) before its first case", to: &findings)
        return findings
      }
      let why = process.terminationStatus == SIGALRM ? "it took too long" : "it stopped the process"
      add("\(fields[1]): \(why) (status \(process.terminationStatus), case \(index))", to: &findings)
      // The next one of the same row, also when the eager application that it is compared with was to blame.
      next += (max(index - next, 0) / stride + 1) * stride
      if findings.count > 500 { return findings + ["and more"] }
    }
  }
}

/// Keeps a finding, and prints it at once.
private func add(_ finding: String, to findings: inout [String]) {
  FileHandle.standardOutput.write(Data((finding + "\n").utf8))
  findings.append(finding)
}

/// Whether a sanitizer watches this process, which reserves terabytes for itself and makes everything slower.
let isSanitized = Sanitizer.current != nil

/// A process that does cases, writes each into the log before it begins, and prints what is wrong.
func runChild(log: String, first: Int, stride: Int, word: String) {
  let file = open(log, O_WRONLY)
  #if os(Linux)
    // What needs more than a few gigabytes has not checked its sizes.
    if !isSanitized {
      var limit = rlimit(rlim_cur: 6 << 30, rlim_max: 6 << 30)
      setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    }
  #endif
  MemoryLimit.bytes = 1 << 24
  var attack = Attack(first: first, stride: stride, word: word)
  attack.begin = { index, name in
    // As long as the line before it, at least: a file is not shortened.
    let line = "\(index) \(name)\n" + String(repeating: " ", count: 300) + "\n"
    line.utf8CString.withUnsafeBytes { _ = pwrite(file, $0.baseAddress, $0.count - 1, 0) }
    alarm(isSanitized ? 200 : 20)
  }
  attack.complain = { name, what in
    // Not `print`, whose buffer would be lost with the process.
    let line = "\(name): \(what.split(separator: "\n").joined(separator: " / "))\n"
    FileHandle.standardOutput.write(Data(line.utf8))
  }
  _ = attack.run()
  alarm(0)
}
