extension Browser {
  /// What would keep a reader out who hears the page, sees little, or has no pointer: rules of the Web
  /// Content Accessibility Guidelines (2.2, AA) that a script can judge, each finding in a line.
  func barriers() throws -> [String] {
    try evaluate(Self.search) as? [String] ?? ["the page could not be looked at"]
  }

  private static let search = #"""
    (() => {
      const found = []
      const all = (selector, from = document) => [...from.querySelectorAll(selector)]
      const isShown = it => it.checkVisibility({ visibilityProperty: true, opacityProperty: true })
      const name = it => it.outerHTML.slice(0, 120)
      const say = (rule, it) => found.push(`${rule}: ${name(it)}`)
      // 3.1.1, 2.4.2, 1.3.1
      if (!document.documentElement.lang) found.push("the page has no language")
      if (!document.title) found.push("the page has no title")
      if (all("main").length !== 1) found.push("the page has not one main part")
      // 4.1.2
      for (const it of all("a[href], button, summary, input, textarea, select").filter(isShown)) {
        const label = it.labels?.[0]?.textContent ?? ""
        if (![it.textContent, it.ariaLabel, it.title, label].some(text => text?.trim())) say("no name", it)
      }
      // 1.1.1
      for (const it of all("img:not([alt]), [role=img]:not([aria-label]):not(:has(> title))")) say("no words for the picture", it)
      // 1.3.1
      for (const it of all("th")) if (!it.textContent.trim()) say("empty header", it)
      for (const it of all("ul > :not(li), ol > :not(li)")) say("no item in a list", it)
      let level = 0
      for (const it of all("h1, h2, h3, h4, h5, h6").filter(isShown)) {
        const own = Number(it.tagName[1])
        if (own > level + 1) say(`a heading that leaves out level ${level + 1}`, it)
        level = own
      }
      const ids = all("[id]").map(it => it.id)
      for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) found.push(`two elements are ${id}`)
      for (const it of all("[aria-controls], [aria-labelledby], label[for]")) {
        const id = it.getAttribute("aria-controls") ?? it.getAttribute("aria-labelledby") ?? it.htmlFor
        if (!document.getElementById(id)) say("it names what is not there", it)
      }
      // 2.1.1
      for (const it of all("pre, div, table").filter(isShown)) {
        const scrolls = /auto|scroll/.test(getComputedStyle(it).overflowX) && it.scrollWidth > it.clientWidth + 1
        if (scrolls && it.tabIndex < 0 && !it.querySelector("a, button")) say("the keys do not reach it", it)
      }
      for (const it of all("[aria-hidden=true] :is(a, button, input, [tabindex])")) say("hidden, but reached by keys", it)
      // 1.4.3
      const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true })
      const rgba = colour => {
        canvas.clearRect(0, 0, 1, 1)
        canvas.fillStyle = colour
        canvas.fillRect(0, 0, 1, 1)
        return [...canvas.getImageData(0, 0, 1, 1).data]
      }
      const over = (top, below) => {
        const share = top[3] / 255
        return [0, 1, 2].map(at => top[at] * share + below[at] * (1 - share)).concat(255)
      }
      const light = colour => {
        const [r, g, b] = colour.map(it => it / 255).map(it => it <= .04045 ? it / 12.92 : ((it + .055) / 1.055) ** 2.4)
        return .2126 * r + .7152 * g + .0722 * b
      }
      const ground = it => {
        if (!it) return rgba(matchMedia("(prefers-color-scheme: dark)").matches ? "#121212" : "#fff")
        const own = rgba(getComputedStyle(it).backgroundColor)
        return own[3] === 255 ? own : over(own, ground(it.parentElement))
      }
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      while (texts.nextNode()) {
        const it = texts.currentNode.parentElement
        if (!texts.currentNode.data.trim() || !isShown(it) || it.closest("[disabled], script, style, svg, math")) continue
        const style = getComputedStyle(it), below = ground(it)
        const text = over(rgba(style.color), below)
        if (style.color === "rgba(0, 0, 0, 0)") continue
        const [a, b] = [light(text), light(below)].sort((a, b) => b - a)
        const isLarge = parseFloat(style.fontSize) >= 24 || parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700
        const contrast = (a + .05) / (b + .05)
        if (contrast < (isLarge ? 3 : 4.5)) say(`contrast ${contrast.toFixed(2)}`, it)
      }
      return [...new Set(found)]
    })()
    """#
}
