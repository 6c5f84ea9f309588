#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// The few functions of the C library's mathematics that skills need.
enum TaggerMath {
  static func log(_ x: Double) -> Double {
    #if canImport(Darwin)
      Darwin.log(x)
    #elseif canImport(Glibc)
      Glibc.log(x)
    #else
      Musl.log(x)
    #endif
  }

  /// 2 to the power of `x`.
  static func exp2(_ x: Double) -> Double {
    #if canImport(Darwin)
      Darwin.exp2(x)
    #elseif canImport(Glibc)
      Glibc.exp2(x)
    #else
      Musl.exp2(x)
    #endif
  }
}
