/** How the report looks: dark and light, on screens of any width, and on paper. */

/** Every colour is at least 4.5 to 1 as text and 3 to 1 as a line on its scheme's surfaces. */
const light = `
  color-scheme: light;
  --page: #f2f4f8; --surface: #fff; --sunken: #f4f6fa; --border: #d8dde7; --grid: #e6eaf1;
  --text: #161a23; --muted: #4d5769; --faint: #626c7f; --accent: #2456cf;
  --good: #17723f; --good-soft: #ddf3e5; --warn: #805300; --warn-soft: #fbeecd; --bad: #b42323; --bad-soft: #fde4e3;
  --truth: #d23b3b; --truth-share: 17%; --heat: 36 86 207;
  --c0: #c2410c; --c1: #2456cf; --c2: #17723f; --c3: #a3269b; --c4: #0b7285; --c5: #8a5a00; --c6: #b42323;
  --c7: #667085; --c8: #4d7c0f; --c9: #be185d;
  --o0: #2456cf; --o1: #7aa0ee; --o2: #c2410c; --o3: #f0a37c;`;

const dark = `
  color-scheme: dark;
  --page: #0d0f14; --surface: #14171e; --sunken: #1b1f28; --border: #2b3140; --grid: #232936;
  --text: #e8ebf2; --muted: #a9b2c4; --faint: #8d97ab; --accent: #7aa5ff;
  --good: #58c98b; --good-soft: #153323; --warn: #f0b54a; --warn-soft: #3a2c10; --bad: #ff8b86; --bad-soft: #431d1f;
  --truth: #ff6b66; --truth-share: 24%; --heat: 122 165 255;
  --c0: #ff9c6b; --c1: #7aa5ff; --c2: #58c98b; --c3: #e28be0; --c4: #4fc9d9; --c5: #f0b54a; --c6: #ff7d78;
  --c7: #98a2b6; --c8: #a6d35a; --c9: #f78fb9;
  --o0: #7aa5ff; --o1: #3c64b8; --o2: #ff9c6b; --o3: #a8552c;`;

const seriesStyles = Array.from({ length: 10 }, (_, colour) => `.c${colour}{--series:var(--c${colour})}`).join('');
const operatorStyles = Array.from({ length: 4 }, (_, tone) => `.o${tone}{fill:var(--o${tone})}`).join('');

export const reportStyle = `
:root{${light}}
@media (prefers-color-scheme: dark){:root{${dark}}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 'Inter Variable',Inter,system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;
  font-feature-settings:'tnum','cv11'}
header.top,main,footer{width:min(100% - 48px,1880px);margin-inline:auto}
header.top{padding:40px 0 20px}
.kicker{color:var(--muted);font-size:13px;letter-spacing:.06em;text-transform:uppercase;margin:0 0 4px;font-weight:600}
h1{font-size:34px;line-height:1.15;letter-spacing:-.02em;margin:0 0 8px;overflow-wrap:anywhere}
h2{font-size:20px;letter-spacing:-.01em;margin:0 0 4px}
h3{font-size:15px;margin:0 0 8px}
p{margin:0 0 10px;max-width:78ch}
.lead{font-size:17px}
.note,figcaption{color:var(--muted);font-size:13px;max-width:90ch}
figcaption{margin-bottom:8px}
a{color:var(--accent)}
section{background:var(--surface);border:1px solid var(--border);border-radius:14px;padding:22px 24px;margin:0 0 20px;scroll-margin-top:72px}
section>.note:first-of-type{margin-bottom:14px}
nav{display:flex;flex-wrap:wrap;gap:4px 18px;font-size:13px;padding:8px 0 0}
nav a{text-decoration:none}
nav a:hover{text-decoration:underline}
code{font:12.5px/1.5 'JetBrains Mono Variable','JetBrains Mono',ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.command{display:block;background:var(--sunken);border:1px solid var(--border);border-radius:8px;padding:10px 12px;
  overflow-wrap:anywhere;white-space:pre-wrap;user-select:all;margin:0 0 10px}
.findings{display:grid;gap:10px;margin:0;padding:0;list-style:none}
.findings li{display:grid;grid-template-columns:9em 1fr;gap:12px;align-items:baseline}
.verdict{font-size:12px;font-weight:650;border-radius:99px;padding:2px 10px;white-space:nowrap;text-align:center}
.good{background:var(--good-soft);color:var(--good)}.bad{background:var(--bad-soft);color:var(--bad)}
.open{background:var(--sunken);color:var(--muted)}.warn{background:var(--warn-soft);color:var(--warn)}
.facts{display:flex;flex-wrap:wrap;gap:8px 32px;margin:18px 0 0;padding:0}
.facts div{display:flex;flex-direction:column}
.facts dt{font-size:12px;color:var(--muted)}.facts dd{margin:0;font-weight:600}
.scroll{overflow-x:auto;margin-inline:-24px;padding-inline:24px}
table{border-collapse:collapse;width:100%;font-size:14px}
caption{text-align:left;color:var(--muted);font-size:13px;padding-bottom:8px}
th,td{padding:7px 9px;text-align:right;border-bottom:1px solid var(--border);white-space:nowrap;font-variant-numeric:tabular-nums}
th:first-child,td:first-child{text-align:left;padding-left:0}
th:last-child,td:last-child{padding-right:0}
thead th{font-size:12px;color:var(--muted);font-weight:600;vertical-align:bottom;line-height:1.3}
tbody th{font-weight:500}
tbody tr:last-child>*{border-bottom:0}
td.words,th.words{text-align:left;white-space:normal}
td.best{font-weight:700}
td .small,th .small{display:block;color:var(--muted);font-size:12px;font-weight:400}
.series{display:inline-flex;align-items:center;gap:8px}
.swatch{width:22px;height:10px;flex:none}
.whisker{width:150px;height:22px;display:block}
.figures{display:grid;gap:28px;grid-template-columns:repeat(auto-fit,minmax(min(100%,340px),1fr));align-items:start}
figure{margin:0;min-width:0}
.plot{width:100%;height:auto;display:block;overflow:visible}
.axes path,.rule{stroke:var(--grid);stroke-width:1;fill:none}
.rule{stroke:var(--faint);stroke-dasharray:3 4}
svg text{fill:var(--muted);font-size:13px;font-family:inherit;font-variant-numeric:tabular-nums}
svg text.label{fill:var(--text);font-weight:500}
svg text.name{fill:var(--text);font-size:13px;font-weight:550;paint-order:stroke;stroke:var(--surface);stroke-width:4px;stroke-linejoin:round}
.line{fill:none;stroke:var(--series);stroke-width:2;stroke-linejoin:round;stroke-linecap:round;vector-effect:non-scaling-stroke}
.d1{stroke-dasharray:7 4}.d2{stroke-dasharray:1.5 4}
.dot{fill:var(--series);stroke:var(--surface);stroke-width:1.5}
.bar{fill:var(--series)}
.error{stroke:var(--series);stroke-width:1.5;opacity:.65;fill:none}
${seriesStyles}
${operatorStyles}
.legend{position:sticky;top:0;z-index:1;display:flex;flex-wrap:wrap;align-items:center;gap:4px 18px;border:1px solid var(--border);
  border-radius:12px;background:var(--surface);padding:8px 16px;margin:0 0 20px;font-size:14px;box-shadow:0 6px 18px rgb(0 0 0/8%)}
.legend legend{float:left;padding:0;margin-right:2px;color:var(--muted);font-size:13px}
.legend label{display:inline-flex;align-items:center;gap:7px;cursor:pointer;min-height:24px}
.legend input{accent-color:var(--accent);margin:0}
.legend label:has(input:not(:checked)) .series{opacity:.6;text-decoration:line-through}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
.panels{display:grid;gap:20px 26px;grid-template-columns:repeat(auto-fill,minmax(min(100%,330px),1fr))}
.panel{min-width:0}
.panel figcaption{display:flex;gap:8px;align-items:baseline;margin-bottom:3px}
.panel .title{font-weight:600;color:var(--text);overflow:hidden;text-overflow:ellipsis;white-space:nowrap;min-width:0;flex:1}
.panel .plot text{font-size:10px}
.panel .line{stroke-width:1.4}
.panel .line.focus{stroke-width:2.4}
.operators{display:flex;flex-wrap:wrap;gap:4px 18px}
.truth{fill:color-mix(in srgb,var(--truth) var(--truth-share),transparent)}
.truth-edge{stroke:var(--truth);stroke-width:1.5;fill:none;opacity:.75}
.base{stroke:var(--border);fill:none}
.chip{max-width:55%;overflow:hidden;text-overflow:ellipsis;flex:none;font-size:12px;border-radius:99px;padding:0 8px;background:var(--sunken);color:var(--muted);white-space:nowrap}
.chip.anomalous{background:var(--bad-soft);color:var(--bad)}
.heat{background:rgb(var(--heat)/calc(var(--share)*42%))}
.failures{display:grid;gap:14px;grid-template-columns:repeat(auto-fill,minmax(min(100%,200px),1fr));margin:0 0 18px;padding:0;list-style:none}
.failures li{min-width:0;border:1px solid var(--border);border-radius:10px;overflow:hidden;background:var(--sunken)}
.failures img,.failures .blank{display:block;width:100%;aspect-ratio:16/9;object-fit:cover;background:var(--border)}
.failures .blank{display:grid;place-items:center;color:var(--muted);font-size:12px}
.failures div{padding:8px 10px;font-size:13px}
.failures b{display:block;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
details{margin-top:14px}
summary{cursor:pointer;font-weight:600;font-size:14px;padding:4px 0;width:fit-content}
details[open]>summary{margin-bottom:10px}
.missing{margin:0;padding-left:20px;font-size:13px;overflow-wrap:anywhere}
footer{color:var(--muted);font-size:13px;padding:4px 0 40px}
@media (max-width:700px){header.top,main,footer{width:calc(100% - 24px)}section{padding:16px}.scroll{margin-inline:-16px;padding-inline:16px}.legend{position:static}}
@media print{
  :root{${light} --page:#fff}
  body{font-size:11px}
  header.top,main,footer{width:100%}
  .legend{position:static;box-shadow:none}.legend input,nav{display:none}
  section{border:0;padding:0;break-inside:auto}
  figure,.panel,tr,.failures li{break-inside:avoid}
  h2{break-after:avoid}
  details::details-content{content-visibility:visible;block-size:auto}
  summary{list-style:none}
  *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`;
