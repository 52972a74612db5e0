// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "heaps", products: [.library(name: "Heaps", targets: ["Heaps"])],
  targets: [.target(name: "Heaps")])
