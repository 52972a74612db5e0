/// What makes the cells of a served page ones to edit and run.
///
/// It knows the page by its markup alone: `figure.cell` and `figure.output`, with `data-line` and
/// `data-program`, in `main[data-chapter]`. A reader's edits are kept by the browser, with the text that
/// was edited, so that they find their cells again in a chapter that was changed meanwhile.
enum LiveScript {
  static let javaScript = #"""
    "use strict";
    (() => {
      const isChinese = document.documentElement.lang.startsWith("zh");
      const say = (english, chinese) => isChinese ? chinese : english;
      const words = {
        run: say("Run", "运行"), check: say("Check", "检查"), stop: say("Stop", "停止"), reset: say("Reset", "还原"),
        write: say("Write back", "写回文件"), cancel: say("Cancel", "取消"), running: say("running", "运行中"),
        waiting: say("waiting", "等待中"), cached: say("cached", "来自缓存"),
        busy: say("four programs run; stop one, or wait", "已有四个程序在运行；请停止一个，或稍候"),
        unverified: say("not verified", "未验证"), missing: say("this chapter is no longer there", "本章已不存在"),
        lost: count => say(
          `edits whose cells are not in the chapter now, kept: ${count}`, `所在单元已不在本章的编辑，仍保留：${count} 处`),
        compiling: say("compiling", "编译中"), stopped: say("stopped", "已停止"), passed: say("passed", "通过"),
        failed: say("failed", "未通过"), compiled: say("compiled, not run", "已编译，未运行"),
        skipped: say("skipped", "已跳过"), expected: say("the page says", "页面所写"),
        printed: say("printed", "实际输出"), edit: say("edit", "编辑"), nothing: say("nothing", "无"),
        same: say("Nothing differs from the file.", "与文件没有差别。"),
        changed: say("this cell was changed in the file since you edited it", "你编辑之后，文件中的这个单元已被改动"),
        gone: say("the server has ended; start it again and reload", "服务器已停止；请重新启动后刷新页面"),
        quoted: count => say(`numbers in the text that this run does not print: ${count}`, `正文中与本次运行不符的数字：${count} 个`),
        show: say("What would be written", "将要写入的内容"), seconds: say("s", "秒"),
        hint: say("Ctrl-Enter runs; Escape leaves the cell", "Ctrl-Enter 运行；Escape 离开单元"),
      };

      const make = (name, properties = {}, ...children) => {
        const element = Object.assign(document.createElement(name), properties);
        element.append(...children);
        return element;
      };
      const bytes = new TextEncoder(), text = new TextDecoder();
      /** The index in a string of one in its UTF-8 bytes. */
      const unitIndex = (string, index) => text.decode(bytes.encode(string).slice(0, index)).length;

      let main, chapter, version, cells = [], outputs = [];
      /** The run of each program that goes on, by its name. */
      const runs = new Map();

      // Edits

      const storageKey = () => "workbook " + chapter;
      const keptEdits = () => {
        try { return JSON.parse(localStorage.getItem(storageKey())) || []; } catch { return []; }
      };
      /** Keeps the edits made here beside those of other tabs, and those whose cells are not found now. */
      const keepEdits = () => {
        const own = cells.filter(cell => cell.isTouched);
        const ids = own.map(cell => cell.id);
        const edits = keptEdits().filter(edit => !ids.includes(edit.id));
        for (const { id, program, place, base, text, shown } of own) {
          if (text !== shown) edits.push({ id, program, place, base, text });
        }
        // A browser that keeps nothing still edits.
        try {
          if (edits.length) localStorage.setItem(storageKey(), JSON.stringify(edits));
          else localStorage.removeItem(storageKey());
        } catch {}
      };
      const restoreEdits = () => {
        let lost = 0;
        for (const edit of keptEdits()) {
          const free = cells.filter(c => c.program === edit.program && (c.id === edit.id || c.text === c.shown));
          const found = free.find(c => c.shown === edit.base && c.place === edit.place)
            || free.find(c => c.shown === edit.base);
          const cell = found || free.find(c => c.place === edit.place);
          if (!cell) { lost += 1; continue; }
          if (cell.shown === edit.text) continue;
          Object.assign(cell, { id: edit.id, base: edit.base });
          setText(cell, edit.text);
          openEditor(cell);
          if (!found) cell.status.textContent = words.changed;
        }
        tellPage(lost ? words.lost(lost) : "");
      };
      const tellPage = message => {
        let note = document.querySelector(".note");
        if (!message) return note?.remove();
        if (!note) {
          note = make("p", { className: "note" });
          note.setAttribute("role", "alert");
          document.body.prepend(note);
        }
        note.textContent = message;
      };
      addEventListener("storage", event => {
        if (event.key === storageKey()) restoreEdits();
      });
      const setText = (cell, value) => {
        cell.text = value;
        if (cell.area && cell.area.value !== value) cell.area.value = value;
        cell.figure.classList.toggle("edited", value !== cell.shown);
        cell.reset.disabled = cell.write.disabled = value === cell.shown;
        if (cell.area) fit(cell);
      };
      const touch = cell => {
        cell.isTouched = true;
        cell.id ||= Date.now().toString(36) + Math.random().toString(36).slice(2);
      };
      const fit = cell => { cell.area.rows = cell.area.value.split("\n").length; };

      // Editors

      const openEditor = cell => {
        if (cell.area) return;
        cell.area = make("textarea", {
          value: cell.text, spellcheck: false, autocapitalize: "off", autocomplete: "off", wrap: "off",
          title: words.hint,
        });
        cell.area.setAttribute("aria-label", words.edit + ", " + (cell.program || ""));
        cell.marks = make("pre", { className: "marks" });
        cell.marks.setAttribute("aria-hidden", "true");
        cell.editor = make("div", { className: "editor" }, cell.marks, cell.area);
        cell.pre.hidden = true;
        cell.pre.after(cell.editor);
        fit(cell);
        cell.area.addEventListener("input", () => {
          clearMarks(cell);
          touch(cell);
          setText(cell, cell.area.value);
          keepEdits();
        });
        cell.area.addEventListener("scroll", () => { cell.marks.scrollLeft = cell.area.scrollLeft; });
        cell.area.addEventListener("keydown", event => {
          const { selectionStart: start, value } = cell.area;
          const insert = string => {
            event.preventDefault();
            // Unlike a change of the value, it can be undone.
            document.execCommand("insertText", false, string);
          };
          if (event.key === "Tab" && !event.shiftKey && !event.altKey && !event.metaKey) insert("  ");
          if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
            const line = value.slice(value.lastIndexOf("\n", start - 1) + 1, start);
            insert("\n" + line.match(/^ */)[0] + (/\{\s*$/.test(line) ? "  " : ""));
          }
          if (event.key === "Escape") { event.stopPropagation(); closeEditor(cell); cell.pre.focus(); }
        });
      };
      /** Shows the coloured text again where nothing was edited. */
      const closeEditor = cell => {
        if (!cell.area) return;
        if (cell.text !== cell.shown) return cell.area.blur();
        cell.editor.remove();
        cell.area = cell.marks = cell.editor = null;
        cell.pre.hidden = false;
      };
      const clearMarks = cell => {
        if (cell.marks) cell.marks.replaceChildren();
        cell.problems.replaceChildren();
        cell.figure.classList.remove("is-wrong");
      };
      const markFailures = (cell, failures) => {
        clearMarks(cell);
        if (!failures.length) return;
        openEditor(cell);
        cell.figure.classList.add("is-wrong");
        const byRow = new Map(failures.filter(f => f.row >= 0).map(f => [f.row, f.message]));
        cell.marks.append(...cell.text.split("\n").map((line, row) => {
          const mark = make("span", { className: byRow.has(row) ? "line bad" : "line", textContent: line + " " });
          if (byRow.has(row)) mark.dataset.message = byRow.get(row).split("\n")[0];
          return mark;
        }));
        cell.problems.append(...failures.map(failure => {
          const item = make("li");
          if (failure.row >= 0) {
            const go = make("button", { type: "button", className: "place", textContent: `${failure.row + 1}:${failure.column + 1}` });
            go.addEventListener("click", () => {
              const lines = cell.text.split("\n");
              const start = lines.slice(0, failure.row).join("\n").length + (failure.row ? 1 : 0)
                + unitIndex(lines[failure.row] || "", failure.column);
              cell.area.focus();
              cell.area.setSelectionRange(start, start);
            });
            item.append(go, " ");
          }
          item.append(failure.message);
          return item;
        }));
      };

      // Runs

      const post = (path, body, signal) => fetch(path, {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal,
      });
      const request = program => ({
        page: chapter, version, program,
        cells: Object.fromEntries(cells.filter(c => c.text !== c.shown).map(c => [c.line, c.text])),
      });
      const find = (blocks, program, line) => blocks.find(b => b.line === line && b.programs.includes(program));
      const ofProgram = program => [
        cells.filter(c => c.programs.includes(program)), outputs.filter(o => o.programs.includes(program)),
      ];
      const tell = (program, message) => {
        for (const cell of ofProgram(program)[0]) cell.status.textContent = message;
      };

      /** Marks the cells and blocks of programs that run. */
      const showRuns = () => {
        for (const own of [...cells, ...outputs]) {
          const isRunning = own.programs.some(program => runs.has(program));
          own.figure.classList.toggle("running", isRunning);
          if (own.run) own.run.hidden = !(own.stop.hidden = !isRunning);
          if (own.write) own.write.disabled = isRunning || own.text === own.shown;
        }
      };
      /** Does the work for a program, which Stop ends; tells what goes wrong. */
      const during = async (program, work) => {
        if (!program || runs.has(program)) return;
        // A browser has six connections to a server.
        if (runs.size >= 4) return tell(program, words.busy);
        const control = new AbortController();
        runs.set(program, control);
        showRuns();
        tell(program, words.waiting);
        try {
          await work(control.signal);
        } catch (error) {
          tell(program, control.signal.aborted ? words.stopped : String(error.message || error));
        }
        runs.delete(program);
        showRuns();
      };
      const run = cell => during(cell.program, async signal => {
        const program = cell.program;
        const [ownCells, ownOutputs] = ofProgram(program);
        for (const own of ownCells) { clearMarks(own); own.extra.replaceChildren(); }
        for (const own of ownOutputs) {
          restoreOutput(own);
          own.isFresh = true;
          own.figure.hidden = false;
          own.verdict.className = "verdict";
          own.verdict.textContent = words.unverified;
        }
        const response = await post("api/run", request(program), signal);
        if (!response.ok) throw new Error(await response.text());
        const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
        let rest = "";
        for (;;) {
          const { done, value } = await reader.read();
          if (done) break;
          const lines = (rest + value).split("\n");
          rest = lines.pop();
          for (const line of lines) handle(program, JSON.parse(line));
        }
      });

      const handle = (program, event) => {
        const block = event.block;
        const output = find(outputs, program, block), cell = find(cells, program, block);
        if (event.event === "progress" || event.event === "failed") tell(program, event.text);
        if (event.event === "compiling" || event.event === "running") tell(program, words[event.event]);
        if (event.event === "printed") {
          if (output) {
            if (output.isFresh) output.code.textContent = "";
            output.isFresh = false;
            output.code.append(event.text);
          } else if (cell) showExtra(cell, event.text, true);
        }
        if (event.event === "curve" && output) showCurve(output, event.svg);
        if (event.event === "ended") showResult(program, event.result);
      };

      const showExtra = (cell, printed, isMore) => {
        if (!cell.extra.firstChild) cell.extra.append(make("pre", { className: "printed" }));
        const pre = cell.extra.firstChild;
        pre.textContent = (isMore ? pre.textContent : "") + printed;
      };
      const showCurve = (output, svg) => {
        const drawn = document.adoptNode(new DOMParser().parseFromString(svg, "text/html").querySelector("svg"));
        const old = output.figure.querySelector("svg.curve");
        if (old) old.replaceWith(drawn);
        else output.figure.append(drawn);
      };
      const restoreOutput = output => {
        output.beside.replaceChildren();
        output.pre.hidden = false;
        output.code.textContent = output.shown;
        output.figure.hidden = output.isAnswer;
        output.isFresh = false;
        const curve = output.figure.querySelector("svg.curve");
        if (curve && output.curve) curve.replaceWith(output.curve);
        else if (curve) curve.remove();
        else if (output.curve) output.figure.append(output.curve);
        output.verdict.className = output.oldClass;
        output.verdict.replaceChildren(...output.oldVerdict);
      };

      const showResult = (program, result) => {
        const how = words[result.status] || result.status;
        tell(program, `${how}, ${result.isCached ? words.cached : result.seconds.toFixed(2) + " " + words.seconds}`);
        const [ownCells, ownOutputs] = ofProgram(program);
        for (const cell of ownCells) {
          markFailures(cell, result.failures.filter(f => f.block === cell.line));
          const block = result.blocks.find(b => b.block === cell.line && b.kind === "unchecked");
          cell.extra.replaceChildren();
          if (block) showExtra(cell, block.printed, false);
        }
        const others = result.failures.filter(f => ![...ownCells, ...ownOutputs].some(o => o.line === f.block));
        const last = ownCells[ownCells.length - 1];
        // Of an experiment, the numbers in the text around it are no news.
        const quoted = others.filter(f => f.isInText);
        if (last) last.problems.append(...others.filter(f => !f.isInText).map(f => make("li", { textContent: f.message })));
        if (last && quoted.length) {
          const list = make("ul", {}, ...quoted.map(f => make("li", { textContent: f.message })));
          const summary = make("summary", { textContent: words.quoted(quoted.length) });
          last.problems.append(make("li", {}, make("details", {}, summary, list)));
        }
        if (last && result.errors) last.extra.append(make("pre", { className: "errors", textContent: result.errors }));
        for (const output of ownOutputs) {
          const block = result.blocks.find(b => b.block === output.line && b.kind === "output");
          output.isFresh = false;
          if (!block || block.status === "skipped") {
            if (block && block.printed !== undefined) output.code.textContent = block.printed;
            continue;
          }
          output.verdict.className = "verdict " + block.status;
          const failures = result.failures.filter(f => f.block === output.line);
          output.verdict.textContent = [block.verdict, ...failures.map(f => f.message)].filter(Boolean).join(" — ");
          if (block.svg) showCurve(output, block.svg);
          if (block.status === "failed") showBeside(output, block.printed, failures);
          else output.code.textContent = block.printed;
        }
      };

      /** Expected and printed side by side, with what is off marked in both. */
      const showBeside = (output, printed, failures) => {
        const off = failures.find(f => f.expected !== undefined && f.row >= 0);
        const column = (title, string, find) => {
          const pre = make("pre");
          string.replace(/\n$/, "").split("\n").forEach((line, row) => {
            const place = off ? find(line, row) : -1;
            if (place < 0) pre.append(line + "\n");
            else {
              const word = title === words.expected ? off.expected : off.actual;
              pre.append(line.slice(0, place), make("mark", { textContent: word || words.nothing }),
                line.slice(place + word.length) + "\n");
            }
          });
          return make("div", {}, make("p", { textContent: title }), pre);
        };
        let isFound = false;
        output.beside.replaceChildren(
          column(words.expected, output.shown, (line, row) => row === off.row ? unitIndex(line, off.column) : -1),
          column(words.printed, printed, line => {
            if (isFound || line.trimEnd() !== (off.actualLine || "").trimEnd()) return -1;
            isFound = true;
            return line.indexOf(off.actual);
          }));
        output.pre.hidden = true;
      };

      const stop = cell => {
        for (const program of cell.programs) runs.get(program)?.abort();
      };

      const reset = cell => {
        stop(cell);
        touch(cell);
        cell.base = cell.shown;
        setText(cell, cell.shown);
        clearMarks(cell);
        closeEditor(cell);
        keepEdits();
        tell(cell.program, "");
        const [ownCells, ownOutputs] = ofProgram(cell.program);
        for (const own of ownCells) { clearMarks(own); own.extra.replaceChildren(); }
        for (const own of ownOutputs) restoreOutput(own);
        cell.pre.focus();
      };

      // Writing back

      const write = cell => during(cell.program, async signal => {
        const problem = async response => {
          if (!response.ok) throw new Error(await response.text());
          return response.json();
        };
        const sent = request(cell.program);
        const answer = await problem(await post("api/difference", sent, signal));
        tell(cell.program, "");
        if (signal.aborted || !await confirmed(answer)) return;
        await problem(await post("api/write", { proposal: answer.proposal }));
        for (const own of cells.filter(c => sent.cells[c.line] !== undefined)) {
          touch(own);
          own.base = sent.cells[own.line];
        }
        keepEdits();
        runs.delete(cell.program);
        await refresh();
      });
      const confirmed = answer => new Promise(resolve => {
        const lines = answer.lines.map(line => make("span", {
          className: line.kind,
          textContent: `${String(line.number).padStart(5)} ${{ same: " ", old: "-", new: "+" }[line.kind]} ${line.text}\n`,
        }));
        const dialog = make("dialog", { className: "difference" },
          make("h2", { textContent: words.show }),
          ...answer.refusals.map(refusal => make("p", { textContent: refusal })),
          answer.proposal ? make("pre", { tabIndex: 0 }, ...lines) : make("p", { textContent: words.same }));
        const close = value => { dialog.close(); dialog.remove(); resolve(value); };
        const button = (label, value) => {
          const element = make("button", { type: "button", textContent: label });
          element.addEventListener("click", () => close(value));
          return element;
        };
        if (answer.proposal) dialog.append(button(words.write, true));
        dialog.append(button(words.cancel, false));
        dialog.addEventListener("cancel", () => close(false));
        document.body.append(dialog);
        dialog.showModal();
      });

      // The page

      const setUpCell = figure => {
        const pre = figure.querySelector("pre"), code = pre.querySelector("code") || pre;
        const shown = code.textContent.replace(/\n$/, "");
        const cell = {
          figure, pre, shown, text: shown, base: shown, line: Number(figure.dataset.line),
          programs: [figure.dataset.program, ...(figure.dataset.also || "").split(" ")],
          status: make("span", { className: "status" }), problems: make("ul", { className: "problems" }),
          extra: make("div", { className: "extra" }),
        };
        cell.programs = cell.programs.filter(Boolean);
        cell.program = cell.programs[0];
        cell.status.setAttribute("role", "status");
        const bar = make("span", { className: "tools" });
        for (const [name, action] of [["run", run], ["stop", stop], ["reset", reset], ["write", write]]) {
          cell[name] = make("button", { type: "button", className: name, textContent: words[name] });
          cell[name].addEventListener("click", () => action(cell));
          bar.append(cell[name]);
        }
        if (figure.dataset.answers !== undefined) cell.run.textContent = words.check;
        cell.stop.hidden = true;
        cell.run.title = words.hint;
        (figure.querySelector("figcaption") || figure.appendChild(make("figcaption"))).append(bar, cell.status);
        figure.append(cell.problems, cell.extra);
        pre.tabIndex = 0;
        const edit = () => { openEditor(cell); cell.area.focus(); };
        pre.addEventListener("click", () => { if (getSelection().isCollapsed) edit(); });
        pre.addEventListener("keydown", event => {
          if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          edit();
        });
        figure.addEventListener("keydown", event => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          run(cell);
        });
        setText(cell, shown);
        return cell;
      };
      /** Below a reader's cell, the blocks of the solution that it is held against; a check shows them. */
      const addAnswers = figure => {
        for (const line of figure.dataset.answers.split(" ").filter(Boolean).reverse()) {
          const answer = document.getElementById("output-" + line).cloneNode(true);
          answer.removeAttribute("id");
          answer.querySelector("svg.curve")?.remove();
          answer.querySelector(".verdict").replaceChildren();
          Object.assign(answer.dataset, { program: figure.dataset.program, answer: "" });
          answer.hidden = true;
          figure.after(answer);
        }
      };
      const setUpOutput = figure => {
        const verdict = figure.querySelector(".verdict");
        const output = {
          figure, verdict, oldVerdict: [...verdict.childNodes], oldClass: verdict.className,
          curve: figure.querySelector("svg.curve"), line: Number(figure.dataset.line),
          programs: [figure.dataset.program], isAnswer: figure.dataset.answer === "",
          beside: figure.querySelector(".pair") || make("div", { className: "pair" }),
        };
        // A block that failed before shows both texts.
        const expected = output.beside.querySelector("pre.expected");
        output.pre = figure.querySelector(":scope > pre") || make("pre", { hidden: true }, make("code"));
        output.code = output.pre.querySelector("code");
        if (expected) output.code.textContent = expected.textContent;
        output.shown = output.code.textContent;
        verdict.before(output.pre, output.beside);
        return output;
      };
      const setUp = () => {
        main = document.querySelector("main[data-chapter]");
        if (!main || !main.dataset.version) return false;
        ({ chapter, version } = main.dataset);
        cells = [...main.querySelectorAll("figure.cell[data-program]:not([data-kind=skip])")].map(setUpCell);
        const places = {};
        for (const cell of cells) cell.place = places[cell.program] = (places[cell.program] ?? -1) + 1;
        main.querySelectorAll("figure.cell[data-answers]").forEach(addAnswers);
        outputs = [...main.querySelectorAll("figure.output[data-program]")].map(setUpOutput);
        restoreEdits();
        return true;
      };

      /** Shows the chapter as its file is now, where the reader was. */
      const refresh = async () => {
        const response = await fetch(location.pathname);
        if (!response.ok) return;
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        const fresh = page.querySelector(".page");
        if (!fresh) return;
        for (const control of runs.values()) control.abort();
        const focused = cells.findIndex(cell => cell.area === document.activeElement && cell.area);
        const selection = focused < 0 ? null : [cells[focused].area.selectionStart, cells[focused].area.selectionEnd];
        const places = [...main.querySelectorAll("[id]")];
        const place = places.find(element => element.getBoundingClientRect().bottom > 0);
        const top = place?.getBoundingClientRect().top;
        document.title = page.title;
        document.querySelector(".page").replaceWith(document.adoptNode(fresh));
        addCopyButtons();
        setUp();
        const now = place && document.getElementById(place.id);
        if (now) scrollBy(0, now.getBoundingClientRect().top - top);
        if (selection && cells[focused]) {
          openEditor(cells[focused]);
          cells[focused].area.focus({ preventScroll: true });
          cells[focused].area.setSelectionRange(...selection);
        }
      };
      let isGone = false;
      const watch = async () => {
        if (!document.hidden) {
          try {
            const response = await fetch("api/versions");
            if (!response.ok) throw new Error();
            const versions = await response.json();
            if (isGone) tellPage("");
            isGone = false;
            if (!versions[chapter]) throw new Error(words.missing);
            if (versions[chapter] !== version && !runs.size) await refresh();
          } catch (error) {
            isGone = true;
            tellPage(error.message === words.missing ? words.missing : words.gone);
          }
        }
        setTimeout(watch, 1000);
      };
      if (setUp()) watch();
    })();

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
    .problems:empty, .pair:empty { display: none; }
    .pair mark { background: #ffd54a; color: #000; outline: 1px solid #b58900; }
    dialog.difference { max-width: min(60rem, 94vw); }
    .difference pre { overflow: auto; max-height: 60vh; }
    .difference .old { background: #d5000022; }
    .difference .new { background: #00a03c22; }
    .note { position: sticky; top: 0; z-index: 9; margin: 0; padding: .5rem 1rem; background: #a00; color: #fff; }

    """
}
