/// What the pages do besides being read, in one file beside them: `script.js`.
///
/// Search, copying, the keys for the chapters before and after, and the place in the other language. All
/// pages are whole without it.
enum SiteScript {
  static let javaScript = #"""
    "use strict"
    const zh = document.documentElement.lang.startsWith("zh")
    const $$ = (selector, from = document) => [...from.querySelectorAll(selector)]

    // Copying: the button stands beside the program's name.
    function addCopyButtons() {
      for (const cell of $$("figure.cell")) {
        const button = document.createElement("button")
        button.className = "copy"
        button.type = "button"
        button.textContent = zh ? "复制" : "Copy"
        button.addEventListener("click", async () => {
          const code = cell.querySelector("textarea")?.value ?? cell.querySelector("pre code").textContent
          await navigator.clipboard.writeText(code)
          button.textContent = zh ? "已复制" : "Copied"
          setTimeout(() => { button.textContent = zh ? "复制" : "Copy" }, 1500)
        })
        cell.querySelector("figcaption").append(button)
      }
    }
    addCopyButtons()

    // The arrow keys lead to the chapters before and after, where they do not move anything else.
    addEventListener("keydown", event => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
      const at = document.activeElement
      if (event.key === "Escape") $$("details.contents[open]").forEach(it => { it.open = false })
      if (at && at !== document.body && !at.matches("a, summary, button") || at?.closest("dialog, figure")) return
      const relation = { ArrowLeft: "prev", ArrowRight: "next" }[event.key]
      const link = relation && document.querySelector(`link[rel=${relation}]`)
      if (link) location.href = link.href
      if (event.key === "/") {
        event.preventDefault()
        document.querySelector("#search")?.focus()
      }
    })

    // Both languages have the same headings in the same order: the number is the place.
    const headings = () => $$("main :is(h1, h2, h3, h4)")
    for (const link of $$("a.language")) {
      link.addEventListener("click", () => {
        const place = headings().findLastIndex(it => it.getBoundingClientRect().top < innerHeight / 3)
        if (place > 0) link.hash = `part-${place}`
      })
    }
    const place = /^#part-(\d+)$/.exec(location.hash)
    if (place) headings()[place[1]]?.scrollIntoView()

    addEventListener("click", event => {
      for (const open of $$("details.contents[open]")) {
        if (!open.contains(event.target)) open.open = false
      }
    })

    // Search: words and pairs of Chinese characters lead to the sections that have them.
    const form = document.querySelector("form.search")
    if (form) {
      form.hidden = false
      const input = form.querySelector("input"), found = form.querySelector("ol")
      const files = {}
      const load = name => files[name] ??= fetch(name).then(answer => answer.json()).catch(error => {
        // The next letter tries again.
        delete files[name]
        throw error
      })
      /** A section's address, title, place and language. `SearchIndex.files` says how they are written. */
      const sections = groups => groups.flatMap(([address, place, language, ...rest]) =>
        rest.flatMap((end, at) => at % 2 ? [] : [[address + end, rest[at + 1], place, language]]))
      const tokens = text => (text.toLowerCase().match(/\p{Ideographic}+|(?:(?!\p{Ideographic})[\p{L}\p{M}])+|(?:(?!\p{Ideographic})\p{N})+/gu) ?? [])
        .flatMap(word => /\p{Ideographic}/u.test(word) && word.length > 1
          ? [...word].slice(1).map((letter, at) => [...word][at] + letter)
          : [/^\p{N}/u.test(word) ? [...word].slice(0, 4).join("") : word])
      const show = async () => {
        const question = input.value, asked = tokens(question)
        if (!asked.length) return found.replaceChildren()
        const { groups, terms } = await load("search.json")
        const all = sections(groups)
        let hits = [...all.keys()]
        for (const word of asked) {
          const words = /\p{Ideographic}/u.test(word) ? await load("search-han.json") : terms
          const own = new Set()
          for (const term in words) {
            let at = -1
            if (term.startsWith(word)) for (const step of words[term]) own.add(at += step.charCodeAt() - 34)
          }
          hits = hits.filter(it => own.has(it))
        }
        // Another answer may have come sooner.
        if (input.value !== question) return
        const language = document.documentElement.lang
        const rank = ([, title, , of]) => (of === language ? 0 : 2)
          - (asked.every(word => title.toLowerCase().includes(word)) ? 1 : 0)
        const best = hits.map(it => all[it]).sort((a, b) => rank(a) - rank(b)).slice(0, 20)
        found.replaceChildren(...best.map(([address, title, chapter]) => {
          const item = document.createElement("li"), link = document.createElement("a")
          const where = document.createElement("small")
          link.href = address
          link.textContent = title
          where.textContent = chapter
          item.append(link, where)
          return item
        }))
        if (!best.length) {
          const item = document.createElement("li")
          item.textContent = input.dataset.none
          found.append(item)
        }
      }
      input.addEventListener("focus", () => load("search.json").catch(() => {}))
      input.addEventListener("input", show)
      input.addEventListener("keydown", event => {
        if (event.key === "Escape") { input.value = ""; found.replaceChildren(); input.blur() }
      })
      addEventListener("click", ({ target }) => {
        if (!form.contains(target) || target.closest(".found a")) found.replaceChildren()
      })
      form.addEventListener("submit", event => {
        event.preventDefault()
        found.querySelector("a")?.click()
      })
    }

    """#
}
