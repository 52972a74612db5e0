import Foundation
import WorkbookSystem
import WorkbookChapters
import WorkbookCore

/// Answers the requests of a book's pages: shows them, runs their programs with a reader's edits, and writes
/// those back where the reader wants it.
struct BookServer: Sendable {
  let runner: LiveRunner
  let requestGuard: RequestGuard
  let pages: ServedPages
  let proposals = Proposals()

  func answer(_ request: HTTPRequest, _ exchange: HTTPExchange) async {
    switch requestGuard.verdict(on: request) {
    case .refused(let refusal):
      exchange.keepsConnection = false
      exchange.respond(.text(refusal.message + "\n", status: refusal.status))
    case .isToBeLetIn:
      exchange.respond(
        HTTPResponse(
          status: 303,
          headers: [("Location", requestGuard.base), ("Set-Cookie", requestGuard.cookieHeader)]))
    case .allowed:
      do {
        var request = request
        request.path.removeFirst(requestGuard.base.count - 1)
        try await answerAllowed(request, exchange)
      } catch let refusal as Refusal {
        exchange.respond(.text(refusal.message + "\n", status: refusal.status))
      } catch {
        exchange.respond(.text(words(of: error) + "\n", status: 500))
      }
    }
  }

  private func answerAllowed(_ request: HTTPRequest, _ exchange: HTTPExchange) async throws {
    switch (request.method, request.path) {
    case (.get, "/api/versions"):
      let versions = pages.book.pages().map { ($0.name, $0.version) }
      exchange.respond(json(Dictionary(versions) { first, _ in first }))
    case (.post, "/api/run"): try await run(request, exchange)
    case (.post, "/api/difference"): try await propose(request, exchange)
    case (.post, "/api/write"): try write(request, exchange)
    case (.get, let path):
      exchange.respond(
        try await pages.response(to: path) ?? .text("there is no such page\n", status: 404))
    case (.post, _):
      exchange.respond(.text("there is no such call\n", status: 404))
    }
  }

  // MARK: - Calls

  /// The cells are named by the lines of their fences on the page.
  private struct RunCall: Decodable {
    var page: String
    var version: String
    var program: String
    var cells: [Int: String]
  }

  /// What a call asks for that cannot be had, and why.
  private struct Refusal: Error {
    var status: Int
    var message: String
  }

  private func call(
    _ request: HTTPRequest
  ) throws -> (page: ServedBook.Page, edited: EditedChapter, program: Program) {
    guard let call = try? JSONDecoder().decode(RunCall.self, from: Data(request.body)) else {
      throw Refusal(status: 400, message: "the request is not understood; reload the page")
    }
    guard let page = pages.book.page(named: call.page) else {
      throw Refusal(status: 404, message: "there is no such page")
    }
    let words = words(of: page.chapter.path)
    guard page.version == call.version else {
      throw Refusal(status: 412, message: words.changedMeanwhile)
    }
    guard let edited = EditedChapter(page.chapter, source: page.source, cells: call.cells) else {
      throw Refusal(status: 422, message: words.cellWouldEnd)
    }
    guard var program = edited.chapter.programs.first(where: { $0.name == call.program }) else {
      throw Refusal(status: 422, message: words.noProgram(call.program))
    }
    program.exercise?.isAnswer = true
    return (page, edited, program)
  }

  private func run(_ request: HTTPRequest, _ exchange: HTTPExchange) async throws {
    let (_, edited, program) = try call(request)
    exchange.stream(HTTPResponse(headers: [("Content-Type", "application/x-ndjson")]))
    do {
      _ = try await liveRun(edited) { exchange.send(line($0)) }.run(program, by: runner)
    } catch {
      exchange.send(line(LiveEvent(event: .failed, text: words(of: error))))
    }
    exchange.finish()
  }

  private struct ProposalAnswer: Encodable {
    /// nil where there is nothing to write.
    var proposal: String?
    /// The dialog that shows it.
    var html: String
  }

  /// Runs the programs that were edited, and answers with the difference that writing them back would make.
  private func propose(_ request: HTTPRequest, _ exchange: HTTPExchange) async throws {
    let (page, edited, program) = try call(request)
    let live = liveRun(edited) { _ in }
    var runs: [String: Update.Run] = [:]
    var refusals: [String] = []
    var drawings: [Drawing] = []
    let drawn = edited.chapter.readingPictures().programs.filter { !$0.isBroken }
    for program in edited.programs(with: program.name) {
      // Where its pictures cannot be, it runs without.
      let program = drawn.first { $0.name == program.name } ?? program
      let result = try await live.run(program, by: runner)
      drawings += result?.drawings ?? []
      if let result, let transcript = result.transcript {
        runs[program.name] = Update.Run(
          transcript: transcript, checks: result.checks, failures: result.failures)
      } else if program.mode == .run {
        refusals.append(live.words.doesNotRun(program.name))
      }
    }
    for program in edited.changedExercises {
      let failures = try await live.run(program, by: runner)?.failures ?? []
      refusals += failures.filter { $0.problem == .check(.startPasses) }.map(live.words.message)
    }
    let update = try Update(of: edited.chapter, source: edited.source, runs: runs)
    let proposal = Proposal(
      path: page.chapter.path, old: page.source, new: update.bytes, drawings: drawings)
    refusals += update.refusals.map { "\($0.location.line): \($0.problem.message)" }
    exchange.respond(
      json(
        ProposalAnswer(
          proposal: proposal.isEmpty ? nil : proposals.keep(proposal),
          html: proposal.dialog(refusals, in: live.words))))
  }

  private struct WriteCall: Decodable { var proposal: String }

  private func write(_ request: HTTPRequest, _ exchange: HTTPExchange) throws {
    guard let call = try? JSONDecoder().decode(WriteCall.self, from: Data(request.body)),
      let proposal = proposals.take(call.proposal)
    else {
      throw Refusal(
        status: 409, message: "what was shown is no longer known; show the difference again")
    }
    guard try runner.replace(proposal.path, holding: proposal.old, with: proposal.new) else {
      throw Refusal(
        status: 409, message: words(of: proposal.path).nothingWritten(to: proposal.path))
    }
    for drawing in proposal.drawings where try !runner.draw(drawing) {
      throw Refusal(
        status: 409, message: words(of: proposal.path).notDrawn(drawing.path))
    }
    exchange.respond(json(["written": proposal.path]))
  }

  // MARK: -

  private func liveRun(
    _ edited: EditedChapter, tell: @escaping @Sendable (LiveEvent) -> Void
  ) -> LiveRun {
    LiveRun(
      edited: edited, words: words(of: edited.chapter.path), date: pages.today, tell: tell)
  }

  /// The page of a chapter says it so.
  private func words(of path: String) -> SiteWords {
    pages.words(of: Translation(of: path)?.language)
  }

  private func words(of error: any Error) -> String {
    messages(of: error).joined(separator: "\n")
  }

  private func line(_ event: LiveEvent) -> String {
    String(decoding: (try? JSONEncoder().encode(event)) ?? Data(), as: UTF8.self) + "\n"
  }

  private func json(_ value: some Encodable) -> HTTPResponse {
    .json((try? JSONEncoder().encode(value)) ?? Data())
  }
}

extension RequestGuard.Refusal {
  /// The problem and the way out.
  var message: String {
    switch self {
    case .otherHost:
      "this server answers by its own address alone, the one that workbook serve printed"
    case .otherOrigin:
      "this request came from another page; open the address that workbook serve printed"
    case .noOrigin: "this request does not say what page it comes from"
    case .noJSON: "this request is not of the type application/json"
    case .noCookie: "open the whole address that workbook serve printed, once in each browser"
    }
  }
}
