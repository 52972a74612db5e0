import Foundation

/// What a request is answered with, as a whole or in parts that follow.
struct HTTPResponse: Sendable {
  var status = 200
  var headers: [(name: String, value: String)] = []
  var body: [UInt8] = []

  /// Nothing of a page comes from elsewhere, nothing of it goes elsewhere, and no other page holds it.
  static let guards: [(name: String, value: String)] = [
    (
      "Content-Security-Policy",
      """
      default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
      base-uri 'none'; form-action 'none'; frame-ancestors 'none'
      """
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
  ]

  static func text(_ text: String, type: String = "text/plain", status: Int = 200) -> HTTPResponse {
    HTTPResponse(
      status: status, headers: [("Content-Type", "\(type); charset=utf-8")], body: Array(text.utf8))
  }

  static func json(_ data: Data) -> HTTPResponse {
    HTTPResponse(headers: [("Content-Type", "application/json")], body: Array(data))
  }

  /// The bytes of all but the body.
  ///
  /// - Parameter isChunked: whether the body comes in parts.
  func head(isChunked: Bool, keepsConnection: Bool) -> [UInt8] {
    var lines = ["HTTP/1.1 \(status) \(Self.reasons[status] ?? "Status")"]
    lines += (Self.guards + headers).map { "\($0.name): \($0.value)" }
    lines.append(isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(body.count)")
    lines.append("Connection: \(keepsConnection ? "keep-alive" : "close")")
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }

  private static let reasons = [
    200: "OK", 303: "See Other", 400: "Bad Request", 403: "Forbidden",
    404: "Not Found", 405: "Method Not Allowed", 409: "Conflict", 412: "Precondition Failed",
    411: "Length Required", 413: "Content Too Large", 415: "Unsupported Media Type",
    421: "Misdirected Request", 422: "Unprocessable Content",
    431: "Request Header Fields Too Large",
    500: "Internal Server Error", 503: "Service Unavailable", 505: "HTTP Version Not Supported",
  ]
}
