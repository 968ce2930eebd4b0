"""How the picture of a network looks."""

from __future__ import annotations

from lexmill._report.graph import COLOURS, Drawn

_ALL = range(COLOURS)

# Stands in the SVG too, which knows no other style.
SVG_STYLE = (
    """
svg.graph { --paper: #fdfcfa; --ink: #1c1e21; --soft: #5a616b;
  --g0: #1f6f9f; --g1: #c4511a; --g2: #2c7a4b; --g3: #84549f; --g4: #8f6b00; --g5: #5a616b;
  background: var(--paper); font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue",
    "Liberation Sans", Arial, sans-serif; }
@media (prefers-color-scheme: dark) { svg.graph { --paper: #15181b; --ink: #e9e7e2; --soft: #a6acb5;
  --g0: #62b0de; --g1: #ef8a55; --g2: #63bb86; --g3: #bd93d8; --g4: #d3ab3c; --g5: #a6acb5; } }
.graph line, .graph polygon { opacity: .42; stroke-linecap: round; }
.graph line.between { stroke: var(--soft); } .graph polygon.between { fill: var(--soft); }
.graph circle { stroke: var(--paper); stroke-width: 1; }
.graph text { fill: var(--ink); paint-order: stroke; stroke: var(--paper); stroke-width: 3;
  stroke-linejoin: round; stroke-opacity: .85; }
.graph text.small { stroke-width: 1.5; }
.graph .caption { fill: var(--soft); }
.graph .quiet { visibility: hidden; }
"""
    + "".join(
        f".graph .g{i} {{ fill: var(--g{i}); }} .graph line.g{i} {{ stroke: var(--g{i}); }}\n" for i in _ALL
    )
    + "@media print { svg.graph { --paper: #fff; } }\n"
)

PAGE_STYLE = """
body { max-width: 84rem; }
h1 { font-size: 2.1rem; }
.map { margin: 0; position: relative; }
.map svg.graph { min-width: 0; }
.pan { overflow: auto; max-height: 86vh; border: 1px solid var(--rule); }
.pan:focus-visible { outline: 2px solid var(--bar); }
.zoom { border: 0; margin: 0; padding: 0 0 .2rem; text-align: right; font: .8rem var(--sans);
  color: var(--soft); }
.zoom legend { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.zoom label { margin-left: .6rem; cursor: pointer; }
.map:has(#z2:checked) svg.graph { width: 200%; } .map:has(#z4:checked) svg.graph { width: 400%; }
.graph a { cursor: pointer; outline: none; text-decoration: none; }
.graph .hit { stroke: transparent; stroke-width: 9; opacity: 1; }
.graph a:is(:hover, :focus-visible) :is(line:not(.hit), polygon) { opacity: 1; }
.graph a:focus-visible line:not(.hit) { stroke: var(--ink); }
.graph a:focus-visible polygon { fill: var(--ink); }
.graph a:is(:hover, :focus-visible) circle { stroke: var(--ink); stroke-width: 2; }
.graph a:is(:hover, :focus-visible) .quiet { visibility: visible; }
ul.legend { list-style: none; margin: .6rem 0 0; padding: 0; display: flex; flex-wrap: wrap;
  gap: .1rem 1.2rem; font: .85rem/1.45 var(--sans); }
aside { font-size: .95rem; overflow: auto; overscroll-behavior: contain; }
aside section { border: 0; margin: 0; padding: 0; position: relative; }
aside h2 { font-size: 1.25rem; margin: 0 1.6rem .3rem 0; }
aside .panel { display: none; scroll-margin-top: 3rem; } aside .panel:target { display: block; }
aside:has(.panel:target) .start { display: none; }
aside ol { padding-left: 2rem; margin: .4rem 0; } aside li { margin-bottom: .3rem; }
aside small { color: var(--soft); font-family: var(--sans); }
.close { position: absolute; right: 0; top: -.2rem; font: 1.5rem/1 var(--sans); text-decoration: none;
  color: var(--soft); padding: 0 .4rem; }
/* Fixed, so that nothing jumps when a line is chosen. */
@media (min-width: 60rem) {
  body { padding-right: 27rem; margin-right: 0; max-width: none; }
  aside { position: fixed; inset: 0 0 0 auto; width: 25.5rem; padding: 3rem 1.5rem 1.5rem;
    border-left: 1px solid var(--rule); background: var(--paper); }
}
/* A notebook leaves less room: there the picture comes first. */
@media (min-width: 48rem) {
  body.framed { padding-right: 20rem; margin-right: 0; max-width: none; }
  .framed aside { position: fixed; inset: 0 0 0 auto; width: 18.8rem; max-height: none; margin: 0;
    padding: 1rem 1rem 1rem 1.2rem; border: 0; border-left: 1px solid var(--rule); background: var(--paper);
    font-size: .9rem; }
}
@media (max-width: 60rem) {
  .map svg.graph { min-width: 42rem; }
  aside { margin-top: 1.5rem; }
  aside:has(.panel:target) { position: fixed; inset: auto 0 0 0; max-height: 48vh; background: var(--paper);
    border-top: 3px solid var(--ink); padding: .8rem 1.2rem 1.2rem; margin: 0; z-index: 2; }
}
.framed .map svg.graph { min-width: 0; }
@media print {
  @page { size: landscape; margin: 1cm; }
  body { padding: 0; } h1 { font-size: 18pt; } .pan { border: 0; max-height: none; overflow: visible; }
  .zoom, aside, .pairs, .kicker, .hit { display: none; } .note, figcaption { max-width: none; }
  .map svg.graph { width: 100% !important; max-height: 13cm; }
}
"""


def lit(picture: Drawn) -> str:
    """What stands out while one points at a name, or after a line or a name is chosen."""
    near = "body:has(:is(#c{0}:is(:hover,:focus-visible),#n{0}:target)) .graph"
    names = (near.format(i) for i in range(len(picture.nodes)))
    rules = [
        f"{at} a:not(.k{i}){{opacity:.12}}{at} .k{i} .quiet{{visibility:visible}}"
        for i, at in enumerate(names)
    ]
    for i, edge in enumerate(picture.edges):
        at, ends = f"body:has(#p{i}:target)", f"#c{edge.source},#c{edge.target}"
        rules.append(
            f"{at} :is(#e{i} :is(line,polygon),:is({ends}) circle){{opacity:1;stroke:var(--ink)}}"
            f"{at} #e{i} .hit{{stroke:transparent}}{at} :is({ends}) .quiet{{visibility:visible}}"
        )
    return "\n".join(rules)
