#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Writing to what is open: a file, a pipe, a terminal.
public enum FileDescriptor {
  /// Writes `bytes` from the first that is not done to the end, however many calls that takes.
  ///
  /// - Parameter done: How many bytes have been written, counted on as they are.
  /// - Returns: 0, or the C library's error number of the call that wrote nothing.
  public static func write(_ bytes: [UInt8], from done: inout Int, to descriptor: Int32) -> Int32 {
    bytes.withUnsafeBytes { raw in
      while done < raw.count {
        let rest = UnsafeRawBufferPointer(rebasing: raw[done...])
        #if canImport(Darwin)
          let wrote = Darwin.write(descriptor, rest.baseAddress, rest.count)
        #elseif canImport(Glibc)
          let wrote = Glibc.write(descriptor, rest.baseAddress, rest.count)
        #else
          let wrote = Musl.write(descriptor, rest.baseAddress, rest.count)
        #endif
        if wrote > 0 {
          done += wrote
        } else if wrote == 0 {
          return EIO
        } else if errno != EINTR {
          return errno
        }
      }
      return 0
    }
  }

  /// Writes all bytes; 0, or the error number of what failed.
  public static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    var done = 0
    return write(bytes, from: &done, to: descriptor)
  }
}
