import Foundation
import Testing

@testable import Notes

@Suite struct FileDescriptorTests {
  /// Both ends of a pipe that does not wait, closed at the end.
  private final class Pipe {
    let input: Int32
    let output: Int32

    init() {
      var ends: [Int32] = [0, 0]
      pipe(&ends)
      (output, input) = (ends[0], ends[1])
      _ = fcntl(input, F_SETFL, O_NONBLOCK)
    }

    deinit {
      close(input)
      close(output)
    }

    func read(_ count: Int) -> [UInt8] {
      var bytes = [UInt8](repeating: 0, count: count)
      let got = Foundation.read(output, &bytes, count)
      return Array(bytes.prefix(max(0, got)))
    }
  }

  @Test func goesOnWhereAFullPipeStoppedIt() {
    let pipe = Pipe()
    let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    var (done, stops) = (0, 0)
    var read: [UInt8] = []
    while true {
      let code = FileDescriptor.write(bytes, from: &done, to: pipe.input)
      while read.count < done { read += pipe.read(done - read.count) }
      if code == 0 { break }
      #expect(code == EAGAIN)
      stops += 1
    }
    #expect(stops > 2 && done == bytes.count && read == bytes)
  }

  @Test func saysWhyItCannotGoOn() {
    #expect(FileDescriptor.write([1], to: -1) == EBADF)
    #expect(FileDescriptor.write([], to: -1) == 0)
    let full = open("/dev/full", O_WRONLY)
    if full >= 0 {
      #expect(FileDescriptor.write([1], to: full) == ENOSPC)
      close(full)
    }
  }
}
