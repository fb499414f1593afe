/** The report of an evaluation: one HTML page that holds all it needs, without scripts and without requests. */
import type { Evaluation } from '../../contract/evaluation.ts';
import { classTable } from './class-table.ts';
import { controlsTable } from './controls-table.ts';
import { precisionRecallPlot, rocPlot } from './curve-plots.ts';
import { differencesPlot } from './differences-plot.ts';
import { effortPlot } from './effort-plot.ts';
import { failureLists, failuresOf } from './failures.ts';
import { figuresTable } from './figures-table.ts';
import { findingsList, findingsOf } from './findings.ts';
import { markup, nameMarkup, type Markup } from './markup.ts';
import { countText, dateText, footageText } from './numbers.ts';
import { operatorBars } from './operator-bars.ts';
import { contextOf, type ReportContext } from './report-context.ts';
import { isNormal, scorePanels } from './score-panels.ts';
import { legend, legendStyle } from './series.ts';
import { reportStyle } from './style.ts';

/**
 * The page. Names and words from outside are escaped wherever they stand.
 * @param thumbnails by recording name, as `data:` URLs of JPEG, PNG or WebP pictures; others are left out
 */
export function reportHtml(evaluation: Evaluation, thumbnails: ReadonlyMap<string, string>): string {
  const context = contextOf(evaluation);
  const title = `Evaluation of ${evaluation.dataset}`;
  // Nothing may be fetched and nothing may run, whatever a name contains.
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  const head = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="${policy}" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<title>${title}</title>
<link rel="icon" href="data:," />
`;
  // Ours alone and free of values from outside, so that it needs no escaping; quotes in it must stay what they are.
  const style = `<style>${reportStyle}${legendStyle(context.series)}</style>`;
  const body = markup`
</head>
<body>
${pageHead(context)}
<main>
${partsOf(context, thumbnails).map(
  ({ id, title: heading, content, before }) =>
    markup`${before}<section id="${id}" aria-labelledby="${id}-heading"><h2 id="${id}-heading">${heading}</h2>${content}</section>\n`,
)}
</main>
<footer><p>Made by Anom-π Review. The page holds everything that it shows; nothing is loaded from elsewhere.</p></footer>
</body>
</html>
`;
  return `${head.toString()}${style}${body.toString()}`;
}

/** Names of the recordings whose pictures the report of `evaluation` shows. */
export function picturedRecordings(evaluation: Evaluation): string[] {
  const { falseAlarms, misses } = failuresOf(contextOf(evaluation));
  return [...falseAlarms, ...misses].map(({ recording }) => recording.name);
}

interface Part {
  readonly id: string;
  readonly title: string;
  readonly content: Markup;
  /** What stands between this part and the one above. */
  readonly before: Markup | null;
}

function partsOf(context: ReportContext, thumbnails: ReadonlyMap<string, string>): Part[] {
  const { evaluation, series } = context;
  const part = (id: string, title: string, content: Markup, before: Markup | null = null): Part => ({
    ...{ id, title, content, before },
  });
  return [
    part('findings', 'What it says', findingsList(findingsOf(context))),
    part('policies', 'Policies', figuresTable(context)),
    part(
      'curves',
      'Accuracy, and what it costs',
      markup`<div class="figures">${rocPlot(context)}${precisionRecallPlot(context)}${effortPlot(context)}</div>`,
      legend(series),
    ),
    part(
      'recordings',
      'Scores over the ground truth',
      markup`<p class="note">${panelNote(context)}</p>
        ${scorePanels(context)}`,
    ),
    part('differences', 'Paired differences', differencesPlot(context)),
    part('operators', 'Operators', operatorBars(context)),
    part('classes', 'Classes', classTable(context)),
    part('controls', 'Controls', controlsTable(context)),
    part('failures', 'Failures', failureLists(context, thumbnails)),
    ...(evaluation.notes.length === 0
      ? []
      : [
          part(
            'notes',
            'Notes',
            markup`<ul>
              ${evaluation.notes.map((note) => markup`<li>${note}</li>`)}
            </ul>`,
          ),
        ]),
    part('missing', 'Missing recordings', missingList(evaluation)),
    part(
      'again',
      'Make it again',
      markup`<p class="note">The exact command; the same data, seed and settings give the same figures.</p>
        <code class="command">${evaluation.command}</code>`,
    ),
  ];
}

/** Where only classes are known there is nothing to shade and no AUC inside a recording. */
const panelNote = ({ focus, hasFrames }: ReportContext): Markup =>
  hasFrames
    ? markup`Shaded: what the data set calls anomalous. Upwards: the score, from 0 to 1; bars below: flagged
      intervals.${
        focus === null
          ? null
          : markup` The figure beside a name is the AUC of ${nameMarkup(focus.policy)} inside the recording.`
      }`
    : markup`The data set says of a recording what class it is of, and no more. Upwards: the score, from 0 to 1; bars
      below: flagged intervals.`;

function pageHead({ evaluation }: ReportContext): Markup {
  const { recordings, missing, rows } = evaluation;
  const seconds = recordings.reduce((sum, recording) => sum + recording.seconds, 0);
  const anomalous = recordings.filter((recording) => !isNormal(recording)).length;
  const facts: readonly (readonly [string, string])[] = [
    ['Recordings', `${recordings.length.toLocaleString('en')}, ${anomalous.toLocaleString('en')} anomalous`],
    ['Footage', footageText(seconds)],
    ['Missing', missing.length.toLocaleString('en')],
    ['Policies', String(rows.length)],
    ['Format', evaluation.format],
    ['Smoothing', evaluation.smoothing],
    ['Seed', String(evaluation.seed)],
    ['Made', dateText(evaluation.createdAtMs)],
    ['Machine', evaluation.machine],
  ];
  const links = [
    'Findings',
    'Policies',
    'Curves',
    'Recordings',
    'Differences',
    'Operators',
    'Classes',
    'Controls',
    'Failures',
    'Missing',
  ];
  return markup`<header class="top">
    <p class="kicker">Evaluation</p>
    <h1>${nameMarkup(evaluation.dataset)}</h1>
    <p class="lead">
      ${countText(rows.length, 'way')} of looking through ${countText(recordings.length, 'recording')}, measured against
      what is true of them.
    </p>
    <dl class="facts">
      ${facts.map(
        ([name, value]) =>
          markup`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    <nav aria-label="Parts of the report">
      ${links.map((name) => markup`<a href="#${name.toLowerCase()}">${name}</a>`)}
    </nav>
  </header>`;
}

/** Long lists are folded: who has a tenth of a benchmark misses nine. */
const unfolded = 12;

function missingList({ missing, recordings }: Evaluation): Markup {
  if (missing.length === 0)
    return markup`<p class="note">None: every labelled recording was there, and every video has its label.</p>`;
  const list = markup`<ul class="missing">
    ${missing.map(({ name, reason }) => markup`<li>${nameMarkup(name)}: ${reason}</li>`)}
  </ul>`;
  const words = markup`<p>
    ${countText(missing.length, 'recording')} left out, beside the ${recordings.length.toLocaleString('en')} that were
    measured.
  </p>`;
  return missing.length <= unfolded
    ? markup`${words}${list}`
    : markup`${words}
        <details>
          <summary>All of them by name</summary>
          ${list}
        </details>`;
}
