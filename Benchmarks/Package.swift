// swift-tools-version: 6.0
import PackageDescription

// The benchmarks are a package of their own, so that users of the library do not fetch what they need.
let package = Package(
  name: "jacobi-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "jacobi", path: ".."),
    .package(url: "https://github.com/google/swift-benchmark", from: "0.1.2"),
  ],
  targets: [
    .executableTarget(
      name: "EagerBenchmarks",
      dependencies: [
        .product(name: "Jacobi", package: "jacobi"), .product(name: "Benchmark", package: "swift-benchmark"),
      ]),
    .executableTarget(name: "MemoryBenchmarks", dependencies: [.product(name: "Jacobi", package: "jacobi")]),
    .executableTarget(name: "NativeBenchmarks", dependencies: [.product(name: "Jacobi", package: "jacobi")]),
    .executableTarget(name: "CompileTimeBenchmarks", dependencies: [.product(name: "Jacobi", package: "jacobi")]),
    .executableTarget(name: "CallBenchmarks", dependencies: [.product(name: "Jacobi", package: "jacobi")]),
    .executableTarget(name: "PeerBenchmarks", dependencies: [.product(name: "Jacobi", package: "jacobi")]),
    .executableTarget(name: "ShapeBenchmarks", dependencies: [.product(name: "Jacobi", package: "jacobi")]),
    .executableTarget(name: "GaussianProcess", dependencies: [.product(name: "Jacobi", package: "jacobi")]),
    .executableTarget(name: "LinearAlgebraBenchmarks", dependencies: [.product(name: "Jacobi", package: "jacobi")]),
    .executableTarget(name: "LoopBenchmarks", dependencies: [.product(name: "Jacobi", package: "jacobi")]),
    .executableTarget(name: "RandomBenchmarks", dependencies: [.product(name: "Jacobi", package: "jacobi")]),
  ],
  swiftLanguageModes: [.v6]
)
