// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "workbook",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "NDArrays", targets: ["NDArrays"]),
    .library(name: "Tensors", targets: ["Tensors"]),
    .library(name: "NN", targets: ["NN"]),
    .library(name: "Optim", targets: ["Optim"]),
    .executable(name: "workbook", targets: ["workbook"]),
    .library(name: "WorkbookTesting", targets: ["WorkbookTesting"]),
    .plugin(name: "WorkbookPlugin", targets: ["WorkbookPlugin"]),
  ],
  targets: [
    // The library: what chapters import.
    .target(name: "WorkbookKernels"),
    .target(name: "WorkbookArrays", dependencies: ["WorkbookKernels"]),
    .target(name: "NDArrays", dependencies: ["WorkbookArrays"]),
    .target(name: "Tensors", dependencies: ["NDArrays", "WorkbookArrays"]),
    .target(name: "NN", dependencies: ["Tensors", "WorkbookArrays"]),
    .target(name: "Optim", dependencies: ["Tensors", "WorkbookArrays"]),
    .executableTarget(
      name: "WorkbookBenchmarks",
      dependencies: ["WorkbookArrays", "NDArrays", "Tensors", "NN", "Optim"]),

    // What its tests share: the figures of NumPy and PyTorch, with the scripts that made them.
    .target(
      name: "WorkbookTestSupport", dependencies: ["Tensors"], path: "Tests/WorkbookTestSupport",
      exclude: ["Scripts"], resources: [.copy("Fixtures")]),
    .testTarget(
      name: "WorkbookArraysTests", dependencies: ["WorkbookArrays", "WorkbookTestTools"]),
    .testTarget(
      name: "NDArraysTests",
      dependencies: ["NDArrays", "WorkbookArrays", "WorkbookTestSupport", "WorkbookTestTools"]),
    .testTarget(
      name: "TensorsTests",
      dependencies: ["NDArrays", "Tensors", "WorkbookTestSupport", "WorkbookTestTools"]),
    .testTarget(
      name: "NNTests",
      dependencies: ["NN", "NDArrays", "Optim", "WorkbookTestSupport", "WorkbookTestTools"]),
    .testTarget(name: "OptimTests", dependencies: ["Optim", "WorkbookTestSupport"]),

    // The runner: knows the library only as a package that it builds and links.
    .target(name: "WorkbookSystem"),
    .target(name: "WorkbookChapters", dependencies: ["WorkbookSystem"]),
    .target(name: "WorkbookConfinement", dependencies: ["WorkbookSystem"]),
    .target(
      name: "WorkbookCore",
      dependencies: ["WorkbookSystem", "WorkbookChapters", "WorkbookConfinement"]),
    .target(
      name: "WorkbookSite", dependencies: ["WorkbookSystem", "WorkbookChapters", "WorkbookCore"]),
    .executableTarget(
      name: "workbook",
      dependencies: [
        "WorkbookSystem", "WorkbookChapters", "WorkbookConfinement", "WorkbookCore", "WorkbookSite",
      ]),
    // It starts the command, and imports nothing of it.
    .target(name: "WorkbookTesting", dependencies: ["workbook"]),
    // It asks for no permission: on Linux it needs none, and would be asked for it every time.
    .plugin(
      name: "WorkbookPlugin",
      capability: .command(
        intent: .custom(verb: "workbook", description: "Run the Swift cells of Markdown files")),
      dependencies: ["workbook"], path: "Sources/WorkbookPlugin"),
    .target(name: "WorkbookTestTools", path: "Tests/WorkbookTestTools"),
    .testTarget(
      name: "WorkbookSystemTests", dependencies: ["WorkbookSystem", "WorkbookTestTools"]),
    .testTarget(
      name: "WorkbookChaptersTests",
      dependencies: ["WorkbookChapters", "WorkbookSystem", "WorkbookTestTools"],
      resources: [.copy("Fixtures")]),
    .testTarget(
      name: "WorkbookConfinementTests",
      dependencies: [
        "WorkbookConfinement", "WorkbookChapters", "WorkbookSystem", "workbook",
        "WorkbookTestTools",
      ]),
    .testTarget(
      name: "WorkbookCoreTests",
      dependencies: [
        "WorkbookSystem", "WorkbookChapters", "WorkbookConfinement", "WorkbookCore", "workbook",
        "WorkbookTestTools",
      ]),
    .testTarget(
      name: "WorkbookSiteTests",
      dependencies: [
        "WorkbookSystem", "WorkbookChapters", "WorkbookCore", "WorkbookSite", "WorkbookTestTools",
      ]),
    .testTarget(
      name: "WorkbookTestingTests", dependencies: ["WorkbookTesting", "WorkbookTestTools"]),
    .testTarget(
      name: "WorkbookTests",
      dependencies: [
        "WorkbookSystem", "WorkbookChapters", "WorkbookCore", "WorkbookSite", "workbook",
      ],
      exclude: ["Cases"]),
  ],
  swiftLanguageModes: [.v6]
)
