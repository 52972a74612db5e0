import Testing

@testable import WorkbookSite

@Suite struct HTTPRequestTests {
  static func request(_ lines: String...) throws(HTTPRequest.Problem) -> HTTPRequest {
    try HTTPRequest(head: Array(lines.joined(separator: "\r\n").utf8))
  }

  @Test func `a request is read with its path, query, headers and cookies`() throws {
    let request = try Self.request(
      "GET /a%20b?token=x%2By&n HTTP/1.1", "Host: h:1", "Cookie: a=1; b=2 ;c=3", "X-Y:\t z ")
    #expect(request.method == .get && request.path == "/a b")
    #expect(request.query == ["token": "x+y", "n": ""])
    #expect(request.headers["x-y"] == "z")
    #expect(["a", "b", "c", "d"].map(request.cookies) == [["1"], ["2"], ["3"], []])
    #expect(request.keepsConnection)
  }

  @Test func `all cookies of a name are told`() throws {
    let request = try Self.request("GET / HTTP/1.1", "Host: h", "Cookie: a=1; a=2; b=é")
    #expect(request.cookies("a") == ["1", "2"] && request.cookies("b") == ["é"])
  }

  @Test(
    arguments: [
      ("", .malformed), ("GET", .malformed), ("GET / HTTP/1.1 x", .malformed),
      ("GET / HTTP/1.0", .otherVersion), ("GET / HTTP/2", .otherVersion),
      ("PUT / HTTP/1.1", .unknownMethod), ("get / HTTP/1.1", .unknownMethod),
      ("GET http://h/ HTTP/1.1\r\nHost: h", .malformed),
      ("GET //h/ HTTP/1.1\r\nHost: h", .malformed),
      ("GET * HTTP/1.1\r\nHost: h", .malformed), ("GET /%00 HTTP/1.1\r\nHost: h", .malformed),
      ("GET /%zz HTTP/1.1\r\nHost: h", .malformed), ("GET / HTTP/1.1", .malformed),
      ("GET / HTTP/1.1\r\nHost: a\r\nHost: a", .malformed),
      ("GET / HTTP/1.1\r\nHost : a", .malformed), ("GET / HTTP/1.1\r\nHost: a\r\n x", .malformed),
      ("GET / HTTP/1.1\r\nHost: a\nX: y", .malformed),
      ("GET / HTTP/1.1\r\nHost: a\u{7F}", .malformed),
      ("POST / HTTP/1.1\r\nHost: a", .noLength),
      ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked", .noLength),
      ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: x", .noLength),
      ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1", .malformed),
      ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1", .malformed),
      ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1", .malformed),
      ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2", .malformed),
      ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999", .bodyTooLarge),
      ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999", .bodyTooLarge),
    ] as [(String, HTTPRequest.Problem)])
  func `what others could read otherwise is refused`(head: String, problem: HTTPRequest.Problem) {
    #expect(throws: problem) { try HTTPRequest(head: Array(head.utf8)) }
  }
}
