"""How the page looks: on paper, on light and on dark screens, wide and narrow."""

STYLE = """
:root {
  --paper: #fdfcfa; --ink: #1c1e21; --soft: #5a616b; --rule: #dedad2; --faint: #f2efe9;
  --bar: #2a6f97; --mark: #ffe380; --mark-ink: #1c1e21;
  --g0: #1f6f9f; --g1: #c4511a; --g2: #2c7a4b; --g3: #84549f; --g4: #8f6b00; --g5: #5a616b;
  --q0: #f2efe9; --q1: #dbe8f1; --q2: #aecbdf; --q3: #76a8c9; --q4: #35799f; --q5: #0c4668;
  --q-low: #1c1e21; --q-high: #ffffff;
  --serif: Charter, "Bitstream Charter", "Iowan Old Style", "Source Serif 4", Georgia, "DejaVu Serif", serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue",
    "Liberation Sans", Arial, sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15181b; --ink: #e9e7e2; --soft: #a6acb5; --rule: #32373d; --faint: #1e2226;
    --bar: #5ba3cf; --mark: #6a5310; --mark-ink: #fff4cf;
    --g0: #62b0de; --g1: #ef8a55; --g2: #63bb86; --g3: #bd93d8; --g4: #d3ab3c; --g5: #a6acb5;
    --q0: #1e2226; --q1: #1d3443; --q2: #24506b; --q3: #33759b; --q4: #6fb3d9; --q5: #bfe3f8;
    --q-low: #e9e7e2; --q-high: #10171c;
  }
}
* { box-sizing: border-box; }
html { color-scheme: light dark; -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; max-width: 64rem; padding: 3rem 1.5rem 4rem; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.55 var(--serif); font-variant-numeric: lining-nums; overflow-wrap: break-word;
}
h1, h2, h3 { line-height: 1.2; font-weight: 700; text-wrap: balance; }
h1 { font-size: 2.6rem; margin: .3rem 0 1rem; letter-spacing: -.01em; }
h2 { font-size: 1.65rem; margin: .2rem 0 .6rem; }
h3 { font-size: 1.15rem; margin: 2.4rem 0 .3rem; }
p { max-width: 42rem; margin: 0 0 1rem; }
section { border-top: 3px solid var(--ink); margin-top: 3.5rem; padding-top: .8rem; }
.kicker, nav, dl.facts dt, table, figure, .note, footer, .where {
  font-family: var(--sans);
}
.kicker { font-size: .8rem; letter-spacing: .06em; text-transform: uppercase; color: var(--soft); margin: 0; }
.lede { font-size: 1.25rem; line-height: 1.5; }
.note, figcaption, .where { font-size: .85rem; line-height: 1.45; color: var(--soft); }
figcaption, .note { max-width: 46rem; margin: .3rem 0 1rem; }
a { color: inherit; text-decoration-color: var(--bar); text-underline-offset: .2em; }
nav { font-size: .9rem; display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; margin-top: 1.5rem; }
dl.facts { display: flex; flex-wrap: wrap; gap: 1rem 2.6rem; margin: 1.5rem 0 0; }
dl.facts div { display: flex; flex-direction: column-reverse; }
dl.facts dt { font-size: .85rem; color: var(--soft); }
dl.facts dd { margin: 0; font-size: 1.9rem; line-height: 1.15;
  font-variant-numeric: lining-nums tabular-nums; }
.scroll { overflow-x: auto; margin: .8rem 0 1.2rem; }
table { border-collapse: collapse; font-size: .9rem; line-height: 1.35; width: 100%; }
th { font-weight: 600; font-size: .8rem; color: var(--soft); vertical-align: bottom; }
th, td { padding: .3rem .7rem .3rem 0; text-align: left; }
td { vertical-align: baseline; }
th:last-child, td:last-child { padding-right: 0; }
thead th { border-bottom: 1px solid var(--ink); }
tbody tr { border-bottom: 1px solid var(--rule); }
.number { text-align: right; font-variant-numeric: lining-nums tabular-nums; white-space: nowrap; }
td.text { min-width: 5rem; }
td.name { min-width: 9rem; max-width: 22rem; }
.mentions td.name { min-width: 15rem; }
.name { font-weight: 600; }
.bar { width: 40%; min-width: 7rem; }
.bar span { display: block; height: .8em; background: var(--bar); min-width: 1px; }
.rates .bar { width: auto; }
.rates .bar div { display: flex; align-items: center; gap: .5rem; }
.rates .bar b { flex: none; width: 3.2rem; text-align: right; font-weight: 400;
  font-variant-numeric: lining-nums tabular-nums; }
.rates .bar i { flex: 1; }
.pairs tbody { border-bottom: 1px solid var(--rule); }
.pairs tbody tr { border: 0; }
.pairs td { padding-top: .6rem; }
.pairs td.quote { padding: 0 0 .8rem; font: 1rem/1.5 var(--serif); }
.quote .where { display: inline; }
mark { background: var(--mark); color: var(--mark-ink); padding: 0 .12em; border-radius: .15em; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 0 2.5rem; }
.columns h3 { margin-top: 1rem; }
.swatch { display: inline-block; width: .7em; height: .7em; border-radius: 50%; margin-right: .4em; }
figure { margin: 1rem 0 1.5rem; }
svg { display: block; width: 100%; height: auto; min-width: 40rem; font-family: var(--sans); }
svg text { fill: var(--ink); font-variant-numeric: lining-nums tabular-nums; }
svg .soft { fill: var(--soft); }
svg .rule { stroke: var(--rule); }
svg .line { stroke: var(--ink); stroke-width: 1.5; }
svg .fill { fill: var(--bar); }
svg .q0 { fill: var(--q0); } svg .q1 { fill: var(--q1); } svg .q2 { fill: var(--q2); }
svg .q3 { fill: var(--q3); } svg .q4 { fill: var(--q4); } svg .q5 { fill: var(--q5); }
svg text.on-low { fill: var(--q-low); } svg text.on-high { fill: var(--q-high); }
.g0, .bar .g0 { fill: var(--g0); background: var(--g0); }
.g1, .bar .g1 { fill: var(--g1); background: var(--g1); }
.g2, .bar .g2 { fill: var(--g2); background: var(--g2); }
.g3, .bar .g3 { fill: var(--g3); background: var(--g3); }
.g4, .bar .g4 { fill: var(--g4); background: var(--g4); }
.g5, .bar .g5 { fill: var(--g5); background: var(--g5); }
ol.sentences { padding-left: 1.4rem; margin: .5rem 0 1rem; max-width: 46rem; }
ol.sentences li { margin-bottom: .8rem; }
dl.method dt { font-weight: 700; margin-top: .8rem; }
dl.method dd { margin: 0; max-width: 46rem; }
code { font: .88em/1.4 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
footer { border-top: 1px solid var(--rule); margin-top: 3rem; padding-top: .8rem;
  font-size: .85rem; color: var(--soft); }
body.framed { padding: 1rem 1.2rem 1.5rem; font-size: 1rem; }
.framed .kicker { display: none; }
.framed h1 { font-size: 1.35rem; margin: 0 0 .3rem; letter-spacing: 0; }
@media (max-width: 40rem) { h1 { font-size: 2rem; } body { padding-top: 1.5rem; } .bar { width: 25%; } }
@media print {
  :root { --paper: #fff; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  nav { display: none; }
  tr, li, figure { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  svg { min-width: 0; }
}
"""
