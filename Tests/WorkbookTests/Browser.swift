import Foundation

/// A Chromium without a window, which sees nothing but the files of a folder, or one server.
///
/// It is driven through its debugging pipe: JSON messages of the Chrome DevTools Protocol, each ended by a
/// byte 0, on the descriptors 3 and 4. No request reaches a network: this answers them all, or lets those to
/// the server pass.
final class Browser {
  /// What went wrong in the browser itself.
  struct Problem: Error { var text: String }
  typealias Message = [String: Any]

  /// Where one is installed; nil where none is.
  static let path: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let files = [
      "chromium", "chromium-browser", "google-chrome", "chromium-headless-shell",
    ].flatMap { name in
      folders.map { "\($0)/\(name)" }
    }
    return files.first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  /// What pages said on the console, threw, or asked for without getting it.
  private(set) var complaints: [String] = []

  private let origin: String
  /// nil where the pages come from a server.
  private let site: URL?
  private let profile = FileManager.default.temporaryDirectory
    .appending(path: "workbook-browser-\(UUID().uuidString)")
  private let process = Process()
  private let (input, output) = (Pipe(), Pipe())
  private var unread = Data()
  private var lastID = 0
  private var session: String?

  /// Starts one that shows the folder as a host's root, and ends it after `seconds` at the latest.
  convenience init(showing site: URL, seconds: Double) throws {
    try self.init(site, "http://localhost", seconds)
  }

  /// The same for the pages of a server.
  convenience init(at origin: String, seconds: Double) throws {
    try self.init(nil, origin, seconds)
  }

  private init(_ site: URL?, _ origin: String, _ seconds: Double) throws {
    (self.site, self.origin) = (site, origin)
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = [
      "-c", "exec \"$0\" \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null", Self.path ?? "",
      "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe",
      "--user-data-dir=\(profile.path)", "about:blank",
    ]
    (process.standardInput, process.standardOutput) = (input, output)
    try process.run()
    let running = process
    DispatchQueue.global().asyncAfter(deadline: .now() + seconds) {
      if running.isRunning { running.terminate() }
    }
    let target = try send("Target.createTarget", ["url": "about:blank"])["targetId"] ?? ""
    session =
      try send("Target.attachToTarget", ["targetId": target, "flatten": true])["sessionId"]
      as? String
    for domain in ["Page", "Runtime", "Log", "Network"] { try send("\(domain).enable") }
    try send("Fetch.enable")
  }

  deinit {
    // All its processes go then, and with the last of them the pipe; one that is only killed leaves some,
    // for which Foundation would wait.
    _ = try? post("Browser.close", [:], inSession: false)
    while !output.fileHandleForReading.availableData.isEmpty {}
    try? FileManager.default.removeItem(at: profile)
  }

  // MARK: - Pages

  /// Shows the page of an address such as `/documentation/book/` and waits until `isReady` is true there.
  func open(_ address: String, until isReady: String) throws {
    try send("Page.navigate", ["url": origin + address])
    try wait(until: isReady)
  }

  /// Waits for an expression of JavaScript to be true.
  func wait(until expression: String) throws {
    let end = Date.now + 20
    // One page may go while it is asked, and the next be there.
    while (try? evaluate("Boolean(\(expression))")) as? Bool != true {
      guard Date.now < end else { throw Problem(text: "still not so: \(expression)") }
      Thread.sleep(forTimeInterval: 0.02)
    }
  }

  /// Pages shown from now on run no scripts of their own.
  func disableScripts() throws {
    try send("Emulation.setScriptExecutionDisabled", ["value": true])
  }

  @discardableResult
  func evaluate(_ expression: String) throws -> Any? {
    let reply = try send(
      "Runtime.evaluate", ["expression": expression, "returnByValue": true, "awaitPromise": true])
    return (reply["result"] as? Message)?["value"]
  }

  /// Presses a key: `Enter`, `Escape`, `Tab` or a letter.
  func press(_ key: String, withControl: Bool = false) throws {
    let codes = ["Enter": 13, "Escape": 27, "Tab": 9]
    for type in ["keyDown", "keyUp"] {
      var event: Message = [
        "type": type, "key": key, "windowsVirtualKeyCode": codes[key] ?? 0,
        "modifiers": withControl ? 2 : 0,
      ]
      if key == "Enter", !withControl, type == "keyDown" { event["text"] = "\r" }
      try send("Input.dispatchKeyEvent", event)
    }
  }

  /// Types where the cursor is.
  func type(_ text: String) throws { try send("Input.insertText", ["text": text]) }

  func setWindow(width: Int, height: Int, isDark: Bool = false) throws {
    try send(
      "Emulation.setDeviceMetricsOverride",
      ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500])
    let scheme = ["name": "prefers-color-scheme", "value": isDark ? "dark" : "light"]
    try send("Emulation.setEmulatedMedia", ["features": [scheme]])
  }

  /// A picture of the page as it is shown, in a window of the size.
  func picture(width: Int, height: Int, isDark: Bool) throws -> Data {
    try setWindow(width: width, height: height, isDark: isDark)
    try evaluate("new Promise(f => setTimeout(f, 300))")
    let data = try send("Page.captureScreenshot")["data"] as? String
    return data.flatMap { Data(base64Encoded: $0) } ?? Data()
  }

  /// What was complained of since the last call.
  func takeComplaints() -> [String] {
    defer { complaints = [] }
    return complaints
  }

  // MARK: - Protocol

  /// Sends a command and waits for its result; answers what comes in between.
  @discardableResult
  private func send(_ method: String, _ parameters: Message = [:]) throws -> Message {
    let id = try post(method, parameters)
    while true {
      let message = try receive()
      if message["id"] as? Int == id {
        if let error = message["error"] as? Message {
          throw Problem(text: "\(method): \(error["message"] ?? error)")
        }
        return message["result"] as? Message ?? [:]
      }
      if let event = message["method"] as? String {
        try handle(event, message["params"] as? Message ?? [:])
      }
    }
  }

  private func post(
    _ method: String, _ parameters: Message, inSession: Bool = true
  ) throws -> Int {
    lastID += 1
    var message: Message = ["id": lastID, "method": method, "params": parameters]
    if inSession { message["sessionId"] = session }
    var data = try JSONSerialization.data(withJSONObject: message)
    data.append(0)
    try input.fileHandleForWriting.write(contentsOf: data)
    return lastID
  }

  private func receive() throws -> Message {
    while true {
      if let end = unread.firstIndex(of: 0) {
        let data = unread[..<end]
        unread = Data(unread[(end + 1)...])
        return try JSONSerialization.jsonObject(with: data) as? Message ?? [:]
      }
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else { throw Problem(text: "the browser ended, or took too long") }
      unread += data
    }
  }

  private func handle(_ event: String, _ parameters: Message) throws {
    switch event {
    case "Fetch.requestPaused":
      let url = (parameters["request"] as? Message)?["url"] as? String ?? ""
      try answer(url, parameters["requestId"] as? String ?? "")
    case "Runtime.exceptionThrown":
      let details = parameters["exceptionDetails"] as? Message
      let exception = details?["exception"] as? Message
      complaints.append("threw \(exception?["description"] ?? details?["text"] ?? "something")")
    case "Runtime.consoleAPICalled"
    where ["error", "warning"].contains(parameters["type"] as? String):
      let values = (parameters["args"] as? [Message] ?? []).map { $0["value"] ?? $0["description"] }
      complaints.append("said \(values.compactMap { $0 }.map { "\($0)" }.joined(separator: " "))")
    case "Log.entryAdded":
      let entry = parameters["entry"] as? Message
      if ["error", "warning"].contains(entry?["level"] as? String) {
        complaints.append("said \(entry?["text"] ?? "something")")
      }
    default: break
    }
  }

  /// Gives the page a file of the site, and nothing else.
  private func answer(_ url: String, _ request: String) throws {
    guard url.hasPrefix(origin + "/"), let path = URL(string: url)?.path else {
      complaints.append("asked for \(url), which is not of the site")
      _ = try post("Fetch.failRequest", ["requestId": request, "errorReason": "AccessDenied"])
      return
    }
    guard let site else {
      _ = try post("Fetch.continueRequest", ["requestId": request])
      return
    }
    var file = site.appending(path: path)
    if file.hasDirectoryPath
      || (try? file.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true
    {
      file = file.appending(path: "index.html")
    }
    guard let content = try? Data(contentsOf: file) else {
      complaints.append("asked for \(path), which the site does not have")
      _ = try post("Fetch.fulfillRequest", ["requestId": request, "responseCode": 404])
      return
    }
    let types = [
      "html": "text/html", "js": "text/javascript", "css": "text/css", "json": "application/json",
      "svg": "image/svg+xml", "png": "image/png", "ico": "image/x-icon",
    ]
    let type = types[file.pathExtension] ?? "application/octet-stream"
    // DocC's own pages have scripts and styles in them; ours must do without.
    let isOurs = file.pathExtension == "html" && file.deletingLastPathComponent().path == site.path
    let policy =
      isOurs
      ? "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
      : ""
    _ = try post(
      "Fetch.fulfillRequest",
      [
        "requestId": request, "responseCode": 200, "body": content.base64EncodedString(),
        "responseHeaders": [
          ["name": "Content-Type", "value": type],
          ["name": "Content-Security-Policy", "value": policy],
          ["name": "Cache-Control", "value": "max-age=600"],
        ],
      ])
  }
}
