/** The report of chosen flags: one page without anything from outside, for screens and for paper. */
import { englishFor } from '../../contract/wording/en.ts';
import { type Markup, markup, nameMarkup } from '../../evaluation/report/markup.ts';
import { baseName, classTitle, type ExportedFlag, heldBounds, reasonText, timesOf } from '../../review/index.ts';

/** A frame that statements rest on, as a `data:` URL. */
export interface ReportPicture {
  readonly seconds: number;
  readonly url: string;
}

export interface ReportFlag {
  readonly exported: ExportedFlag;
  /** Empty where the recording cannot be read any more. */
  readonly pictures: readonly ReportPicture[];
}

const style = `
:root{color-scheme:light dark;--page:#f2f4f8;--surface:#fff;--border:#d8dde7;--text:#161a23;--muted:#4d5769}
@media (prefers-color-scheme: dark){:root{--page:#0d0f14;--surface:#14171e;--border:#2b3140;--text:#e8ebf2;--muted:#a9b2c4}}
*{box-sizing:border-box}
body{margin:0;padding:32px 24px;background:var(--page);color:var(--text);font:15px/1.5 Inter,system-ui,'Segoe UI',Roboto,sans-serif;
font-variant-numeric:tabular-nums}
header,section{max-width:1080px;margin:0 auto 20px}
section{background:var(--surface);border:1px solid var(--border);border-radius:8px;padding:20px 24px;break-inside:avoid}
h1{font-size:26px;margin:0 0 4px}h2{font-size:18px;margin:0 0 12px;overflow-wrap:anywhere}
p{margin:0 0 10px;max-width:80ch}.muted,dt,figcaption{color:var(--muted)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:0 0 12px}dd{margin:0;overflow-wrap:anywhere}
.pictures{display:grid;grid-template-columns:repeat(auto-fill,minmax(240px,1fr));gap:12px;margin:0 0 12px}
figure{margin:0}img{width:100%;display:block;border-radius:4px}figcaption{font-size:13px}
ul{margin:0;padding-left:20px}code{font-size:12px;overflow-wrap:anywhere}
@media print{body{padding:0;background:none}section{border-radius:0}}`;

const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

export function reportHtml(flags: readonly ReportFlag[], madeAtMs: number): string {
  const title = flags.length === 1 ? 'Flagged interval' : `${flags.length} flagged intervals`;
  const body = markup`<header><h1>${title}</h1><p class="muted">Made ${new Date(madeAtMs).toISOString()} by Anom-π Review.
  Flags are a program’s suggestions; what a reviewer decided stands with each.</p></header>
${flags.map(flagMarkup)}`;
  // The style is ours and no value: escaped it would be none.
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${policy}"><title>${title}</title><style>${style}</style></head>
<body>${body.toString()}</body></html>
`;
}

function flagMarkup({ exported, pictures }: ReportFlag): Markup {
  const { flag, recording, verdicts } = exported;
  const { start, end } = heldBounds(exported);
  const { zone, clock, ...times } = timesOf(exported);
  const wall =
    times.start.utc === null
      ? 'not known'
      : `${times.start.utc} to ${times.end.utc ?? ''} · local ${times.start.local ?? ''} (${zone.name}) · clock from ${clock.source} “${clock.readFrom}”`;
  const { verdict, tags = [] } = flag;
  const reason = reasonText(exported);
  const fact = (name: string, value: Markup | string) => markup`<dt>${name}</dt><dd>${value}</dd>`;
  return markup`<section><h2>${classTitle(exported)} · ${nameMarkup(recording.camera)}</h2>
  <dl>${[
    fact('Recording', nameMarkup(baseName(recording.path))),
    fact('Interval', `${start.toFixed(2)} s to ${end.toFixed(2)} s`),
    fact('Time', wall),
    fact('Verdict', verdict === null ? 'none yet' : verdict.decision),
    ...(reason === null ? [] : [fact('Reason', reason)]),
    ...(verdict === null || verdict.note === '' ? [] : [fact('Note', verdict.note)]),
    ...(tags.length === 0 ? [] : [fact('Tags', tags.join(', '))]),
    fact('Found by', `${flag.policy}, as ${englishFor.class(flag.class)}, score ${flag.score.toFixed(2)}`),
    fact('Decisions', verdicts.length === 0 ? 'none' : historyText(exported)),
    fact('Flag', markup`<code>${flag.id}</code>`),
  ]}</dl>
  <div class="pictures">${pictures.map(
    ({ seconds, url }) =>
      markup`<figure><img src="${url}" alt="The picture at ${seconds.toFixed(2)} s"><figcaption>${seconds.toFixed(2)} s</figcaption></figure>`,
  )}</div>
  <p>${flag.explanation}</p>
  <ul>${flag.claims.map((claim) => markup`<li>${englishFor.claim(claim)} <span class="muted">${evidenceText(claim)}</span></li>`)}</ul></section>`;
}

/** The moments that a statement rests on. */
const evidenceText = ({ evidence }: ExportedFlag['flag']['claims'][number]): string =>
  `${evidence.map((seconds) => seconds.toFixed(2)).join(', ')} s`;

const historyText = ({ verdicts }: ExportedFlag): string =>
  verdicts
    .map(({ decision, reason, decidedAtMs }) => {
      const words = decision === 'retract' ? 'taken back' : decision;
      const because = reason === undefined ? '' : ` (${englishFor.reason(reason)})`;
      return `${words}${because} ${new Date(decidedAtMs).toISOString()}`;
    })
    .join(', ');
