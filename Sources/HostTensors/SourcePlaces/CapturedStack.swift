#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where the calls of a stack return to, the innermost first. To capture it takes microseconds; what it says in terms of
/// the source is looked up when somebody asks.
package struct CapturedStack: Hashable, Sendable {
  package private(set) var addresses: [Int]

  /// The stack of the caller; `nil` where it cannot be had.
  ///
  /// - Parameter limit: how many calls there are at most; further ones are left out.
  package static func capture(limit: Int = 64) -> CapturedStack? {
    guard let walk else { return nil }
    let addresses = withUnsafeTemporaryAllocation(of: Int.self, capacity: limit) { slots -> [Int] in
      guard let start = slots.baseAddress else { return [] }
      let count = Int(walk(start, Int32(limit)))
      return count > 0 ? Array(UnsafeBufferPointer(start: start, count: count)) : []
    }
    return addresses.isEmpty ? nil : CapturedStack(addresses: addresses)
  }

  /// The line of the user's code, such as `Model.swift:12`, where it can be had.
  package var place: String? { CallSite.place(of: self) }

  /// Leaves out the calls that another stack shares, the outermost ones.
  package mutating func removeCalls(sharedWith other: CapturedStack) {
    var shared = 0
    while shared < min(addresses.count, other.addresses.count),
      addresses[addresses.count - 1 - shared] == other.addresses[other.addresses.count - 1 - shared]
    { shared += 1 }
    addresses.removeLast(shared)
  }

  /// `backtrace` of the C library, which Swift's module does not have.
  private static let walk: (@convention(c) @Sendable (UnsafeMutablePointer<Int>, Int32) -> Int32)? = {
    #if os(Linux)
      guard let address = dlsym(dlopen(nil, RTLD_NOW), "backtrace") else { return nil }
      return unsafeBitCast(address, to: (@convention(c) @Sendable (UnsafeMutablePointer<Int>, Int32) -> Int32).self)
    #else
      return nil
    #endif
  }()
}
