// swift-tools-version: 6.2
import PackageDescription

let package = Package(name: "lib", targets: [.target(name: "Lib")])
