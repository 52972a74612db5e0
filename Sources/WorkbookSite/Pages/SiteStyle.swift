import WorkbookChapters

/// How the pages look, in one file beside them: `style.css`.
enum SiteStyle {
  static let css = #"""
    :root {
      color-scheme: light dark;
      --text: #1d1d1f; --quiet: #5c5c61; --ground: #fff; --raised: #f5f5f7; --line: #d2d2d7;
      --link: #0058b8; --good: #17692f; --bad: #b3261e;
      --keyword: #8a1c7c; --string: #9c3a00; --comment: #4f6152;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --text: #f0f0f3; --quiet: #b0b0b6; --ground: #161618; --raised: #222225; --line: #47474c;
        --link: #7cbcff; --good: #7ddc93; --bad: #ff9d94;
        --keyword: #f0a0e0; --string: #ffb48a; --comment: #a9bcab;
      }
    }
    * { box-sizing: border-box }
    html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100% }
    body {
      margin: 0; background: var(--ground); color: var(--text);
      font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK SC",
        "PingFang SC", sans-serif;
    }
    a { color: var(--link) }
    a:focus-visible, button:focus-visible, summary:focus-visible, pre:focus-visible, input:focus-visible,
    .wide:focus-visible, .point:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
    .skip { position: absolute; left: -99rem }
    .skip:focus { left: 1rem; top: .5rem; background: var(--ground); padding: .5rem; z-index: 2 }

    header {
      display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: center; position: relative;
      min-height: 3.25rem; padding: .5rem 1rem; border-bottom: 1px solid var(--line);
    }
    header .book { font-weight: 600; color: inherit; text-decoration: none }
    .contents { flex: 1 }
    .contents > nav {
      position: absolute; z-index: 1; left: 1rem; top: 3.25rem; max-width: calc(100% - 2rem);
      max-height: 75vh; overflow: auto; padding: .25rem 1.25rem; background: var(--ground);
      border: 1px solid var(--line); border-radius: .5rem; box-shadow: 0 .5rem 1.5rem #0003;
    }
    summary { cursor: pointer }
    nav ol, .found { list-style: none; padding: 0; margin: .5rem 0 }
    nav li { margin: .3rem 0 }
    [aria-current] { font-weight: 600; color: inherit; text-decoration: none }
    .mark, .failed { color: var(--bad) }
    .search { position: relative }
    .search label { position: absolute; left: -99rem }
    .search input {
      width: 11rem; max-width: 60vw; font: inherit; font-size: 1rem; padding: .2rem .6rem;
      color: inherit; background: var(--raised); border: 1px solid var(--quiet); border-radius: .4rem;
    }
    .found {
      position: absolute; z-index: 1; right: 0; width: min(26rem, 92vw); max-height: 70vh; overflow: auto;
      background: var(--ground); border: 1px solid var(--line); border-radius: .5rem; padding: .25rem .9rem;
    }
    .found:empty { display: none }
    .found li { margin: .5rem 0 }
    .found small { display: block; color: var(--quiet) }

    .page { max-width: 46rem; margin: 0 auto; padding: 0 1rem }
    .parts { display: none }
    main { min-width: 0; padding: 1rem 0 3rem }
    h1, h2, h3 { line-height: 1.25; margin: 2.2rem 0 .8rem; overflow-wrap: anywhere }
    h1 { font-size: 2rem; margin-top: 1rem }
    h2 { font-size: 1.45rem }
    h3 { font-size: 1.15rem }
    .anchor { color: var(--quiet); text-decoration: none; font-weight: 400; font-size: .8em }
    img, svg { max-width: 100%; height: auto }
    code, pre, textarea { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Noto Sans Mono", monospace }
    code { font-size: .9em }
    p code, li code, td code, th code { background: var(--raised); border-radius: .25rem; padding: .1em .25em }
    p code, li code { overflow-wrap: anywhere }
    td code, th code { white-space: nowrap; overflow-wrap: normal }
    pre {
      margin: 1rem 0; padding: .8rem 1rem; overflow-x: auto; background: var(--raised);
      border-radius: .5rem; font-size: .9rem; line-height: 1.5; tab-size: 4;
    }
    pre code { font-size: inherit }
    .k { color: var(--keyword) } .s { color: var(--string) } .c { color: var(--comment) }
    blockquote { margin: 1rem 0; padding: 0 1rem; border-left: .25rem solid var(--line) }
    .alert { border-color: var(--link) }
    hr { border: 0; border-top: 1px solid var(--line); margin: 2rem 0 }
    .wide, .formula { overflow-x: auto; margin: 1rem 0 }
    .formula { display: block; overflow-y: hidden; padding: .35rem 0 }
    table { border-collapse: collapse }
    th, td { padding: .35rem .7rem; border: 1px solid var(--line); text-align: left; vertical-align: top }
    .left { text-align: left } .center { text-align: center } .right { text-align: right }
    mtd.left { text-align: left } mtd.right { text-align: right }
    .bold { font-weight: 700 }

    figure { margin: 1.25rem 0 }
    figure pre { margin: 0 }
    figcaption, div.verdict { font-size: .85rem; color: var(--quiet) }
    figcaption a { color: inherit }
    .cell figcaption { display: flow-root; margin-bottom: .25rem }
    .cell pre { border-left: .25rem solid var(--link) }
    .cell:is([data-kind=error], [data-kind=traps]) pre { border-left: .25rem dashed var(--bad) }
    .cell:is([data-kind=no-run], [data-kind=skip]) pre { border-left-color: var(--line) }
    .output { margin-top: -.75rem }
    .output pre { background: none; border: 1px solid var(--line) }
    .output figcaption { margin-top: .25rem }
    div.verdict { margin: .25rem 0 0 }
    .verdict.passed { color: var(--good) }
    .verdict.failed, .verdict.skipped { color: var(--bad); font-weight: 600 }
    div.failed { border: 1px solid var(--bad); border-radius: .5rem; padding: 0 1rem; overflow-wrap: anywhere }
    .pair { display: grid; grid-template-columns: 1fr 1fr; gap: .5rem }
    .pair > div { min-width: 0 }
    .pair p { margin: 0; font-size: .85rem; font-weight: 600 }
    .pair mark { background: #ffd54a; color: #000; outline: 1px solid #b58900 }
    pre.printed { border-color: var(--bad) !important }

    .curve { display: block; margin-top: .75rem; font: 13px system-ui, sans-serif; fill: var(--text) }
    .curve path { fill: none }
    .grid { stroke: var(--line) } .axis { stroke: var(--text) }
    .curve .point text { visibility: hidden; stroke: var(--ground); stroke-width: 4px; paint-order: stroke }
    .curve .point:is(:hover, :focus) text { visibility: visible }
    \#(CurvePicture.colours)
    @media (prefers-color-scheme: dark) {
      .curve :is(path, circle):is(.c0, .c1, .c2, .c3, .c4, .c5, .c6, .c7) { filter: brightness(1.6) }
    }

    .neighbours {
      display: flex; flex-wrap: wrap; justify-content: space-between; gap: 1rem; max-width: 46rem;
      margin: 0 auto; padding: 1rem 1rem 3rem; border-top: 1px solid var(--line);
    }
    .neighbours [rel=next] { margin-left: auto }
    .start { display: inline-block; padding: .5rem 1.2rem; border-radius: .5rem; background: var(--link);
      color: var(--ground); text-decoration: none; font-weight: 600 }
    .copy {
      float: right; font: inherit; font-size: .8rem; padding: 0 .6rem; color: var(--text);
      background: var(--raised); border: 1px solid var(--quiet); border-radius: .3rem; cursor: pointer;
    }

    @media (min-width: 1000px) {
      .page:has(> .parts) {
        display: grid; grid-template-columns: 46rem minmax(10rem, 15rem); gap: 2.5rem;
        max-width: 66rem; justify-content: center;
      }
      .parts {
        display: block; order: 2; position: sticky; top: 1rem; align-self: start; max-height: 95vh;
        overflow: auto; padding-top: 1rem; font-size: .9rem;
      }
      .parts p { margin: 0; font-weight: 600 }
      .parts .sub { padding-left: 1rem }
    }
    @media (max-width: 600px) {
      .search { position: static }
      .found { left: 1rem; right: 1rem; width: auto }
      .pair { grid-template-columns: 1fr }
      pre { font-size: .8rem; padding: .6rem .75rem }
      h1 { font-size: 1.6rem }
    }
    @media print {
      :root { --text: #000; --quiet: #333; --ground: #fff; --raised: #fff; --link: #000; --line: #999;
        --keyword: #000; --string: #000; --comment: #444; --good: #000; --bad: #000 }
      .verdict details::details-content { content-visibility: visible; block-size: auto }
      body { font-size: 10pt }
      header, .parts, .neighbours, .skip, .anchor, .copy, button { display: none !important }
      .page, .page:has(> .parts) { display: block; max-width: none; padding: 0 }
      a { text-decoration: none }
      pre { white-space: pre-wrap; border: 1px solid var(--line); font-size: 8.5pt }
      pre, figure, img, svg, tr { break-inside: avoid }
      h1, h2, h3, figcaption { break-after: avoid }
      .chapter { break-before: page }
    }

    """#

  /// The sign of the book in the browser's tabs: a curve that falls.
  static let icon = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" \
    fill="#0058b8"/><path d="M6 7c2 12 8 17 20 18" fill="none" stroke="#fff" stroke-width="4" \
    stroke-linecap="round"/></svg>

    """
}
