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
  ],
  targets: [
    // The library: what chapters import.
    .target(name: "Kernels"),
    .target(name: "NDArrays", dependencies: ["Kernels"]),
    .target(name: "Tensors", dependencies: ["NDArrays", "Kernels"]),
    .target(name: "NN", dependencies: ["Tensors"]),
    .target(name: "Optim", dependencies: ["Tensors", "Kernels"]),
    .testTarget(
      name: "NDArraysTests", dependencies: ["Kernels", "NDArrays"], resources: [.copy("Fixtures")]),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors"], resources: [.copy("Fixtures")]),
    .testTarget(name: "NNTests", dependencies: ["NN", "Optim"], resources: [.copy("Fixtures")]),
    .testTarget(name: "OptimTests", dependencies: ["Optim"], resources: [.copy("Fixtures")]),
    .executableTarget(
      name: "Benchmarks", dependencies: ["Kernels", "NDArrays", "Tensors", "NN", "Optim"]),

    // The runner: knows the library only as a package that it builds and links.
    .target(name: "WorkbookCore"),
    .executableTarget(name: "workbook", dependencies: ["WorkbookCore"]),
    .testTarget(
      name: "WorkbookCoreTests", dependencies: ["WorkbookCore", "workbook"],
      resources: [.copy("Fixtures")]),
    .testTarget(name: "WorkbookTests", dependencies: ["workbook"], exclude: ["Cases"]),
  ],
  swiftLanguageModes: [.v6]
)
