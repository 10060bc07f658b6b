import Foundation

/// Whether this is a release build, where the long tests run in full; `JACOBI_FUZZ=full` runs them in a debug build.
package let isThorough: Bool = {
  #if DEBUG
    return ProcessInfo.processInfo.environment["JACOBI_FUZZ"] == "full"
  #else
    return true
  #endif
}()
