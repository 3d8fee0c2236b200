/** The look of the page: one sheet, Okabe–Ito colours (safe for colour-blind eyes), light and dark. */
export const STYLE = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1e22;--soft:#596069;--line:#e2e5e9;--panel:#f6f7f9;
--before:#d55e00;--after:#0072b2;--now:#0072b2;--good:#009e73;--bad:#d55e00;--warn:#e69f00;--own:#cc79a7;
--good-text:#00714f;--bad-text:#a84a00;--warn-text:#875c00;--own-text:#9c4578}
@media(prefers-color-scheme:dark){:root{--paper:#14171b;--ink:#e9ecf0;--soft:#a3abb6;--line:#2d333b;--panel:#1c2026;
--before:#f08a3c;--after:#56b4e9;--now:#56b4e9;--good:#2cc295;--bad:#f08a3c;--warn:#f0c042;
--good-text:#43d3a8;--bad-text:#f59c58;--warn-text:#f0c042;--own-text:#e2a3c6}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main{max-width:1160px;margin:0 auto;padding:0 1.25rem 3rem}
h1,h2,h3,p,ul,ol,figure,pre{margin:0}
h1{font-size:clamp(1.55rem,1.1rem + 2vw,2.6rem);line-height:1.18;letter-spacing:-.015em;font-weight:680;max-width:26em;text-wrap:balance}
h2{font-size:1.05rem;line-height:1.3}
h3{font-size:1.05rem;line-height:1.4}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.86em}
h1,h3,p,li,code{overflow-wrap:anywhere}
td,th{overflow-wrap:break-word}
:focus-visible{outline:2px solid var(--after);outline-offset:3px;border-radius:3px}
header{padding:2.5rem 0 2.25rem}
.verdict{display:flex;gap:.9rem;align-items:center;margin-bottom:1rem}
.brand{font-weight:700;letter-spacing:-.01em;color:var(--soft)}
.badge{border:1.5px solid var(--tone);color:var(--tone-text);border-radius:99px;padding:.1rem .75rem;font-size:.86rem;font-weight:600}
header{--tone:var(--warn);--tone-text:var(--warn-text)}
.stuck,.misleading{--tone:var(--bad);--tone-text:var(--bad-text)}
.healthy{--tone:var(--good);--tone-text:var(--good-text)}
.data-limit{--tone:var(--after);--tone-text:var(--ink)}
section{display:grid;grid-template-columns:12rem minmax(0,1fr);gap:1rem 2.5rem;padding:2rem 0;border-top:1px solid var(--line)}
.aside{color:var(--soft);font-size:.88rem}
.body>div>*+*{margin-top:1.4rem}
.body ul{padding-left:1.1rem}
.body li+li{margin-top:.35rem}
.numbers{display:flex;flex-wrap:wrap;gap:1rem 3rem}
.number{display:grid;align-content:start}
.number .name{color:var(--soft);font-size:.88rem}
.number .name::before{content:"";display:inline-block;width:.65rem;height:.65rem;border-radius:50%;background:var(--c,transparent);margin-right:.45rem}
.number strong{font-size:2.5rem;line-height:1.1;font-weight:650;letter-spacing:-.02em;font-variant-numeric:tabular-nums}
.number .range{color:var(--soft);font-size:.88rem}
.number.change .name::before{display:none}
.before{--c:var(--before)}.after{--c:var(--after)}.now{--c:var(--now)}
figure{min-width:0}
figcaption{font-weight:600;margin-bottom:.35rem}
figcaption .aside{font-weight:400;display:block}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.25rem;color:var(--soft);font-size:.85rem;margin-bottom:.5rem}
.key{display:inline-flex;align-items:center;gap:.45rem}
.chart{padding:0 .75rem .25rem 3.4rem}
.chart.flat{padding-left:.75rem}
.plot{position:relative}
.plot svg{display:block;overflow:visible}
.tick{position:absolute;color:var(--soft);font-size:.78rem;line-height:1;font-variant-numeric:tabular-nums;white-space:nowrap}
.tick.x{top:calc(100% + 7px);transform:translateX(-50%)}
.tick.y{right:calc(100% + 9px);transform:translateY(-50%)}
.xtitle{color:var(--soft);font-size:.82rem;text-align:center;margin-top:1.5rem}
.ytitle{font-size:.88rem;font-weight:600;margin:0 0 .5rem}
.ytitle::before{content:"";display:inline-block;width:.65rem;height:.65rem;border-radius:50%;background:var(--c,transparent);margin-right:.45rem}
.note{position:absolute;font-size:.8rem;line-height:1.25;color:var(--soft);padding:0 .4rem;max-width:60%;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.note.row{font-weight:600;color:var(--ink);padding:0 .2rem;background:var(--paper)}
.body h3+ul{margin-top:.4rem}
.note.nan{color:var(--bad-text)}.note.own{color:var(--own-text);font-weight:600}
.grid{stroke:var(--line);stroke-width:1;shape-rendering:crispEdges}
.reference{stroke:var(--soft);stroke-width:1.5;fill:none}
.reference.baseline{stroke-dasharray:2 4}.reference.ceiling{stroke-dasharray:9 4}
.pair{stroke:var(--soft);stroke-width:1;opacity:.35}
.interval{stroke:var(--c,var(--soft));stroke-width:9;stroke-linecap:round;opacity:.32}
path.interval{stroke-width:7}
.dot{fill:var(--c);stroke:var(--paper);stroke-width:1}
.mean{stroke:var(--ink);stroke-width:2}
.line{fill:none;stroke:var(--c,var(--soft));stroke-width:2.2;stroke-linejoin:round;stroke-linecap:round}
.line.training{stroke-dasharray:5 5;stroke-width:1.8}
.line.reference{stroke:var(--soft);stroke-width:1.5;stroke-linecap:butt}
.line.interval{stroke:var(--soft);stroke-width:7;opacity:.4}
.line.own,.own{stroke:var(--own);stroke-width:2;stroke-dasharray:8 3 2 3}
span.own{stroke:none}
.band{fill:var(--c);opacity:.16}
.band.training{opacity:.09}
.cross{stroke:var(--bad);stroke-width:2;fill:none}
line.nan{stroke:var(--bad);stroke-width:1.5;stroke-dasharray:3 4}
.swatch,.ramp,.lost{display:inline-block;width:1.6rem;height:.7rem;border-radius:2px;background:var(--soft);opacity:.3}
.panels{display:grid;grid-template-columns:repeat(auto-fit,minmax(280px,1fr));gap:1.5rem}
.causes{padding:0;list-style:none;display:grid;gap:1rem}
.body .causes>li{margin:0}
.cause{border-left:4px solid var(--tone);padding:.15rem 0 .15rem 1.1rem;--tone:var(--warn);--tone-text:var(--warn-text)}
.cause.verified,.cause.evident{--tone:var(--good);--tone-text:var(--good-text)}
.cause.untried{--tone:var(--line);--tone-text:var(--soft)}
.cause>*+*{margin-top:.3rem}
.cause-title{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 .9rem}
.chip{color:var(--tone-text);font-size:.88rem;font-weight:600;white-space:nowrap}
.evidence{color:var(--soft)}
.evidence code{opacity:.85}
.facts{display:flex;flex-wrap:wrap;gap:.15rem 1.4rem;font-size:.9rem}
.facts>span:first-child{color:var(--soft)}
.suspicion{color:var(--soft);white-space:nowrap;font-size:.85rem;margin-left:auto}
.meter{display:inline-block;width:4.5rem;height:.45rem;border-radius:9px;background:var(--line);vertical-align:.1em;overflow:hidden}
.meter span{display:block;height:100%;background:var(--soft)}
.edits{list-style:none;display:grid;gap:.9rem}
.body .edits{padding:0}
.body .edits li{margin:0;border:1px solid var(--line);border-radius:8px;overflow:hidden}
.edits .path{padding:.45rem .9rem;background:var(--panel);border-bottom:1px solid var(--line);font-weight:600}
.edits .path .aside{font-weight:400}
.line-from,.line-to{display:block;padding:.3rem .9rem}
.line-from{background:color-mix(in srgb,var(--before) 11%,transparent)}
.line-to{background:color-mix(in srgb,var(--after) 11%,transparent)}
del,ins{text-decoration:none}
.sign{color:var(--soft);user-select:none}
.code{border:1px solid var(--line);border-radius:8px}
.body>div>.code+.code{margin-top:.5rem}
.code summary{padding:.5rem .9rem;font-weight:600}
summary{cursor:pointer}
pre{background:var(--panel);padding:.9rem;overflow-x:auto;border-radius:8px;line-height:1.5}
.code pre{border-top:1px solid var(--line);border-radius:0 0 8px 8px}
.alt{margin-top:.6rem;font-size:.9rem}
.alt>summary{color:var(--soft);width:max-content;max-width:100%}
.scroll{overflow:auto;max-height:26rem;margin-top:.6rem;border:1px solid var(--line);border-radius:8px}
.body>.alt,.body>.scroll{margin-top:0}
table{border-collapse:collapse;width:100%;font-size:.86rem;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--soft);padding:.5rem .75rem}
th,td{text-align:left;padding:.32rem .75rem;border-top:1px solid var(--line);vertical-align:top;min-width:4.5rem}
tbody th{font-weight:500}
.trial{display:grid;grid-template-columns:minmax(8rem,17rem) minmax(0,1fr) minmax(10rem,17rem);gap:0 1.25rem;min-height:34px}
.trial>.name,.trial>.says{align-self:center}
.trial .name{font-weight:500;line-height:1.25;overflow-wrap:anywhere}
.trial.screen .name{color:var(--soft)}
.trial .says{font-size:.86rem;color:var(--soft);font-variant-numeric:tabular-nums}
.trial .says b{color:var(--ink);font-weight:600}
.whole{white-space:nowrap}
.trial .where{position:relative}
.trial .where{min-height:34px}
.trial.axis .where{min-height:0}
.trial .where>svg{display:block;position:absolute;inset:0;overflow:visible}
.trial.axis{min-height:0}
.forest .xtitle{margin-top:1.5rem}
.helps{--c:var(--after)}.hurts{--c:var(--before)}.unclear,.cut{--c:var(--soft)}
.trial .interval{stroke-width:3;opacity:.85}
.zero{stroke:var(--ink);stroke-width:1.5}
.mark{fill:var(--c);stroke:var(--c);stroke-width:2}
.mark.screen{fill:var(--paper)}
.heatmaps{display:grid;grid-template-columns:repeat(auto-fit,minmax(240px,1fr));gap:1.5rem}
.body>.heatmaps>*+*{margin-top:0}
.heat{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:0 .7rem}
.names span{display:block;max-width:8rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;font-size:.82rem;line-height:26px}
.cell{fill:var(--now);stroke:var(--paper);stroke-width:1.5}
.cell.gone{fill:var(--bad)}
.lost{background:var(--bad);opacity:1}
.ramp{width:5rem;opacity:1;background:linear-gradient(to right,color-mix(in srgb,var(--now) 6%,transparent),var(--now))}
.heat .span{grid-column:2;display:flex;justify-content:space-between;color:var(--soft);font-size:.78rem;margin-top:.2rem}
footer{border-top:1px solid var(--line);padding-top:1.5rem;color:var(--soft);font-size:.9rem}
footer>*+*{margin-top:.6rem}
footer pre{color:var(--ink)}
@media(max-width:760px){
section{grid-template-columns:minmax(0,1fr);padding:1.6rem 0}
header{padding:1.6rem 0}
.numbers{gap:1rem 2rem}.number strong{font-size:2rem}
.trial{grid-template-columns:minmax(0,1fr) minmax(0,1fr);padding:.25rem 0}
.trial .where{grid-column:1/-1;grid-row:2}
.trial .says{text-align:right}
.suspicion{margin-left:0}
.trial.axis .name,.trial.axis .says{display:none}
}
@media print{.alt,.code:not([open]){display:none}section{break-inside:avoid}}
`;
