/// The look of SVG pictures and of the report, in light and dark.
enum DocumentStyle {
  /// The rules for pictures, and the colours that the page shares.
  static let chart = """
    :root{color-scheme:light dark;--page:#fff;--ink:#1f2328;--weak:#59636e;--line:#d1d9e0;\
    --onfaint:#000;--onfull:#fff;--good:#116329;--bad:#a40e26;--c0:#0969da;--c1:#bc4c00;--c2:#8250df;\
    --c3:#1a7f37;--c4:#bf3989;--c5:#9a6700;--c6:#0f766e;--c7:#6e7781}
    @media (prefers-color-scheme:dark){:root{--page:#0d1117;--ink:#e6edf3;--weak:#9198a1;\
    --line:#3d444d;--onfaint:#fff;--onfull:#000;--good:#3fb950;--bad:#f85149;--c0:#58a6ff;--c1:#f0883e;\
    --c2:#bc8cff;--c3:#3fb950;--c4:#f778ba;--c5:#d29922;--c6:#2dd4bf;--c7:#9198a1}}
    svg text{font:13px system-ui,sans-serif;fill:var(--ink)}
    svg .title{font-size:16px;font-weight:600}svg .strong{font-weight:600}
    svg .weak{fill:var(--weak)}svg .onfaint{fill:var(--onfaint)}
    svg .onmiddle{fill:#000}svg .onfull{fill:var(--onfull)}
    svg .page{fill:var(--page)}
    svg .grid{stroke:var(--line);fill:none}
    svg .halo{stroke:var(--page);stroke-opacity:.6;stroke-width:4;stroke-linecap:square;fill:none}
    svg .whisker{stroke:var(--ink);stroke-opacity:.7;stroke-width:1.5;fill:none}
    \(series)
    """

  /// The rules for the page around them.
  static let page = """
    body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
    main{max-width:60rem;margin:0 auto;padding:2rem 1rem}
    section{margin:0 0 3rem}h1{font-size:1.5rem}h2{font-size:1.15rem;margin:0 0 .75rem}
    svg{width:100%;height:auto;max-width:760px;overflow:visible}
    summary{cursor:pointer;color:var(--weak)}
    .scroll{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
    th,td{padding:.3rem .75rem;border-bottom:1px solid var(--line);text-align:left;\
    white-space:nowrap}td.text{white-space:normal;min-width:8rem}
    caption{display:none}small,p{color:var(--weak)}pre{white-space:pre-wrap}
    .better{color:var(--good)}.worse{color:var(--bad)}.unproven{color:var(--weak)}
    """

  private static let series = (0..<8).map { index in
    "svg .f\(index){fill:var(--c\(index))}"
      + "svg .l\(index){stroke:var(--c\(index));stroke-width:2;fill:none}"
  }.joined(separator: "\n")
}
