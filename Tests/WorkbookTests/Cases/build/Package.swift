// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "Lib", products: [.library(name: "Lib", targets: ["Lib"])], traits: ["Extra"],
  targets: [.target(name: "Lib"), .target(name: "Inner"), .target(name: "Hidden")])

if Context.environment["WORKBOOK"] != nil {
  package.products.append(.library(name: "Inner", targets: ["Inner"]))
}
