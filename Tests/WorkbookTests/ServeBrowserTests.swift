import Foundation
import Testing

/// What a reader does on a served page, in a real browser.
@Suite(.enabled(if: Browser.path != nil, "there is no Chromium on the PATH"))
struct ServeBrowserTests {
  /// The page of a chapter in a browser that was let in.
  private final class Visit {
    let server: Server
    let browser: Browser

    init(_ chapters: [String: String] = ["c.md": ServeTests.chapter], page: String = "c") throws {
      server = try Server(chapters)
      browser = try Browser(at: server.origin, seconds: 300)
      try browser.open(
        server.address.replacing(server.origin, with: ""),
        until: "document.querySelector('main h1')")
      try browser.open(
        "\(server.base)\(page).html", until: "document.querySelector('.cell button.run')")
    }

    /// A cell's element, by the line of its fence.
    func cell(_ line: Int) -> String { "document.getElementById('cell-\(line)')" }
    func output(_ line: Int) -> String { "document.getElementById('output-\(line)')" }

    func text(_ element: String) throws -> String {
      try browser.evaluate("\(element)?.innerText ?? ''") as? String ?? ""
    }

    /// Edits a cell as with the pointer.
    func edit(_ line: Int, _ text: String) throws {
      try browser.evaluate("\(cell(line)).querySelector('pre').click()")
      try browser.wait(until: "\(cell(line)).querySelector('textarea')")
      let escaped = text.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
        .replacing("\n", with: "\\n")
      try browser.evaluate(
        "{ const a = \(cell(line)).querySelector('textarea'); a.value = '\(escaped)';"
          + " a.dispatchEvent(new Event('input')) }")
    }

    func press(_ button: String, in line: Int) throws {
      try browser.evaluate("\(cell(line)).querySelector('button.\(button)').click()")
    }

    /// Runs the program of a cell to its end.
    func run(_ line: Int) throws {
      try press("run", in: line)
      try browser.wait(until: "!\(cell(line)).classList.contains('running')")
    }

    /// What went wrong in the browser; nothing ever may.
    func complaints() -> [String] { browser.takeComplaints() }
  }

  @Test func `the token goes from the address at once, and no page says it`() throws {
    let visit = try Visit()
    let token = visit.server.address.suffix(64)
    #expect(
      try visit.browser.evaluate("location.href") as? String == visit.server.origin
        + visit.server.base + "c.html")
    #expect(
      try visit.browser.evaluate("document.documentElement.outerHTML.includes('\(token)')") as? Bool
        == false)
    #expect(try visit.browser.evaluate("document.cookie") as? String == "")
    #expect(visit.complaints() == [])
  }

  @Test func `an edited cell runs, and its block shows what is off, and by how much`() throws {
    let visit = try Visit()
    try visit.edit(3, "let rate = 0.25")
    try visit.run(3)
    #expect(try visit.text("\(visit.output(15)).querySelector('.pair')").contains("2 0.0625"))
    let marks = "[...\(visit.output(15)).querySelectorAll('mark')].map(m => m.textContent).join()"
    #expect(try visit.browser.evaluate(marks) as? String == "0.5,0.25")
    let verdict = try visit.text("\(visit.output(15)).querySelector('.verdict')")
    #expect(verdict.contains("off by 0.25") && verdict.contains("would let the block pass"))
    #expect(try visit.text("\(visit.cell(7)).querySelector('.status')").hasPrefix("failed"))

    try visit.press("reset", in: 3)
    #expect(try visit.text("\(visit.cell(3)).querySelector('pre')").contains("rate = 0.5"))
    #expect(try visit.text("\(visit.output(15))").contains("2 0.25"))
    try visit.run(3)
    #expect(try visit.text("\(visit.cell(7)).querySelector('.status')").hasPrefix("passed"))
    #expect(try visit.text("\(visit.output(15)).querySelector('.verdict')").contains("Verified"))
    #expect(visit.complaints() == [])
  }

  @Test func `what is printed is shown before the program ends, and Stop ends it`() throws {
    let endless = "```swift\nprint(1)\nwhile true {}\n```\n\n```output\n0\n```\n"
    let visit = try Visit(["c.md": endless])
    try visit.press("run", in: 1)
    try visit.browser.wait(until: "\(visit.output(6)).innerText.startsWith('1')")
    #expect(
      try visit.browser.evaluate("\(visit.cell(1)).classList.contains('running')") as? Bool == true)
    try visit.press("stop", in: 1)
    try visit.browser.wait(until: "!\(visit.cell(1)).classList.contains('running')")
    #expect(try visit.text("\(visit.cell(1)).querySelector('.status')") == "stopped")
    #expect(visit.complaints() == [])
  }

  @Test func `an exercise is checked wrong and right, and the book's own block stays`() throws {
    let exercise = """
      # T

      ```swift exercise=sum
      print("the sum is", 0)
      ```

      ```swift solution=sum
      print("the sum is", 1 + 2)
      ```

      ```output
      the sum is 3
      ```

      """
    let visit = try Visit(["c.md": exercise])
    let button = "\(visit.cell(3)).querySelector('button.run')"
    #expect(try visit.text(button) == "Check")
    let answer = "\(visit.cell(3)).querySelector('.extra .output')"
    #expect(try visit.browser.evaluate("\(answer) === null") as? Bool == true)
    try visit.run(3)
    #expect(try visit.text("\(visit.cell(3)).querySelector('.status')").hasPrefix("failed"))
    let verdict = try visit.text("\(answer).querySelector('.verdict')")
    #expect(verdict.contains("printed 'the sum is 0'"))
    #expect(try visit.text("\(answer).querySelector('.pair')").contains("the sum is 0"))
    try visit.edit(3, "print(\"the sum is\", 3)")
    try visit.run(3)
    #expect(try visit.text("\(visit.cell(3)).querySelector('.status')").hasPrefix("passed"))
    #expect(try visit.text("\(answer).querySelector('.verdict')").contains("Verified"))
    #expect(try visit.text("\(visit.output(11)).querySelector('.verdict')") == "")
    // The reader's own expectation counts as well.
    try visit.edit(3, "print(\"the sum is\", 3) // Prints \"the sum is 4\"")
    try visit.run(3)
    #expect(try visit.text("\(visit.cell(3)).querySelector('.status')").hasPrefix("failed"))
    #expect(try visit.text("\(visit.cell(3)).querySelector('.problems')").contains("the sum is 4"))
    try visit.press("reset", in: 3)
    #expect(try visit.browser.evaluate("\(answer) === null") as? Bool == true)
    #expect(visit.complaints() == [])
  }

  @Test func `an error of the compiler stands at its line in the cell`() throws {
    let visit = try Visit()
    try visit.edit(7, "print(1)\nlet a: Int = \"x\"\nprint(2)")
    try visit.run(7)
    let rows =
      "[...\(visit.cell(7)).querySelectorAll('.marks .line')].map(l => l.matches('.bad')).join()"
    #expect(try visit.browser.evaluate(rows) as? String == "false,true,false")
    let problems = try visit.text("\(visit.cell(7)).querySelector('.problems')")
    #expect(problems.contains("2:14") && problems.contains("cannot convert value of type"))
    try visit.browser.evaluate("\(visit.cell(7)).querySelector('.place').click()")
    let place = "\(visit.cell(7)).querySelector('textarea').selectionStart"
    #expect(try visit.browser.evaluate(place) as? Int == 22)
    #expect(visit.complaints() == [])
  }

  @Test func `a cell that the page hides runs with the others, and is told of below the last`()
    throws
  {
    let hidden = "```\n\n<!-- workbook hidden\n```swift\nlet half: Double = rate\n```\n-->\n\n"
    let visit = try Visit([
      "c.md": ServeTests.chapter.replacing("rate = 0.5\n```\n\n", with: "rate = 0.5\n\(hidden)")
    ])
    let last = visit.cell(13)
    try visit.run(3)
    #expect(try visit.text("\(last).querySelector('.status')").hasPrefix("passed"))
    try visit.edit(3, "let rate = \"x\"")
    try visit.run(3)
    #expect(try visit.text("\(last).querySelector('.status')").hasPrefix("failed"))
    #expect(try visit.text("\(last).querySelector('.problems')").contains("cannot convert value"))
    #expect(visit.complaints() == [])
  }

  @Test func `edits outlive a reload, and a save in an editor that moves their cell`() throws {
    let visit = try Visit()
    try visit.edit(7, "print(0)")
    try visit.browser.open(
      visit.server.base + "c.html", until: "document.querySelector('.cell.edited')")
    #expect(
      try visit.browser.evaluate("\(visit.cell(7)).querySelector('textarea').value") as? String
        == "print(0)")
    let longer = ServeTests.chapter.replacing("# T\n", with: "# T\n\nNew *words*.\n\nAnd more.\n")
    try visit.server.save(longer, as: "c.md")
    try visit.browser.wait(until: "document.querySelector('main').innerText.includes('New words')")
    #expect(
      try visit.browser.evaluate("\(visit.cell(11)).querySelector('textarea').value") as? String
        == "print(0)")
    try visit.run(11)
    #expect(visit.complaints() == [])
  }

  @Test func `edits outlive a file that is empty for a while, and one more cell above theirs`()
    throws
  {
    let visit = try Visit()
    try visit.edit(7, "print(0)")
    try visit.server.save("", as: "c.md")
    try visit.browser.wait(until: "document.querySelector('.note')?.innerText.includes('kept: 1')")
    let more = "```swift program=other\nprint(1)\n```\n\n"
    try visit.server.save(more + ServeTests.chapter, as: "c.md")
    let value = "\(visit.cell(11))?.querySelector('textarea')?.value === 'print(0)'"
    try visit.browser.wait(until: value)
    #expect(
      try visit.browser.evaluate("document.querySelectorAll('.cell.edited').length") as? Int == 1)
    #expect(visit.complaints() == [])
  }

  @Test
  func
    `a save above it leaves the cursor in its cell, a solution open, and other languages' place`()
    throws
  {
    let text =
      ServeTests.chapter + "\n## Part\n\n<details><summary>S</summary>\n\nmore\n\n</details>\n"
    let visit = try Visit(["c.md": text, "zh/c.md": "# 甲\n\n## 部分\n"])
    try visit.browser.evaluate("document.querySelector('main details').open = true")
    try visit.browser.evaluate("\(visit.cell(7)).querySelector('pre').click()")
    try visit.browser.wait(
      until: "document.activeElement === \(visit.cell(7)).querySelector('textarea')")
    try visit.server.save("```swift\nlet own = 1\n```\n\n" + text, as: "c.md")
    try visit.browser.wait(
      until: "\(visit.cell(11))?.querySelector('pre').innerText.includes('loss')")
    let focused = "document.activeElement.closest('figure')?.id"
    #expect(try visit.browser.evaluate(focused) as? String == "cell-11")
    #expect(
      try visit.browser.evaluate("document.querySelector('main details').open") as? Bool == true)

    try visit.browser.evaluate("scrollTo(0, 0)")
    try visit.browser.evaluate(
      "{ const link = document.querySelector('a.language');"
        + " link.addEventListener('click', event => event.preventDefault()); link.click() }")
    #expect(
      try visit.browser.evaluate("document.querySelector('a.language').hash") as? String == "")
    #expect(visit.complaints() == [])
  }

  @Test func `a save while a program runs is shown when it has ended, and the page says so`() throws
  {
    let endless = "```swift timeout=600s\nwhile true {}\n```\n\n```swift program=b\nprint(1)\n```\n"
    let visit = try Visit(["c.md": endless])
    try visit.press("run", in: 1)
    try visit.browser.wait(until: "\(visit.cell(1)).classList.contains('running')")
    try visit.browser.wait(
      until: "\(visit.cell(1)).querySelector('.status').innerText === 'running'")
    try visit.server.save(endless + "\nMore.\n", as: "c.md")
    try visit.browser.wait(
      until: "document.querySelector('.note')?.innerText.includes('when what runs has ended')")
    // Told once: it is the same element a second and more later.
    try visit.browser.evaluate("document.querySelector('.note').dataset.first = '1'")
    try visit.press("run", in: 5)
    try visit.browser.wait(
      until: "\(visit.cell(5)).querySelector('.status').innerText.includes('was changed meanwhile')"
    )
    try visit.browser.evaluate("new Promise(done => setTimeout(done, 2500))")
    #expect(
      try visit.browser.evaluate("document.querySelector('.note')?.dataset.first") as? String == "1"
    )
    try visit.press("stop", in: 1)
    try visit.browser.wait(until: "document.body.innerText.includes('More.')")
    #expect(try visit.text("\(visit.cell(5)).querySelector('.status')") == "")
    #expect(
      try visit.browser.evaluate("document.querySelector('.note')") == nil
        || visit.text("document.querySelector('.note')") == "")
    #expect(visit.complaints().allSatisfy { $0.contains("412") })
  }

  @Test func `the keys of an input method are its own, and arrows in a dialog leave no page`()
    throws
  {
    let visit = try Visit(["a.md": "# A\n", "c.md": ServeTests.chapter, "d.md": "# D\n"])
    try visit.edit(3, "let rate = 0.25")
    for key in ["Enter", "Escape"] {
      try visit.browser.evaluate(
        "\(visit.cell(3)).querySelector('textarea').dispatchEvent("
          + "new KeyboardEvent('keydown', { key: '\(key)', isComposing: true, bubbles: true }))")
    }
    #expect(
      try visit.browser.evaluate("\(visit.cell(3)).querySelector('textarea').value") as? String
        == "let rate = 0.25")
    try visit.press("write", in: 3)
    try visit.browser.wait(until: "document.activeElement.matches('dialog *')")
    try visit.browser.press("Tab")
    try visit.browser.press("ArrowRight")
    try visit.browser.evaluate("new Promise(done => setTimeout(done, 500))")
    #expect(try visit.browser.evaluate("location.pathname.endsWith('c.html')") as? Bool == true)
    #expect(
      try visit.browser.evaluate("document.querySelector('dialog') !== null") as? Bool == true)
    #expect(visit.complaints() == [])
  }

  @Test func `a block is called verified only where it was`() throws {
    let visit = try Visit()
    try visit.run(3)
    let verdict = "\(visit.output(15)).querySelector('.verdict')"
    #expect(try visit.text(verdict).contains("Verified"))
    try visit.edit(7, "print(1")
    try visit.run(7)
    #expect(try visit.text(verdict).contains("Not verified: its program does not compile"))
    #expect(visit.complaints() == [])
  }

  @Test func `what is written back is shown first, and refused where the file has changed`() throws
  {
    let visit = try Visit()
    let old = try visit.server.chapter("c.md")
    func show() throws {
      try visit.press("write", in: 3)
      try visit.browser.wait(until: "document.querySelector('dialog.difference button')")
    }
    try visit.edit(3, "let rate = 0.25")
    try show()
    let lines =
      "[...document.querySelectorAll('dialog :is(.old, .new)')].map(l => l.innerText).join('')"
    let shown = try visit.browser.evaluate(lines) as? String ?? ""
    #expect(shown.contains("- let rate = 0.5") && shown.contains("+ let rate = 0.25"))
    #expect(shown.contains("+ 2 0.0625"))
    try visit.browser.press("Escape")
    try visit.browser.wait(until: "!document.querySelector('dialog')")
    #expect(try visit.server.chapter("c.md") == old)

    try show()
    try visit.browser.evaluate("document.querySelector('dialog button').click()")
    try visit.browser.wait(until: "!document.querySelector('.cell.edited')")
    #expect(try visit.server.chapter("c.md").contains("let rate = 0.25\n"))
    try visit.browser.wait(until: "\(visit.output(15)).innerText.includes('2 0.0625')")
    // What the file holds is an edit no more: it does not come back over what the file holds next.
    #expect(try visit.browser.evaluate("localStorage.length") as? Int == 0)

    try visit.edit(3, "let rate = 0.125")
    try show()
    let changed = try visit.server.chapter("c.md") + "\nMore.\n"
    try visit.server.save(changed, as: "c.md")
    try visit.browser.evaluate("document.querySelector('dialog button').click()")
    let isTold = "document.body.innerText.includes('was changed meanwhile')"
    try visit.browser.wait(until: isTold)
    #expect(try visit.server.chapter("c.md") == changed)
    // Also when the page shows the file as it is now.
    try visit.browser.wait(until: "document.body.innerText.includes('More.')")
    #expect(try visit.browser.evaluate(isTold) as? Bool == true)
    // The browser itself notes each refusal.
    #expect(visit.complaints().allSatisfy { $0.contains("409") })
  }

  @Test func `what is hard to see in a cell is written back as it was`() throws {
    let code = "print(\"\u{200F}##vso[x]\") // \u{1B} \u{202E}"
    let visit = try Visit(["c.md": "```swift\n\(code)\nprint(1)\n```\n"])
    #expect(try visit.text("\(visit.cell(1)).querySelector('pre')").contains("// ␛ \u{FFFD}"))
    try visit.browser.evaluate("\(visit.cell(1)).querySelector('pre').click()")
    try visit.browser.evaluate(
      "{ const a = \(visit.cell(1)).querySelector('textarea'); a.value += ' // x';"
        + " a.dispatchEvent(new Event('input')) }")
    try visit.press("write", in: 1)
    try visit.browser.wait(until: "document.querySelector('dialog button.write')")
    try visit.browser.evaluate("document.querySelector('dialog button.write').click()")
    try visit.browser.wait(until: "!document.querySelector('.cell.edited')")
    #expect(
      Array(try visit.server.chapter("c.md").unicodeScalars)
        == Array("```swift\n\(code)\nprint(1) // x\n```\n".unicodeScalars))
    #expect(visit.complaints() == [])
  }

  @Test func `the tabulator moves the lines of a selection, and back`() throws {
    let visit = try Visit()
    try visit.browser.evaluate("\(visit.cell(7)).querySelector('pre').focus()")
    try visit.browser.press("Enter")
    func press(_ start: Int, _ end: Int, withShift: Bool) throws -> String {
      try visit.browser.evaluate(
        "{ const a = \(visit.cell(7)).querySelector('textarea'); a.value = 'a\\n\\n b';"
          + " a.setSelectionRange(\(start), \(end));"
          + " a.dispatchEvent(new KeyboardEvent('keydown',"
          + " { key: 'Tab', shiftKey: \(withShift), bubbles: true, cancelable: true })) }")
      return try visit.browser.evaluate(
        "(a => a.value + '|' + a.selectionStart + '-' + a.selectionEnd)"
          + "(\(visit.cell(7)).querySelector('textarea'))") as? String ?? ""
    }
    #expect(try press(0, 4, withShift: false) == "  a\n\n   b|0-9")
    #expect(try press(0, 2, withShift: false) == "  a\n\n b|0-3")
    #expect(try press(0, 5, withShift: true) == "a\n\nb|0-4")
    #expect(try press(1, 1, withShift: false) == "a  \n\n b|3-3")
    #expect(try press(1, 1, withShift: true) == "a\n\n b|1-1")
    #expect(visit.complaints() == [])
  }

  @Test func `an edit goes into no other cell than its own`() throws {
    func cell(_ code: String) -> String { "```swift\n\(code)\n```\n\n" }
    let visit = try Visit(["c.md": "# T\n\n" + ["// a", "// b", "// third"].map(cell).joined()])
    try visit.edit(7, "// b, edited")
    try visit.server.save("# T\n\n" + ["// a", "// third"].map(cell).joined(), as: "c.md")
    let note = "document.querySelector('.note')"
    try visit.browser.wait(until: "\(note)?.innerText.includes('kept: 1')")
    #expect(
      try visit.browser.evaluate("document.querySelectorAll('.cell.edited').length") as? Int == 0)
    // Nothing that the page says besides hides it.
    try visit.browser.evaluate("\(note).querySelector('details').open = true")
    #expect(try visit.text("\(note).querySelector('pre')") == "// b, edited")
    #expect(try visit.browser.barriers() == [])

    try visit.server.save("# T\n\n" + ["// a", "// b", "// third"].map(cell).joined(), as: "c.md")
    try visit.browser.wait(until: "\(visit.cell(7))?.classList.contains('edited') && !\(note)")
    // One that is changed in its place is the same cell still.
    try visit.server.save("# T\n\n" + ["// a", "// B", "// third"].map(cell).joined(), as: "c.md")
    try visit.browser.wait(
      until:
        "\(visit.cell(7))?.querySelector('.status').innerText.includes('was changed in the file')")
    #expect(visit.complaints() == [])
  }

  @Test func `an edit whose program has another name now can be seen and discarded`() throws {
    let visit = try Visit(["c.md": "```swift program=a\n// a\n```\n"])
    try visit.edit(1, "// edited")
    try visit.server.save("```swift program=b\n// a\n```\n", as: "c.md")
    let note = "document.querySelector('.note')"
    try visit.browser.wait(until: "\(note)?.innerText.includes('kept: 1')")
    #expect(
      try visit.browser.evaluate("\(note).querySelector('pre').textContent") as? String
        == "// edited")
    try visit.browser.evaluate("\(note).querySelector('button').click()")
    try visit.browser.wait(until: "!\(note)")
    #expect(try visit.browser.evaluate("localStorage.length") as? Int == 0)
    #expect(visit.complaints() == [])
  }

  @Test func `what the server answers is not taken for its end`() throws {
    let visit = try Visit()
    try visit.browser.evaluate(
      """
      {
        const real = window.fetch
        window.fetch = async (address, ...rest) =>
          address === 'api/versions' && !window.isMended
            ? new Response('the disk is on fire', { status: 500 }) : real(address, ...rest)
      }
      """)
    let note = "document.querySelector('.note')"
    try visit.browser.wait(until: "\(note)?.innerText === 'the disk is on fire'")
    try visit.browser.evaluate("window.isMended = true")
    try visit.browser.wait(until: "!\(note)")
  }

  @Test func `all can be done with the keys alone`() throws {
    let visit = try Visit()
    try visit.browser.evaluate("\(visit.cell(3)).querySelector('pre').focus()")
    try visit.browser.press("Enter")
    try visit.browser.wait(until: "document.activeElement.matches('textarea')")
    try visit.browser.evaluate("document.activeElement.select()")
    try visit.browser.type("let rate = 0.25")
    try visit.browser.press("Enter", withControl: true)
    try visit.browser.wait(until: "\(visit.output(15)).innerText.includes('0.0625')")
    // The keys are on a button of the cell all the while, whatever is hidden or shown.
    func expectFocus(on button: String, _ comment: Comment? = nil) throws {
      try visit.browser.wait(
        until: "document.activeElement === \(visit.cell(3)).querySelector('button.\(button)')")
    }
    func tab(to button: String) throws {
      for _ in 0..<6 {
        try visit.browser.press("Tab")
        let name = try visit.browser.evaluate("document.activeElement.className") as? String
        if name == button { return }
      }
    }
    try visit.browser.press("Escape")
    try expectFocus(on: "run")
    try tab(to: "write")
    try visit.browser.press("Enter")
    try visit.browser.wait(until: "document.activeElement.matches('dialog *')")
    while try visit.browser.evaluate("document.activeElement.className") as? String != "write" {
      try visit.browser.press("Tab")
    }
    try visit.browser.press("Enter")
    try visit.browser.wait(until: "!document.querySelector('.cell.edited')")
    #expect(try visit.server.chapter("c.md").contains("let rate = 0.25\n"))
    try expectFocus(on: "run")

    try visit.browser.evaluate("\(visit.cell(3)).querySelector('pre').focus()")
    try visit.browser.press("Enter")
    try visit.browser.type("while true {} //")
    try visit.browser.press("Escape")
    try visit.browser.press("Enter")
    try expectFocus(on: "stop")
    try visit.browser.press("Enter")
    try expectFocus(on: "run")
    try visit.browser.wait(
      until: "\(visit.cell(3)).querySelector('.status').textContent === 'stopped'")
    try tab(to: "reset")
    try visit.browser.press("Enter")
    try visit.browser.wait(until: "!document.querySelector('.cell.edited')")
    #expect(
      try visit.browser.evaluate(
        "document.activeElement === \(visit.cell(3)).querySelector('pre')") as? Bool == true)
    #expect(visit.complaints() == [])
  }

  @Test func `what is still shown anew after writing back ends no run that was begun since`() throws
  {
    let visit = try Visit()
    let cell = visit.cell(3)
    // The look of its own that writing takes comes late; meanwhile the page sees that the file is another.
    try visit.browser.evaluate(
      """
      {
        const real = window.fetch
        let isFirst = true
        window.fetch = async (address, ...rest) => {
          if (address === location.pathname && isFirst) {
            isFirst = false
            await new Promise(resolve => window.goOn = resolve)
            setTimeout(() => window.isLate = true, 500)
          }
          return real(address, ...rest)
        }
      }
      """)
    try visit.browser.evaluate("\(cell).querySelector('pre').focus()")
    try visit.browser.press("Enter")
    try visit.browser.evaluate("document.activeElement.select()")
    try visit.browser.type("let rate = 0.25")
    try visit.browser.evaluate("\(cell).querySelector('button.write').click()")
    try visit.browser.wait(until: "document.querySelector('dialog button.write')")
    try visit.browser.evaluate("document.querySelector('dialog button.write').click()")
    try visit.browser.wait(until: "!document.querySelector('.cell.edited')")
    try visit.browser.evaluate("\(cell).querySelector('pre').focus()")
    try visit.browser.press("Enter")
    try visit.browser.type("while true {} //")
    try visit.browser.evaluate("\(cell).querySelector('button.run').click()")
    try visit.browser.wait(until: "!\(cell).querySelector('button.stop').hidden")
    try visit.browser.evaluate("window.goOn()")
    try visit.browser.wait(until: "window.isLate")
    #expect(
      try visit.browser.evaluate("\(cell).querySelector('button.stop').hidden") as? Bool == false)
    try visit.browser.evaluate("\(cell).querySelector('button.stop').click()")
    try visit.browser.wait(until: "\(cell).querySelector('.status').textContent === 'stopped'")
    #expect(visit.complaints() == [])
  }

  @Test func `a run while the server has ended says so, and what to do`() throws {
    let visit = try Visit()
    visit.server.end()
    try visit.press("run", in: 3)
    try visit.browser.wait(
      until:
        "\(visit.cell(3)).querySelector('.status').textContent.startsWith('the server has ended')")
    try visit.browser.wait(
      until: "document.querySelector('.note')?.innerText.includes('start it again')")
  }

  @Test(arguments: [(1200, false), (390, false), (390, true)])
  func `nothing is wider than the window`(width: Int, isDark: Bool) throws {
    let visit = try Visit()
    try visit.browser.setWindow(width: width, height: 800, isDark: isDark)
    try visit.edit(3, "let rate = 0.25 // " + String(repeating: "long ", count: 60))
    try visit.run(3)
    let overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    #expect(try visit.browser.evaluate(overflow) as? Int == 0)
  }

  @Test(arguments: [false, true])
  func `what editing and running add keeps nobody out`(isDark: Bool) throws {
    let visit = try Visit()
    try visit.browser.setWindow(width: 390, height: 800, isDark: isDark)
    try visit.edit(3, "let rate = 0.25 // \(String(repeating: "long ", count: 30))")
    try visit.run(3)
    #expect(try visit.browser.barriers() == [])
    try visit.edit(7, "let a: Int = \"x\"")
    try visit.run(7)
    #expect(try visit.browser.barriers() == [])
    try visit.press("write", in: 3)
    try visit.browser.wait(until: "document.querySelector('dialog')")
    #expect(try visit.browser.barriers() == [])
  }

  @Test func `without scripts the page is whole`() throws {
    let visit = try Visit()
    try visit.browser.disableScripts()
    try visit.browser.open(visit.server.base + "c.html", until: "document.querySelector('main h1')")
    #expect(try visit.text(visit.output(15)).contains("2 0.25"))
    #expect(try visit.browser.evaluate("document.querySelectorAll('button').length") as? Int == 0)
    #expect(visit.complaints() == [])
  }
}
