// swift-tools-version: 6.0
import PackageDescription

// What Documentation/Decisions quotes as measured: swift run -c release --package-path Scripts/Measurements
let package = Package(
  name: "jacobi-measurements",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "jacobi", path: "../..")],
  targets: [.executableTarget(name: "Measurements", dependencies: [.product(name: "Jacobi", package: "jacobi")])],
  swiftLanguageModes: [.v6]
)
