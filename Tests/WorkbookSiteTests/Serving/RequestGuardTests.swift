import Testing

@testable import WorkbookSite

@Suite struct RequestGuardTests {
  static let guardian = RequestGuard(port: 4711)

  /// A request as our own page makes it, but for some of its headers; nil leaves one out.
  static func verdict(
    _ method: HTTPRequest.Method = .post, _ target: String = guardian.base + "api/run",
    _ others: [String: String?] = [:]
  ) throws -> RequestGuard.Verdict {
    var headers: [String: String] = [
      "Host": "127.0.0.1:4711", "Cookie": "workbook-4711=\(guardian.cookie)",
      "Origin": "http://127.0.0.1:4711", "Content-Type": "application/json", "Content-Length": "0",
    ]
    for (name, value) in others { headers[name] = value }
    let lines = ["\(method.rawValue) \(target) HTTP/1.1"] + headers.map { "\($0): \($1)" }
    let head = lines.joined(separator: "\r\n")
    return guardian.verdict(on: try HTTPRequest(head: Array(head.utf8)))
  }

  @Test func `our own page is answered`() throws {
    #expect(try Self.verdict() == .allowed)
    #expect(
      try Self.verdict(.get, Self.guardian.base + "a", ["Origin": nil, "Content-Type": nil])
        == .allowed)
    #expect(
      try Self.verdict(.post, Self.guardian.base + "x", ["Sec-Fetch-Site": "same-origin"])
        == .allowed)
  }

  @Test(
    arguments: [
      (["Host": "localhost:4711"], .otherHost), (["Host": "127.0.0.1"], .otherHost),
      (["Host": "evil.example:4711"], .otherHost), (["Host": "127.0.0.1:4711."], .otherHost),
      (["Host": "127.0.0.1:47110"], .otherHost),
      // Jupyter once let requests without an Origin pass.
      (["Origin": nil], .noOrigin), (["Origin": "null"], .otherOrigin),
      (["Origin": "http://evil.example"], .otherOrigin),
      (["Origin": "http://127.0.0.1:4712"], .otherOrigin),
      (["Origin": "https://127.0.0.1:4711"], .otherOrigin),
      (["Sec-Fetch-Site": "cross-site"], .otherOrigin),
      (["Sec-Fetch-Site": "same-site"], .otherOrigin),
      (["Content-Type": "text/plain"], .noJSON), (["Content-Type": nil], .noJSON),
      (["Content-Type": "application/x-www-form-urlencoded"], .noJSON),
      (["Cookie": nil], .noCookie), (["Cookie": "workbook-4711="], .noCookie),
      (["Cookie": "workbook-4712=\(guardian.cookie)"], .noCookie),
      (["Cookie": "workbook-4711=\(guardian.token)"], .noCookie),
      (["Cookie": "workbook-4711=\(guardian.cookie)x"], .noCookie),
    ] as [([String: String?], RequestGuard.Refusal)])
  func `a request that differs in one thing is refused`(
    others: [String: String?], refusal: RequestGuard.Refusal
  ) throws {
    #expect(try Self.verdict(.post, Self.guardian.base + "api/run", others) == .refused(refusal))
  }

  @Test func `the token opens the first page alone, and is no cookie`() throws {
    let (token, none) = (Self.guardian.token, ["Cookie": nil, "Origin": nil] as [String: String?])
    #expect(try Self.verdict(.get, "/?token=\(token)", none) == .isToBeLetIn)
    #expect(try Self.verdict(.get, "/?token=\(token)x", none) == .refused(.noCookie))
    #expect(try Self.verdict(.get, "/?token=", none) == .refused(.noCookie))
    #expect(try Self.verdict(.get, "/a?token=\(token)", none) == .refused(.noCookie))
    #expect(try Self.verdict(.post, "/?token=\(token)", ["Cookie": nil]) == .refused(.noCookie))
    #expect(
      try Self.verdict(.get, "/?token=\(token)", ["Host": "evil.example"]) == .refused(.otherHost))
  }

  @Test func `no page stands outside of the secret folder, to which alone the cookie goes`() throws
  {
    for target in ["/", "/c.html", "/api/run", Self.guardian.base.uppercased(), "/x/"] {
      #expect(try Self.verdict(.get, target) == .refused(.noCookie))
    }
  }

  @Test func `a token whose bearer was seen by others lets in once, and none of them`() throws {
    let guardian = RequestGuard(port: 4711)
    let head = "GET /?token=\(guardian.onceToken) HTTP/1.1\r\nHost: 127.0.0.1:4711"
    var request = try HTTPRequest(head: Array(head.utf8))
    request.isOfOthers = true
    #expect(guardian.verdict(on: request) == .refused(.noCookie))
    request.isOfOthers = false
    #expect(guardian.verdict(on: request) == .isToBeLetIn)
    #expect(guardian.verdict(on: request) == .refused(.noCookie))
  }

  @Test func `what else is set for this host does not lock a reader out`() throws {
    let cookie = "n=é; workbook-4711=x; workbook-4711=\(Self.guardian.cookie)"
    #expect(try Self.verdict(.get, Self.guardian.base, ["Cookie": cookie]) == .allowed)
  }

  @Test func `secrets have 256 bits, and no two servers have the same`() {
    let others = (0..<50).map { _ in RequestGuard(port: 1) }
    let secrets = others.flatMap { [$0.token, $0.cookie, $0.onceToken] }
    #expect(Set(secrets).count == 150)
    #expect(secrets.allSatisfy { $0.count == 64 && $0.allSatisfy(\.isHexDigit) })
  }

  @Test func `the cookie is for this port, no script and no other site`() {
    let header = Self.guardian.cookieHeader
    #expect(header.hasPrefix("workbook-4711="))
    for part in ["HttpOnly", "SameSite=Strict", "Path=\(Self.guardian.base)"] {
      #expect(header.contains(part))
    }
  }
}
