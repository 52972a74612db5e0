import Foundation
import Testing

@testable import WorkbookSystem

/// `workbook serve` in a folder of its own with the given chapters; it ends with the value.
final class Server {
  struct Answer {
    var status: Int
    var head: String
    var body: String
  }

  let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    .appending(path: "workbook-serve-\(UUID().uuidString)")
  let port: Int
  /// What it printed.
  let address: String
  private(set) var cookie = ""
  /// The folder of its pages.
  private(set) var base = ""
  private let process = Process()

  var origin: String { "http://127.0.0.1:\(port)" }
  /// Where programs are compiled and run.
  var scratch: URL { folder.appending(path: ".cache/workbook") }
  var pid: Int32 { process.processIdentifier }

  init(
    _ chapters: [String: String], options: [String] = [], environment more: [String: String] = [:]
  ) throws {
    let place = folder.appending(path: "chapters")
    for (name, text) in chapters {
      let file = place.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    process.executableURL = builtFolder.appending(path: "workbook")
    process.arguments = ["serve", "chapters"] + options
    process.currentDirectoryURL = folder
    var environment = ProcessInfo.processInfo.environment.merging(more) { $1 }
    environment["XDG_CACHE_HOME"] = folder.appending(path: ".cache").path
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    var said = Data()
    while said.last != UInt8(ascii: "\n") {
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { break }
      said += more
    }
    let line = String(decoding: said, as: UTF8.self)
    let match = try #require(
      line.firstMatch(of: /http:\/\/127\.0\.0\.1:([0-9]+)\/\?token=[0-9a-f]{64}/), "\(line)")
    address = String(match.0)
    port = try #require(Int(match.1))
    let target = address.replacing(origin, with: "")
    let letIn = try ask("GET \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n")
    let header = try #require(letIn.head.firstMatch(of: /Set-Cookie: ([^;]+);/))
    cookie = String(header.1)
    base = String(try #require(letIn.head.firstMatch(of: /Location: (\/[0-9a-f]{64}\/)/)).1)
  }

  deinit {
    end()
    try? FileManager.default.removeItem(at: folder)
  }

  /// As Control-C does; gives the exit code.
  @discardableResult
  func end() -> Int32 {
    if process.isRunning { process.interrupt() }
    process.waitUntilExit()
    return process.terminationStatus
  }

  func chapter(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: "chapters/\(name)"), encoding: .utf8)
  }

  func save(_ text: String, as name: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: "chapters/\(name)"))
  }

  // MARK: - Requests

  func get(_ target: String, cookie: String?) throws -> Answer {
    let line = cookie.map { "Cookie: \($0)\r\n" } ?? ""
    return try ask(
      "GET \(base)\(target.dropFirst()) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\(line)\r\n")
  }

  func get(_ target: String) throws -> Answer { try get(target, cookie: cookie) }

  /// As the page's script asks.
  func post(_ target: String, _ value: Any) throws -> Answer { try ask(call(target, value)) }

  /// The bytes of such a request.
  func call(_ target: String, _ value: Any) throws -> String {
    let body = String(decoding: try JSONSerialization.data(withJSONObject: value), as: UTF8.self)
    return """
      POST \(base)\(target.dropFirst()) HTTP/1.1\r
      Host: 127.0.0.1:\(port)\r
      Origin: \(origin)\r
      Cookie: \(cookie)\r
      Content-Type: application/json\r
      Content-Length: \(body.utf8.count)\r
      \r
      \(body)
      """
  }

  /// The answer to one request, read to its end; parts of it joined.
  func ask(_ bytes: String) throws -> Answer {
    let connection = try LocalConnection(to: port)
    _ = connection.write(Array(bytes.utf8))
    var answer = ""
    while connection.isReadable(within: 600) {
      let more = connection.read(upTo: 1 << 16)
      answer += String(decoding: more, as: UTF8.self)
      if more.isEmpty || Self.isWhole(answer) { break }
    }
    let parts = answer.components(separatedBy: "\r\n\r\n")
    let status = answer.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    var body = parts.dropFirst().joined(separator: "\r\n\r\n")
    if parts[0].contains("Transfer-Encoding: chunked") {
      body = body.components(separatedBy: "\r\n").enumerated().filter { $0.offset % 2 == 1 }
        .map(\.element).joined()
    }
    return Answer(status: status, head: parts[0], body: body)
  }

  private static func isWhole(_ answer: String) -> Bool {
    guard let end = answer.range(of: "\r\n\r\n") else { return false }
    let (head, body) = (answer[..<end.lowerBound], answer[end.upperBound...])
    if head.contains("Transfer-Encoding: chunked") { return body.hasSuffix("0\r\n\r\n") }
    let length = head.firstMatch(of: /Content-Length: ([0-9]+)/).flatMap { Int($0.1) } ?? 0
    return body.utf8.count >= length
  }

  // MARK: - Calls of a page

  /// What the page of a chapter would send for a program with edits.
  func edits(_ page: String, _ program: String = "main", _ cells: [String: String] = [:]) throws
    -> [String: Any]
  {
    let versions = try JSONSerialization.jsonObject(with: Data(get("/api/versions").body.utf8))
    let version = try #require((versions as? [String: String])?[page])
    return ["page": page, "version": version, "program": program, "cells": cells]
  }

  /// Runs the program; gives the events, and the last one, which says how it ended.
  func run(_ page: String, _ program: String = "main", _ cells: [String: String] = [:]) throws
    -> (events: [[String: Any]], result: [String: Any])
  {
    let answer = try post("/api/run", edits(page, program, cells))
    try #require(answer.status == 200, "\(answer)")
    let events = try answer.body.split(separator: "\n").map {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
    }
    return (events, try #require(events.last, "\(answer.body)"))
  }
}
