/// What makes the cells of a served page ones to edit and run.
///
/// The script knows the page by its markup alone: `figure.cell` and `figure.output`, with `data-line` and
/// `data-program`, in `main[data-chapter]`, and the template of what a cell gets besides. All that a run shows
/// is the server's HTML. A reader's edits are kept by the browser, with the text that was edited, so that they
/// find their cells again in a chapter that was changed meanwhile.
enum LiveScript {
  /// What the script clones for each cell, and the words that it says, as the template's `data-`.
  ///
  /// - Parameter file: tells the chapter's file from all others whose pages a browser has seen at this address.
  static func template(in words: SiteWords, file: String) -> String {
    func say(_ english: String, _ chinese: String) -> String {
      htmlEscaped(words.say(english, chinese))
    }
    let hint = say("Ctrl-Enter runs; Escape leaves the cell", "Ctrl-Enter 运行；Escape 离开单元")
    return """
      <template id="live" data-file="\(file)" data-check="\(say("Check", "检查"))"
        data-waiting="\(say("waiting", "等待中"))" data-stopped="\(say("stopped", "已停止"))"
        data-busy="\(say("four programs run; stop one, or wait", "已有四个程序在运行；请停止一个，或稍候"))"
        data-discard="\(say("Discard", "丢弃"))"
        data-lost="\(say("edits whose cells are not in the chapter now, kept: ", "所在单元已不在本章的编辑，仍保留："))"
        data-changed="\(say("this cell was changed in the file since you edited it", "你编辑之后，文件中的这个单元已被改动"))"
        data-later="\(say("the file has changed; the page follows when what runs has ended", "文件已被改动；运行结束后页面会随之更新"))"
        data-missing="\(say("this chapter is no longer there", "本章已不存在"))"
        data-gone="\(say(
          "the server has ended; start it again and open the address that it prints: edits are kept",
          "服务器已停止；请重新启动，并打开它打印的地址：编辑内容已保留"))">
      <span class="tools">
      <button type="button" class="run" title="\(hint)">\(say("Run", "运行"))</button>
      <button type="button" class="stop" hidden>\(say("Stop", "停止"))</button>
      <button type="button" class="reset">\(say("Reset", "还原"))</button>
      <button type="button" class="write">\(htmlEscaped(words.writeBack))</button>
      <span class="status" role="status"></span></span>
      <div class="editor" hidden><pre class="marks" aria-hidden="true"></pre>
      <textarea class="area" spellcheck="false" autocapitalize="off" autocomplete="off" wrap="off"
        aria-label="\(say("edit", "编辑"))" title="\(hint)"></textarea></div>
      <ul class="problems"></ul>
      <div class="extra"></div>
      </template>

      """
  }

  /// A module.
  static let javaScript = #"""
    const live = document.querySelector("#live"), words = live?.dataset
    let main, chapter, version, cells = [], outputs = []
    /** The run of each program that goes on, by its name. */
    const runs = new Map()
    /** What was refused last of each program; a page that is shown anew says it, too. */
    const refusals = new Map()

    // Edits

    const storageKey = () => "workbook " + words.file
    const keptEdits = () => {
      try { return JSON.parse(localStorage.getItem(storageKey())) || [] } catch { return [] }
    }
    /** Keeps the edits made here beside those of other tabs, and those whose cells are not found now; none done. */
    const keepEdits = (done = []) => {
      const own = cells.filter(cell => cell.isTouched)
      const ids = [...done, ...own.map(cell => cell.id)]
      const edits = keptEdits().filter(edit => !ids.includes(edit.id))
      for (const { id, program, place, base, text, shown } of own) {
        const count = ofProgram(cells, program).length
        if (text !== shown) edits.push({ id, program, place, count, base, text })
      }
      // A browser that keeps nothing still edits.
      try {
        if (edits.length) localStorage.setItem(storageKey(), JSON.stringify(edits))
        else localStorage.removeItem(storageKey())
      } catch {}
    }
    /** The edits whose cells are not found. */
    let lost = []
    const restoreEdits = () => {
      const done = []
      lost = []
      for (const edit of keptEdits()) {
        const free = cells.filter(c => c.program === edit.program && (c.id === edit.id || c.text === c.shown))
        const found = free.find(c => c.shown === edit.base && c.place === edit.place)
          || free.find(c => c.shown === edit.base)
        // One that was changed in its place; where cells have come or gone, the place is another's.
        const isThere = cells.some(c => c.shown === edit.base)
          || ofProgram(cells, edit.program).length !== edit.count
        const cell = found || !isThere && free.find(c => c.place === edit.place)
        if (!cell) { lost.push(edit); continue }
        // The file holds it.
        if (cell.shown === edit.text) { done.push(edit.id); continue }
        Object.assign(cell, { id: edit.id, base: edit.base })
        setText(cell, edit.text)
        showEditor(cell, true)
        if (!found) cell.status.textContent = words.changed
      }
      if (done.length) keepEdits(done)
      tellPage("")
    }
    const make = (name, properties, ...content) => {
      const element = Object.assign(document.createElement(name), properties)
      element.append(...content)
      return element
    }
    /** Shows a message above the page, and the edits whose cells are not found. */
    const tellPage = message => {
      const old = document.querySelector(".note"), told = JSON.stringify([message, lost])
      // Told once, it is not read out again and again.
      if (old && old.dataset.told === told) return
      old?.remove()
      if (!message && !lost.length) return
      const note = make("div", { className: "note", role: "alert" }, message)
      note.dataset.told = told
      if (lost.length) note.append(make("p", {}, words.lost + lost.length))
      for (const { id, program, text } of lost) {
        const discard = make("button", { type: "button" }, words.discard)
        discard.addEventListener("click", () => { keepEdits([id]); restoreEdits() })
        note.append(make("details", {}, make("summary", {}, program), make("pre", { tabIndex: 0 }, text), discard))
      }
      document.body.prepend(note)
    }
    addEventListener("storage", event => {
      if (event.key !== storageKey()) return
      const ids = keptEdits().map(edit => edit.id)
      // Another tab took it back, or wrote it into the file.
      for (const cell of cells.filter(c => c.text !== c.shown && !ids.includes(c.id))) {
        setText(cell, cell.shown)
        showEditor(cell, false)
      }
      restoreEdits()
    })
    const setText = (cell, text) => {
      const { area } = cell, isShown = text === cell.shown
      cell.text = text
      cell.figure.classList.toggle("edited", !isShown)
      cell.reset.disabled = cell.write.disabled = isShown
      if (area.value !== text) area.value = text
      area.rows = text.split("\n").length
    }
    const touch = cell => {
      cell.isTouched = true
      cell.id ||= Date.now().toString(36) + Math.random().toString(36).slice(2)
    }

    // Editors

    /** The editor, or the coloured text. */
    const showEditor = (cell, isOpen) => {
      cell.pre.hidden = isOpen
      cell.editor.hidden = !isOpen
    }
    const edit = (cell, place) => {
      showEditor(cell, true)
      cell.area.focus()
      if (place) cell.area.setSelectionRange(place, place)
    }
    const leave = cell => {
      if (cell.text === cell.shown) showEditor(cell, false)
      // The coloured text is the file's: the way out of an edited cell is its buttons.
      const place = cell.text === cell.shown ? cell.pre : cell.run.hidden ? cell.stop : cell.run
      place.focus()
    }
    /** Moves the lines of the selection, which the first begins, in or out. */
    const moveLines = (area, first, isOut, insert) => {
      const { selectionEnd: end, value } = area
      // Of a line that it ends before, it has nothing.
      const last = value[end - 1] === "\n" ? end - 1 : (value + "\n").indexOf("\n", end)
      const moved = value.slice(first, last).split("\n")
        .map(line => isOut ? line.replace(/^(\t| {1,2})/, "") : line && "  " + line).join("\n")
      area.setSelectionRange(first, last)
      insert(moved)
      area.setSelectionRange(first, first + moved.length)
    }
    const typed = (cell, event) => {
      const { selectionStart: start, selectionEnd: end, value } = cell.area
      const insert = string => {
        event.preventDefault()
        // Unlike a change of the value, it can be undone.
        document.execCommand("insertText", false, string)
      }
      const first = value.slice(0, start).lastIndexOf("\n") + 1
      if (event.key === "Tab" && !event.altKey && !event.metaKey) {
        // Without a selection, Shift-Tab leaves the editor.
        if (start < end) moveLines(cell.area, first, event.shiftKey, insert)
        else if (!event.shiftKey) insert("  ")
      }
      if (event.key === "Enter") {
        const line = value.slice(first, start)
        insert("\n" + line.match(/^ */)[0] + (/\{\s*$/.test(line) ? "  " : ""))
      }
      if (event.key === "Escape") { event.stopPropagation(); leave(cell) }
    }
    const clearMarks = ({ marks, problems }) => {
      marks.replaceChildren()
      problems.replaceChildren()
    }

    // Runs

    const post = async (path, body, signal) => {
      const headers = { "Content-Type": "application/json" }
      const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(body), signal })
      if (response.ok) return response
      // The page that is shown next answers to what was asked of one that is old.
      throw Object.assign(new Error(await response.text()), { isOfOldPage: response.status === 412 })
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
        const hadFocus = [own.run, own.stop, own.write].includes(document.activeElement)
        own.run.hidden = !(own.stop.hidden = !isRunning)
        if (hadFocus) (isRunning ? own.stop : own.run).focus()
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
      refusals.delete(program)
      showRuns()
      tell(program, words.waiting)
      try {
        await work(control.signal)
      } catch (error) {
        // A connection that fails is a TypeError of `fetch` and of its readers.
        const message = error instanceof TypeError ? words.gone : String(error.message || error)
        if (!control.signal.aborted && !error.isOfOldPage) refusals.set(program, message)
        tell(program, control.signal.aborted ? words.stopped : message)
      }
      // What is written back gives its place up before the page is shown anew.
      if (runs.get(program) === control) runs.delete(program)
      showRuns()
    }
    const run = ({ program }) => during(program, async signal => {
      ofProgram(cells, program).forEach(clearMarks)
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
    /** Shows what the server tells of a run. */
    const handle = (program, { event, text, block, html, marks, problems }) => {
      if (block === undefined) return tell(program, text)
      const cell = cells.find(cell => cell.line === block)
      // What is wrong with a cell that the page hides stands below the last that it shows.
      const place = cell ?? ofProgram(cells, program).at(-1)
      if (problems) place?.problems.insertAdjacentHTML("beforeend", problems)
      const shown = cell?.extra
        ?? $$(`.output[data-line="${block}"]`, main).find(it => it.dataset.program === program)
      if (!shown) return
      if (event === "shown") shown.innerHTML = html
      if (event === "printed") shown.querySelector("code").append(text)
      if (event === "curve") {
        shown.querySelector("svg.curve")?.remove()
        shown.insertAdjacentHTML("beforeend", html)
      }
      if (!marks) return
      cell.marks.innerHTML = marks
      showEditor(cell, true)
    }
    const stop = cell => { for (const program of cell.programs) runs.get(program)?.abort() }
    const reset = cell => {
      stop(cell)
      touch(cell)
      cell.base = cell.shown
      setText(cell, cell.shown)
      leave(cell)
      keepEdits()
      refusals.delete(cell.program)
      tell(cell.program, "")
      for (const own of ofProgram(cells, cell.program)) { clearMarks(own); own.extra.replaceChildren() }
      for (const own of ofProgram(outputs, cell.program)) own.figure.innerHTML = own.original
    }

    // Writing back

    const write = ({ program }) => during(program, async signal => {
      const sent = request(program)
      const { html, proposal } = await (await post("api/difference", sent, signal)).json()
      tell(program, "")
      if (signal.aborted || !await isAgreed(html)) return
      await post("api/write", { proposal })
      for (const own of cells.filter(c => sent.cells[c.line] !== undefined)) {
        touch(own)
        own.base = sent.cells[own.line]
      }
      keepEdits()
      runs.delete(program)
      await refresh()
    })
    /** Whether the reader wants what a dialog of the server's shows. */
    const isAgreed = html => new Promise(resolve => {
      document.body.insertAdjacentHTML("beforeend", html)
      const dialog = document.body.lastElementChild
      dialog.addEventListener("close", () => { dialog.remove(); resolve(dialog.returnValue === "write") })
      dialog.showModal()
    })

    // The page

    const actions = { run, stop, reset, write, place: (cell, button) => edit(cell, button.value) }
    const setUpCell = figure => {
      const added = live.content.cloneNode(true), pre = figure.querySelector("pre")
      const { code } = figure.dataset
      const shown = code ? JSON.parse(code) : pre.textContent.replace(/\n$/, "")
      const programs = [figure.dataset.program, ...(figure.dataset.also || "").split(" ")].filter(Boolean)
      const cell = {
        figure, pre, shown, text: shown, base: shown, line: Number(figure.dataset.line), programs, program: programs[0],
      }
      for (const part of $$("[class]", added)) cell[part.className] = part
      cell.area.ariaLabel += ", " + cell.program
      if (figure.dataset.kind === "exercise") cell.run.textContent = words.check
      figure.querySelector("figcaption").append(cell.tools)
      pre.after(cell.editor)
      figure.append(cell.problems, cell.extra)
      pre.addEventListener("click", () => { if (getSelection().isCollapsed) edit(cell) })
      figure.addEventListener("click", ({ target }) => actions[target.className]?.(cell, target))
      cell.area.addEventListener("input", () => {
        clearMarks(cell)
        touch(cell)
        setText(cell, cell.area.value)
        keepEdits()
      })
      cell.area.addEventListener("scroll", () => { cell.marks.scrollLeft = cell.area.scrollLeft })
      figure.addEventListener("keydown", event => {
        // The keys are an input method's.
        if (event.isComposing) return
        const isWithControl = event.ctrlKey || event.metaKey
        if (event.key === "Enter" && isWithControl) { event.preventDefault(); run(cell) }
        else if (event.target === cell.area) typed(cell, event)
        else if (event.key === "Enter" && event.target === pre) { event.preventDefault(); edit(cell) }
      })
      setText(cell, shown)
      return cell
    }
    const setUp = () => {
      main = document.querySelector("main[data-version]")
      if (!main) return false
      ;({ chapter, version } = main.dataset)
      cells = $$("figure.cell[data-program]:not([data-kind=skip])", main).map(setUpCell)
      const places = {}
      for (const cell of cells) cell.place = places[cell.program] = (places[cell.program] ?? -1) + 1
      outputs = $$("figure.output[data-program]", main)
        .map(figure => ({ figure, original: figure.innerHTML, programs: [figure.dataset.program] }))
      restoreEdits()
      return true
    }

    /** The cell of a page that was, where lines and cells may have come before it. */
    const sameCell = old => cells.find(c => old.id && c.id === old.id)
      || cells.find(c => c.program === old.program && c.shown === old.shown)
      || cells.find(c => c.program === old.program && c.place === old.place)
    /** What the keys can reach of the text, in its order. */
    const stops = () => $$("a[href], button, summary, [tabindex]", main)
    /** Shows the chapter as its file is now, where the reader was. */
    const refresh = async () => {
      const response = await fetch(location.pathname)
      if (!response.ok) return
      const page = new DOMParser().parseFromString(await response.text(), "text/html")
      const fresh = page.querySelector(".page")
      // A run that was begun meanwhile goes on; the page follows it.
      if (!fresh || runs.size) return
      const at = document.activeElement, focused = cells.find(cell => cell.figure.contains(at))
      const { selectionStart, selectionEnd } = focused?.area ?? {}
      const order = stops().indexOf(at), folds = $$("details", main)
      const place = $$(":is(h1, h2, h3, h4)[id], figure.cell", main)
        .find(element => element.getBoundingClientRect().bottom > 0)
      const placed = cells.find(cell => cell.figure === place)
      const top = place?.getBoundingClientRect().top
      document.title = page.title
      document.querySelector(".page").replaceWith(document.adoptNode(fresh))
      addCopyButtons()
      setUp()
      for (const [program, refusal] of refusals) tell(program, refusal)
      const unfolded = $$("details", main)
      if (unfolded.length === folds.length) folds.forEach((it, index) => { unfolded[index].open = it.open })
      const now = placed ? sameCell(placed)?.figure : place && document.getElementById(place.id)
      if (now) scrollBy(0, now.getBoundingClientRect().top - top)
      const cell = focused && sameCell(focused)
      if (!focused && order >= 0) stops()[order]?.focus({ preventScroll: true })
      if (!cell) return
      if (at.className === "area") showEditor(cell, true)
      const same = cell[at.className] ?? cell.pre
      const isThere = !same.hidden && !same.disabled
      ;(isThere ? same : cell.run).focus({ preventScroll: true })
      cell.area.setSelectionRange(selectionStart, selectionEnd)
    }
    let isGone = false
    const watch = async () => {
      try {
        if (!document.hidden) {
          const before = version
          const response = await fetch("api/versions")
          if (!response.ok) throw await response.text()
          const versions = await response.json()
          if (isGone) tellPage("")
          isGone = false
          if (!versions[chapter]) throw words.missing
          // What was asked of the page that was before tells nothing of one that is shown since.
          const isOld = version === before && versions[chapter] !== version
          if (isOld && runs.size) tellPage(words.later)
          else if (isOld) await refresh()
        }
      } catch (error) {
        isGone = true
        // What the server says itself is text.
        tellPage(typeof error === "string" ? error.trim() : words.gone)
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
    .extra pre:has(> code:empty), figure.cell:has(.extra > .verdict) > .verdict { display: none; }
    .problems { margin: 0; padding-inline-start: 1.2em; color: var(--bad); white-space: pre-wrap; }
    .problems:empty { display: none; }
    dialog.difference { max-width: min(60rem, 94vw); }
    .difference pre { overflow: auto; max-height: 60vh; }
    .difference .old { background: #d5000022; }
    .difference .new { background: #00a03c22; }
    .extra .output { margin-top: .5rem; }
    @media print { .editor textarea { white-space: pre-wrap; field-sizing: content; } }
    .note { position: sticky; top: 0; z-index: 9; max-height: 50vh; overflow: auto; padding: .5rem 1rem; background: #a00; color: #fff; }
    .note p { margin: 0; }
    .note pre { background: none; border: 1px solid; }

    """
}
