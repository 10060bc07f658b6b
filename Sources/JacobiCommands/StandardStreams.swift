#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard input, output and error of the process, which may be closed, full, or without a reader.
public enum StandardStreams {
  /// Sees to it that no file which is opened later takes the place of a stream that is closed. Such a stream then is one on
  /// which nothing can be done, so that using it is an error.
  public static func open() {
    for (stream, mode) in [(0, O_WRONLY), (1, O_RDONLY), (2, O_RDONLY)] as [(Int32, Int32)]
    where fcntl(stream, F_GETFD) < 0 {
      // The lowest number that is free is taken, which is this one.
      _ = systemOpen("/dev/null", mode)
    }
  }

  /// All of standard input; `nil` when it cannot be read.
  public static func input() -> [UInt8]? { try? InputFile.read(0).get() }

  /// Writes what a run of the tool gave.
  ///
  /// - Returns: the exit status: that of the run, or 74 when the output cannot be written. If the reader has gone,
  ///   the process ends quietly by the signal for that, as other tools do.
  public static func write(_ result: CommandResult) -> Int32 {
    let failure = write(result.output, to: 1)
    _ = write(result.errors, to: 2)
    guard let failure else { return result.status }
    if failure == EPIPE {
      signal(SIGPIPE, SIG_DFL)
      raise(SIGPIPE)
    }
    _ = write("error: standard output cannot be written: \(String(cString: strerror(failure)))\n", to: 2)
    return ExitStatus.outputFailed
  }

  /// Writes all of a text.
  ///
  /// - Returns: the number of the error, if there was one.
  private static func write(_ text: String, to stream: Int32) -> Int32? {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = systemWrite(stream, rest.baseAddress, rest.count)
        if count < 0 && errno == EINTR { continue }
        if count < 0 { return errno }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
      return nil
    }
  }

  private static func systemOpen(_ path: String, _ mode: Int32) -> Int32 {
    #if canImport(Glibc)
      Glibc.open(path, mode)
    #elseif canImport(Musl)
      Musl.open(path, mode)
    #elseif canImport(Darwin)
      Darwin.open(path, mode)
    #endif
  }

  #if canImport(Glibc)
    private static let systemWrite = Glibc.write
  #elseif canImport(Musl)
    private static let systemWrite = Musl.write
  #elseif canImport(Darwin)
    private static let systemWrite = Darwin.write
  #endif
}
