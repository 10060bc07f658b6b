import Foundation
import Jacobi

/// A system that is timed.
protocol Contestant: AnyObject {
  var name: String { get }
  /// Makes a function ready, and calls it once; nothing where the system does not have it.
  func prepare(_ name: String, _ kind: Kind) -> Preparation?
  /// The nanoseconds of so many calls of what was prepared last.
  func run(_ count: Int) -> Double
}

/// What the first call took and gave.
struct Preparation {
  var nanoseconds: Double
  var sum: Double
  var squares: Double

  /// Whether two results are the same to rounding.
  func agrees(with other: Preparation) -> Bool {
    func isClose(_ a: Double, _ b: Double, _ size: Double) -> Bool { abs(a - b) <= 1e-9 * size }
    // The sum may be small by cancellation.
    return isClose(squares, other.squares, squares) && isClose(sum, other.sum, max(squares.squareRoot(), abs(sum)))
  }
}

/// This library, by `jit`.
final class Ours: Contestant {
  let name = "Jacobi"
  private var call: () -> [Tensor] = { [] }

  func prepare(_ name: String, _ kind: Kind) -> Preparation? {
    guard let function = (allFunctions + [product]).first(where: { $0.name == name }) else { return nil }
    let arguments = kind.arguments(function)
    let clock = ContinuousClock()
    let start = clock.now
    let compiled = jit(kind.computed(function))
    call = { compiled(arguments) }
    let results = call()
    let time = nanoseconds(clock.now - start)
    let all = results.flatMap { $0.reshaped(-1).scalars(as: Double.self) }
    return Preparation(
      nanoseconds: time, sum: all.reduce(0, +), squares: all.reduce(0) { $0 + $1 * $1 })
  }

  func run(_ count: Int) -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    for _ in 0..<count { _ = call() }
    return nanoseconds(clock.now - start)
  }
}

func nanoseconds(_ duration: Duration) -> Double {
  Double(duration.components.seconds) * 1e9 + Double(duration.components.attoseconds) * 1e-9
}

/// Another system, in a process of its own; see `Peers/peer.py`.
final class Peer: Contestant {
  let name: String
  private let process = Process()
  private let (toPeer, fromPeer) = (Pipe(), Pipe())
  private var unread = Data()

  /// Nothing where the process does not begin.
  init?(_ name: String, _ command: [String], folder: String) {
    self.name = name
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardInput = toPeer
    process.standardOutput = fromPeer
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { return nil }
    guard line() == "ready" else { return nil }
  }

  deinit { process.terminate() }

  private func line() -> String? {
    while true {
      if let end = unread.firstIndex(of: 10) {
        let text = String(decoding: unread[..<end], as: UTF8.self)
        unread = Data(unread[(end + 1)...])
        return text
      }
      let more = fromPeer.fileHandleForReading.availableData
      if more.isEmpty { return nil }
      unread += more
    }
  }

  private func ask(_ text: String) -> [Double]? {
    toPeer.fileHandleForWriting.write(Data((text + "\n").utf8))
    return line().map { $0.split(separator: " ").compactMap { Double($0) } }
  }

  func prepare(_ name: String, _ kind: Kind) -> Preparation? {
    guard let answer = ask("prepare \(name) \(kind.rawValue)"), answer.count == 3 else { return nil }
    return Preparation(nanoseconds: answer[0], sum: answer[1], squares: answer[2])
  }

  func run(_ count: Int) -> Double { ask("run \(count)")?.first ?? .nan }
}
