namespace LocalRetrieval.Rag;

/// <summary>The looks of a report, light and dark, from the width of a telephone on.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --ground: #fff; --card: #f6f7f9; --line: #d5d9e0; --ink: #1b1f27; --soft: #535b6b; --more: #1a6fb5; --less: #b4481e; --mark: #fff3c4; }
        @media (prefers-color-scheme: dark) {
          :root { --ground: #14171c; --card: #1d2128; --line: #39404c; --ink: #e8eaee; --soft: #a7afbd; --more: #63b0ee; --less: #f0905f; --mark: #4a3f12; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
        main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
        h1 { font-size: 1.4rem; margin: .5rem 0; } h2 { font-size: 1.25rem; margin: 2rem 0 .25rem; } h3 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
        h4 { font-size: 1rem; margin: 0; }
        h1, h2, h4, p, blockquote { overflow-wrap: anywhere; }
        p { margin: .25rem 0; } .soft { color: var(--soft); font-size: .9rem; }
        .failed { color: var(--less); font-weight: 600; }
        article { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; margin: .75rem 0; }
        blockquote { margin: .5rem 0; padding: 0 0 0 .75rem; border-left: 3px solid var(--line); white-space: pre-wrap; max-height: 12rem; overflow: auto; }
        .reason { background: var(--mark); padding: .25rem .5rem; border-radius: .25rem; }
        .scroll { overflow-x: auto; margin: .5rem 0; } .scroll:focus-visible, blockquote:focus-visible, summary:focus-visible { outline: 2px solid var(--more); outline-offset: 2px; }
        table { border-collapse: collapse; width: 100%; font-size: .875rem; font-variant-numeric: tabular-nums; }
        caption { text-align: left; color: var(--soft); padding: .25rem 0; }
        th, td { text-align: right; padding: .2rem .4rem; border-bottom: 1px solid var(--line); vertical-align: top; }
        th { font-weight: 600; } .bars td:last-child { width: 45%; } .candidates th:last-child, .candidates td:last-child, .text th:not(:last-child), .text td:not(:last-child), th:first-child, td.words, th[scope=row] { text-align: left; } .candidates th[scope=row] { overflow-wrap: anywhere; min-width: 8rem; }
        td.words { min-width: 9rem; }
        tfoot th, tfoot td { border-bottom: 0; font-weight: 600; }
        .bar { display: grid; grid-template-columns: 1fr 1fr; width: 100%; min-width: 5rem; height: .5rem; margin-top: .15rem; background: linear-gradient(var(--line), var(--line)) center / 1px 100% no-repeat; }
        .bar i { display: block; height: 100%; min-width: 1px; } .bar .more { grid-column: 2; background: var(--more); } .bar .less { grid-column: 1; justify-self: end; background: var(--less); }
        .bar.whole { grid-template-columns: 1fr; background: none; } .bar.whole .more { grid-column: 1; }
        details { margin: .75rem 0; } summary { cursor: pointer; font-weight: 600; }
        @media (max-width: 30rem) { main { padding: .5rem; } article { padding: .5rem; } th, td { padding: .2rem .25rem; } table { font-size: .8rem; } .bar { min-width: 3.5rem; } .bars td:last-child { width: 30%; } }
        @media print { article { break-inside: avoid; } blockquote { max-height: none; } }
        """;
}
