/// What makes the cells of a served page ones to edit and run.
///
/// It knows the page by its markup alone: `figure.cell` and `figure.output`, with `data-line` and
/// `data-program`, in `main[data-chapter]`. What an output block shows of a run is the server's HTML. A reader's edits are kept by the browser, with the text that
/// was edited, so that they find their cells again in a chapter that was changed meanwhile.
enum LiveScript {
  /// A module, behind the words that it says.
  static func javaScript(in words: SiteWords) -> String { words.ofTheScript + code }

  private static let code = #"""
    const make = (name, properties = {}, ...children) => {
      const element = Object.assign(document.createElement(name), properties)
      element.append(...children)
      return element
    }
    const button = (name, action, label = words[name]) => {
      const element = make("button", { type: "button", className: name, textContent: label })
      element.addEventListener("click", action)
      return element
    }
    const bytes = new TextEncoder(), text = new TextDecoder()
    /** The index in a string of one in its UTF-8 bytes. */
    const unitIndex = (string, index) => text.decode(bytes.encode(string).slice(0, index)).length

    let main, chapter, version, cells = [], outputs = []
    /** The run of each program that goes on, by its name. */
    const runs = new Map()

    // Edits

    const storageKey = () => "workbook " + chapter
    const keptEdits = () => {
      try { return JSON.parse(localStorage.getItem(storageKey())) || [] } catch { return [] }
    }
    /** Keeps the edits made here beside those of other tabs, and those whose cells are not found now. */
    const keepEdits = () => {
      const own = cells.filter(cell => cell.isTouched)
      const ids = own.map(cell => cell.id)
      const edits = keptEdits().filter(edit => !ids.includes(edit.id))
      for (const { id, program, place, base, text, shown } of own) {
        if (text !== shown) edits.push({ id, program, place, base, text })
      }
      // A browser that keeps nothing still edits.
      try {
        if (edits.length) localStorage.setItem(storageKey(), JSON.stringify(edits))
        else localStorage.removeItem(storageKey())
      } catch {}
    }
    const restoreEdits = () => {
      let lost = 0
      for (const edit of keptEdits()) {
        const free = cells.filter(c => c.program === edit.program && (c.id === edit.id || c.text === c.shown))
        const found = free.find(c => c.shown === edit.base && c.place === edit.place)
          || free.find(c => c.shown === edit.base)
        const cell = found || free.find(c => c.place === edit.place)
        if (!cell) { lost += 1; continue }
        if (cell.shown === edit.text) continue
        Object.assign(cell, { id: edit.id, base: edit.base })
        setText(cell, edit.text)
        openEditor(cell)
        if (!found) cell.status.textContent = words.changed
      }
      tellPage(lost && words.lost + lost)
    }
    const tellPage = message => {
      document.querySelector(".note")?.remove()
      if (!message) return
      const note = make("p", { className: "note", role: "alert", textContent: message })
      document.body.prepend(note)
    }
    addEventListener("storage", event => { if (event.key === storageKey()) restoreEdits() })
    const setText = (cell, value) => {
      cell.text = value
      cell.figure.classList.toggle("edited", value !== cell.shown)
      cell.reset.disabled = cell.write.disabled = value === cell.shown
      if (!cell.area) return
      if (cell.area.value !== value) cell.area.value = value
      cell.area.rows = value.split("\n").length
    }
    const touch = cell => {
      cell.isTouched = true
      cell.id ||= Date.now().toString(36) + Math.random().toString(36).slice(2)
    }

    // Editors

    const openEditor = cell => {
      if (cell.area) return
      const area = cell.area = make("textarea", {
        value: cell.text, spellcheck: false, autocapitalize: "off", autocomplete: "off", wrap: "off",
        title: words.hint, ariaLabel: words.edit + ", " + (cell.program || ""),
      })
      cell.marks = make("pre", { className: "marks", ariaHidden: "true" })
      cell.editor = make("div", { className: "editor" }, cell.marks, area)
      cell.pre.hidden = true
      cell.pre.after(cell.editor)
      setText(cell, cell.text)
      area.addEventListener("input", () => {
        clearMarks(cell)
        touch(cell)
        setText(cell, area.value)
        keepEdits()
      })
      area.addEventListener("scroll", () => { cell.marks.scrollLeft = area.scrollLeft })
      area.addEventListener("keydown", event => {
        const { selectionStart: start, value } = area
        const insert = string => {
          event.preventDefault()
          // Unlike a change of the value, it can be undone.
          document.execCommand("insertText", false, string)
        }
        if (event.key === "Tab" && !event.shiftKey && !event.altKey && !event.metaKey) insert("  ")
        if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
          const line = value.slice(value.lastIndexOf("\n", start - 1) + 1, start)
          insert("\n" + line.match(/^ */)[0] + (/\{\s*$/.test(line) ? "  " : ""))
        }
        if (event.key === "Escape") { event.stopPropagation(); closeEditor(cell); cell.pre.focus() }
      })
    }
    /** Shows the coloured text again where nothing was edited. */
    const closeEditor = cell => {
      if (!cell.area) return
      if (cell.text !== cell.shown) return cell.area.blur()
      cell.editor.remove()
      cell.area = cell.marks = cell.editor = null
      cell.pre.hidden = false
    }
    const clearMarks = cell => {
      cell.marks?.replaceChildren()
      cell.problems.replaceChildren()
      cell.figure.classList.remove("is-wrong")
    }
    const markFailures = (cell, failures) => {
      clearMarks(cell)
      if (!failures.length) return
      openEditor(cell)
      cell.figure.classList.add("is-wrong")
      const messages = new Map(failures.map(f => [f.row, f.message.split("\n")[0]]))
      const lines = cell.text.split("\n")
      cell.marks.append(...lines.map((line, row) => {
        const mark = make("span", { className: messages.has(row) ? "line bad" : "line", textContent: line + " " })
        if (messages.has(row)) mark.dataset.message = messages.get(row)
        return mark
      }))
      cell.problems.append(...failures.map(({ row, column, message }) => {
        const go = row < 0 ? "" : button("place", () => {
          const start = lines.slice(0, row).join("\n").length + (row ? 1 : 0) + unitIndex(lines[row] || "", column)
          cell.area.focus()
          cell.area.setSelectionRange(start, start)
        }, `${row + 1}:${column + 1}`)
        return make("li", {}, go, " " + message)
      }))
    }

    // Runs

    const post = async (path, body, signal) => {
      const headers = { "Content-Type": "application/json" }
      const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(body), signal })
      if (!response.ok) throw new Error(await response.text())
      return response
    }
    const request = program => ({
      page: chapter, version, program,
      cells: Object.fromEntries(cells.filter(c => c.text !== c.shown).map(c => [c.line, c.text])),
    })
    const ofProgram = (blocks, program) => blocks.filter(b => b.programs.includes(program))
    const tell = (program, message) => {
      for (const cell of ofProgram(cells, program)) cell.status.textContent = message
    }

    /** Marks the cells and blocks of programs that run. */
    const showRuns = () => {
      for (const own of [...cells, ...outputs]) {
        const isRunning = own.programs.some(program => runs.has(program))
        own.figure.classList.toggle("running", isRunning)
        if (!own.run) continue
        own.run.hidden = !(own.stop.hidden = !isRunning)
        own.write.disabled = isRunning || own.text === own.shown
      }
    }
    /** Does the work for a program, which Stop ends; tells what goes wrong. */
    const during = async (program, work) => {
      if (!program || runs.has(program)) return
      // A browser has six connections to a server.
      if (runs.size >= 4) return tell(program, words.busy)
      const control = new AbortController()
      runs.set(program, control)
      showRuns()
      tell(program, words.waiting)
      try {
        await work(control.signal)
      } catch (error) {
        tell(program, control.signal.aborted ? words.stopped : String(error.message || error))
      }
      runs.delete(program)
      showRuns()
    }
    /** Shows the cells and blocks of a program as before a run. */
    const clear = program => {
      for (const cell of ofProgram(cells, program)) { clearMarks(cell); cell.extra.replaceChildren() }
      for (const { figure, original, isAnswer } of ofProgram(outputs, program)) {
        figure.innerHTML = original
        figure.hidden = isAnswer
      }
    }
    const unverify = figure => {
      const verdict = figure.querySelector(".verdict")
      verdict.className = "verdict"
      verdict.textContent = words.unverified
    }
    const run = ({ program }) => during(program, async signal => {
      clear(program)
      for (const output of ofProgram(outputs, program)) {
        output.isFresh = true
        output.figure.hidden = false
        unverify(output.figure)
      }
      const response = await post("api/run", request(program), signal)
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      let rest = ""
      for (;;) {
        const { done, value } = await reader.read()
        if (done) break
        const lines = (rest + value).split("\n")
        rest = lines.pop()
        for (const line of lines) handle(program, JSON.parse(line))
      }
    })

    const handle = (program, { event, block, text, svg, result }) => {
      const at = blocks => ofProgram(blocks, program).find(b => b.line === block)
      const output = at(outputs), cell = at(cells)
      if (event === "progress" || event === "failed") tell(program, text)
      if (event === "compiling" || event === "running") tell(program, words[event])
      if (event === "printed" && output) {
        if (output.isFresh) {
          output.figure.innerHTML = "<pre><code></code></pre><figcaption></figcaption>"
          output.figure.lastChild.className = "verdict"
          unverify(output.figure)
        }
        output.isFresh = false
        output.figure.querySelector("code").append(text)
      } else if (event === "printed" && cell) showExtra(cell, (cell.extra.textContent || "") + text)
      if (event === "curve" && output) {
        output.figure.querySelector("svg.curve")?.remove()
        output.figure.insertAdjacentHTML("beforeend", svg)
      }
      if (event === "ended") showResult(program, result)
    }
    const showExtra = (cell, printed) => {
      cell.extra.replaceChildren(make("pre", { className: "printed", textContent: printed }))
    }

    const showResult = (program, result) => {
      const how = words[result.status] || result.status
      tell(program, `${how}, ${result.isCached ? words.cached : result.seconds.toFixed(2) + " " + words.seconds}`)
      const at = (own, blocks) => blocks.filter(it => it.block === own.line)
      const ownCells = ofProgram(cells, program), ownOutputs = ofProgram(outputs, program)
      for (const cell of ownCells) {
        markFailures(cell, at(cell, result.failures))
        cell.extra.replaceChildren()
        for (const block of at(cell, result.blocks)) if (block.printed) showExtra(cell, block.printed)
      }
      for (const { figure, line } of ownOutputs) {
        for (const block of result.blocks) if (block.block === line && block.html) figure.innerHTML = block.html
      }
      const last = ownCells.at(-1)
      if (!last) return
      const isElsewhere = f => ![...ownCells, ...ownOutputs].some(own => own.line === f.block)
      const others = result.failures.filter(isElsewhere)
      const items = isInText => others.filter(f => !!f.isInText === isInText).map(f => make("li", { textContent: f.message }))
      // Of an experiment, the numbers in the text around it are no news.
      const quoted = items(true)
      last.problems.append(...items(false))
      if (quoted.length) {
        const summary = make("summary", { textContent: words.quoted + quoted.length })
        last.problems.append(make("li", {}, make("details", {}, summary, make("ul", {}, ...quoted))))
      }
      if (result.errors) last.extra.append(make("pre", { className: "errors", textContent: result.errors }))
    }

    const stop = cell => { for (const program of cell.programs) runs.get(program)?.abort() }

    const reset = cell => {
      stop(cell)
      touch(cell)
      cell.base = cell.shown
      setText(cell, cell.shown)
      closeEditor(cell)
      keepEdits()
      tell(cell.program, "")
      clear(cell.program)
      cell.pre.focus()
    }

    // Writing back

    const write = ({ program }) => during(program, async signal => {
      const sent = request(program)
      const answer = await (await post("api/difference", sent, signal)).json()
      tell(program, "")
      if (signal.aborted || !await confirmed(answer)) return
      await post("api/write", { proposal: answer.proposal })
      for (const own of cells.filter(c => sent.cells[c.line] !== undefined)) {
        touch(own)
        own.base = sent.cells[own.line]
      }
      keepEdits()
      runs.delete(program)
      await refresh()
    })
    const confirmed = ({ lines, refusals, proposal }) => new Promise(resolve => {
      const signs = { same: " ", old: "-", new: "+" }
      const rows = lines.map(({ kind, number, text }) =>
        make("span", { className: kind, textContent: `${String(number).padStart(5)} ${signs[kind]} ${text}\n` }))
      const close = value => { dialog.remove(); resolve(value) }
      const dialog = make("dialog", { className: "difference" },
        make("h2", { textContent: words.show }),
        ...refusals.map(refusal => make("p", { textContent: refusal })),
        proposal ? make("pre", { tabIndex: 0 }, ...rows) : make("p", { textContent: words.same }),
        proposal ? button("write", () => close(true)) : "", button("cancel", () => close(false)))
      dialog.addEventListener("cancel", () => close(false))
      document.body.append(dialog)
      dialog.showModal()
    })

    // The page

    const setUpCell = figure => {
      const pre = figure.querySelector("pre"), shown = pre.textContent.replace(/\n$/, "")
      const programs = [figure.dataset.program, ...(figure.dataset.also || "").split(" ")].filter(Boolean)
      const cell = {
        figure, pre, shown, text: shown, base: shown, line: Number(figure.dataset.line), programs, program: programs[0],
        status: make("span", { className: "status", role: "status" }), problems: make("ul", { className: "problems" }),
        extra: make("div", { className: "extra" }),
      }
      for (const [name, action] of Object.entries({ run, stop, reset, write })) cell[name] = button(name, () => action(cell))
      if (figure.dataset.answers !== undefined) cell.run.textContent = words.check
      cell.stop.hidden = true
      cell.run.title = words.hint
      const tools = make("span", { className: "tools" }, cell.run, cell.stop, cell.reset, cell.write)
      figure.querySelector("figcaption").append(tools, cell.status)
      figure.append(cell.problems, cell.extra)
      const edit = () => { openEditor(cell); cell.area.focus() }
      pre.addEventListener("click", () => { if (getSelection().isCollapsed) edit() })
      figure.addEventListener("keydown", event => {
        if (event.key !== "Enter") return
        if (event.ctrlKey || event.metaKey) run(cell)
        else if (event.target === pre) edit()
        else return
        event.preventDefault()
      })
      setText(cell, shown)
      return cell
    }
    /** Below a reader's cell, the blocks of the solution that it is held against; a check shows them. */
    const addAnswers = figure => {
      for (const line of figure.dataset.answers.split(" ").filter(Boolean).reverse()) {
        const answer = document.getElementById("output-" + line).cloneNode(true)
        answer.removeAttribute("id")
        answer.querySelector("svg.curve")?.remove()
        answer.querySelector(".verdict").replaceChildren()
        Object.assign(answer.dataset, { program: figure.dataset.program, answer: "" })
        answer.hidden = true
        figure.after(answer)
      }
    }
    const setUp = () => {
      main = document.querySelector("main[data-chapter]")
      if (!main?.dataset.version) return false
      chapter = main.dataset.chapter
      version = main.dataset.version
      cells = $$("figure.cell[data-program]:not([data-kind=skip])", main).map(setUpCell)
      const places = {}
      for (const cell of cells) cell.place = places[cell.program] = (places[cell.program] ?? -1) + 1
      $$("figure.cell[data-answers]", main).forEach(addAnswers)
      outputs = $$("figure.output[data-program]", main).map(figure => ({
        figure, original: figure.innerHTML, line: Number(figure.dataset.line), programs: [figure.dataset.program],
        isAnswer: figure.dataset.answer === "",
      }))
      restoreEdits()
      return true
    }

    /** Shows the chapter as its file is now, where the reader was. */
    const refresh = async () => {
      const response = await fetch(location.pathname)
      if (!response.ok) return
      const page = new DOMParser().parseFromString(await response.text(), "text/html")
      const fresh = page.querySelector(".page")
      if (!fresh) return
      for (const control of runs.values()) control.abort()
      const focused = cells.findIndex(cell => cell.area && cell.area === document.activeElement)
      const { selectionStart, selectionEnd } = cells[focused]?.area ?? {}
      const place = $$("[id]", main).find(element => element.getBoundingClientRect().bottom > 0)
      const top = place?.getBoundingClientRect().top
      document.title = page.title
      document.querySelector(".page").replaceWith(document.adoptNode(fresh))
      addCopyButtons()
      setUp()
      const now = place && document.getElementById(place.id)
      if (now) scrollBy(0, now.getBoundingClientRect().top - top)
      const cell = cells[focused]
      if (!cell) return
      openEditor(cell)
      cell.area.focus({ preventScroll: true })
      cell.area.setSelectionRange(selectionStart, selectionEnd)
    }
    let isGone = false
    const watch = async () => {
      try {
        if (!document.hidden) {
          const response = await fetch("api/versions")
          if (!response.ok) throw new Error()
          const versions = await response.json()
          if (isGone) tellPage("")
          isGone = false
          if (!versions[chapter]) throw words.missing
          if (versions[chapter] !== version && !runs.size) await refresh()
        }
      } catch (error) {
        isGone = true
        tellPage(error === words.missing ? error : words.gone)
      }
      setTimeout(watch, 1000)
    }
    if (setUp()) watch()

    """#

  /// Of what the script adds to a page.
  static let css = """
    figure.running { outline: 2px solid var(--link); }
    figure.cell.edited > figcaption::before { content: "● "; }
    .tools button { font: inherit; margin-inline-start: .4em; padding: 0 .6em; }
    .tools button:disabled { opacity: .55; }
    .status { margin-inline-start: .6em; }
    .editor { position: relative; }
    .editor textarea, .editor .marks {
      font: inherit; font-family: ui-monospace, monospace; font-size: .875rem; line-height: 1.5;
      margin: 0; padding: .7rem; border: 0; width: 100%; box-sizing: border-box; white-space: pre; tab-size: 2;
    }
    .editor textarea { position: relative; display: block; background: none; color: inherit; resize: none; overflow: auto hidden; }
    .editor .marks { position: absolute; inset: 0; overflow: hidden; color: transparent; background: none; }
    .marks .line { display: block; }
    .marks .bad { background: #d5000022; }
    .marks .bad::after { content: attr(data-message); color: var(--bad); margin-inline-start: 2em; }
    .problems { margin: 0; padding-inline-start: 1.2em; color: var(--bad); white-space: pre-wrap; }
    .problems:empty { display: none; }
    dialog.difference { max-width: min(60rem, 94vw); }
    .difference pre { overflow: auto; max-height: 60vh; }
    .difference .old { background: #d5000022; }
    .difference .new { background: #00a03c22; }
    .note { position: sticky; top: 0; z-index: 9; margin: 0; padding: .5rem 1rem; background: #a00; color: #fff; }

    """
}
