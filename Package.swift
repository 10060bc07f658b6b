// swift-tools-version: 6.0
import PackageDescription

// The layers of Jacobi. Imports go one way only, from the bottom of this list to its top.
let package = Package(
  name: "jacobi",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Jacobi", targets: ["Jacobi"]),
    .library(name: "JacobiTesting", targets: ["JacobiTesting"]),
    .executable(name: "jacobi", targets: ["jacobi-tool"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0"),
  ],
  targets: [
    // Values.
    .target(
      name: "HostTensors",
      dependencies: [.product(name: "Numerics", package: "swift-numerics")]),
    // Libraries that are found when the process runs: BLAS, LAPACK.
    .target(name: "HostLibraries", dependencies: ["HostTensors"]),
    // Programs, the primitive protocol, tracing.
    .target(name: "ProgramModule", dependencies: ["HostTensors"]),
    // One struct per elementary primitive; the public functions.
    .target(name: "Primitives", dependencies: ["ProgramModule", "HostLibraries"]),
    // Factorizations of matrices, and what is solved with them.
    .target(
      name: "LinearAlgebra",
      dependencies: ["Primitives", "HostLibraries", .product(name: "Numerics", package: "swift-numerics")]),
    // Fourier transforms, and what is computed by them.
    .target(
      name: "Spectral",
      dependencies: ["Primitives", .product(name: "Numerics", package: "swift-numerics")]),
    // Functions of statistics and physics that are evaluated by series and integrals.
    .target(
      name: "SpecialFunctions",
      dependencies: ["Primitives", .product(name: "Numerics", package: "swift-numerics")]),
    // (Program) -> Program.
    .target(name: "Passes", dependencies: ["ProgramModule"]),
    // Derivatives of recordings and of programs: the linear tape, calls.
    .target(name: "Linearization", dependencies: ["Primitives"]),
    // One folder per primitive that contains programs: loops, branches, checkpoints, rules of the user's own.
    .target(name: "ControlPrimitives", dependencies: ["Linearization", "Passes"]),
    // What runs programs.
    .target(name: "Engines", dependencies: ["ProgramModule", "HostLibraries"]),
    // Machine code for the CPU, through LLVM where that is found at run time.
    .target(
      name: "NativeEngine",
      dependencies: ["Engines", "Passes", "HostLibraries", .product(name: "Numerics", package: "swift-numerics")]),
    // One verb per file: jvp, vjp, grad, jacobian, hessian, vmap, ...
    .target(
      name: "Transforms",
      dependencies: [
        "ControlPrimitives", "LinearAlgebra", "Spectral", "SpecialFunctions", "Passes", "Engines",
      ]),
    // The umbrella that users import.
    .target(
      name: "Jacobi",
      dependencies: [
        "Transforms", "NativeEngine", .product(name: "ComplexModule", package: "swift-numerics"),
      ]),
    // Gradient checks and laws, for users too.
    .target(name: "JacobiTesting", dependencies: ["Jacobi"]),

    // The command line tool.
    .target(name: "FormulaLanguage"),
    .target(name: "GraphDrawing"),
    .target(
      name: "JacobiCommands",
      dependencies: [
        "Jacobi", "JacobiTesting", "FormulaLanguage", "GraphDrawing",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(name: "jacobi-tool", dependencies: ["JacobiCommands"]),

    .target(name: "RandomPrograms", dependencies: ["JacobiTesting"], path: "Tests/RandomPrograms"),
    .testTarget(
      name: "HostTensorsTests",
      dependencies: ["HostTensors", .product(name: "Numerics", package: "swift-numerics")], exclude: ["Fixtures"]),
    .testTarget(name: "HostLibrariesTests", dependencies: ["HostLibraries"]),
    .testTarget(
      name: "LinearAlgebraTests",
      dependencies: [
        "Jacobi", "JacobiTesting", "LinearAlgebra", "HostLibraries",
        .product(name: "Numerics", package: "swift-numerics"),
      ], exclude: ["Fixtures"]),
    .testTarget(
      name: "SpectralTests",
      dependencies: ["Jacobi", "JacobiTesting", "Spectral", .product(name: "Numerics", package: "swift-numerics")],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "SpecialFunctionsTests",
      dependencies: [
        "Jacobi", "JacobiTesting", "SpecialFunctions", .product(name: "Numerics", package: "swift-numerics"),
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "ProgramModuleTests",
      dependencies: [
        "Jacobi", "JacobiTesting", "RandomPrograms", .product(name: "Numerics", package: "swift-numerics"),
      ]),
    .target(name: "TestDevice", dependencies: ["Jacobi"], path: "Tests/TestDevice"),
    .testTarget(name: "EnginesTests", dependencies: ["Jacobi", "TestDevice"]),
    .testTarget(
      name: "NativeEngineTests",
      dependencies: [
        "Jacobi", "JacobiTesting", "RandomPrograms", "NativeEngine", "HostLibraries", "allocation-counter",
      ],
      exclude: ["Fixtures"]),
    .executableTarget(
      name: "allocation-counter", dependencies: ["Jacobi", "CountedAllocation"], path: "Tests/AllocationCounter"),
    .target(name: "CountedAllocation", path: "Tests/CountedAllocation"),
    .testTarget(name: "PassesTests", dependencies: ["Jacobi", "RandomPrograms"]),
    .target(name: "TestSupport", dependencies: ["Jacobi"], path: "Tests/TestSupport"),
    .testTarget(name: "LinearizationTests", dependencies: ["Jacobi", "TestSupport"]),
    .testTarget(name: "ControlPrimitivesTests", dependencies: ["Jacobi", "TestSupport"]),
    .testTarget(name: "TransformsTests", dependencies: ["Jacobi", "TestSupport"]),
    .testTarget(name: "FormulaLanguageTests", dependencies: ["FormulaLanguage", "JacobiTesting", "TestSupport"]),
    .testTarget(
      name: "PrimitivesTests",
      dependencies: [
        "Jacobi", "JacobiTesting", "Primitives", "TestSupport", .product(name: "Numerics", package: "swift-numerics"),
      ],
      exclude: ["Fixtures"]),
    .testTarget(name: "TypeCheckingTests", dependencies: ["Jacobi"]),
    .testTarget(name: "JacobiTestingTests", dependencies: ["JacobiTesting"]),
    .testTarget(name: "LawTests", dependencies: ["JacobiTesting", "Jacobi", "TestDevice"]),
    .testTarget(name: "ConformanceTests", dependencies: ["Jacobi", "hostile-arguments"]),
    .executableTarget(name: "hostile-arguments", dependencies: ["Jacobi"], path: "Tests/HostileArguments"),
    .testTarget(name: "GraphDrawingTests", dependencies: ["GraphDrawing"]),
    .testTarget(name: "DocumentationTests", dependencies: ["Jacobi", "JacobiTesting", "jacobi-tool"]),
    .testTarget(
      name: "JacobiCommandsTests",
      dependencies: ["JacobiCommands", "Jacobi", "JacobiTesting", "TestSupport", "jacobi-tool"]),
  ],
  swiftLanguageModes: [.v6]
)

// Modules re-export those below them, but a module is compiled again only when one changes that it names: so each names all
// that it sees.
for target in package.targets {
  var seen: [String] = []
  func see(_ dependencies: [Target.Dependency]) {
    for case .byNameItem(let name, _) in dependencies where !seen.contains(name) {
      seen.append(name)
      see(package.targets.first { $0.name == name }?.dependencies ?? [])
    }
  }
  see(target.dependencies)
  let named = target.dependencies.compactMap { if case .byNameItem(let name, _) = $0 { name } else { nil } }
  target.dependencies += seen.filter { !named.contains($0) }.map { .byName(name: $0) }
}

// `Scripts/sanitize.sh` builds the tests that it runs, and no others: with JACOBI_TEST_TARGETS=A,B the package consists of
// these test targets and what they need.
if let names = Context.environment["JACOBI_TEST_TARGETS"] {
  var needed: Set<String> = []
  func need(_ name: String) {
    guard let target = package.targets.first(where: { $0.name == name }), needed.insert(name).inserted else { return }
    for case .byNameItem(let name, _) in target.dependencies { need(name) }
  }
  for name in names.split(separator: ",") { need(String(name)) }
  package.targets.removeAll { !needed.contains($0.name) }
  package.products = []
}
