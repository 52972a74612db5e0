// swift-tools-version: 6.2
import CompilerPluginSupport
import PackageDescription
let package = Package(
  name: "Probes", products: [.library(name: "Probes", targets: ["Probes"])],
  targets: [.macro(name: "ProbePlugin"), .target(name: "Probes", dependencies: ["ProbePlugin"])])
