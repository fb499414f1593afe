/** Where a policy goes wrong: normal recordings that it scores highest, and anomalous ones that it scores lowest. */
import type { Assessment, EvaluatedRecording } from '../../contract/evaluation.ts';
import { markup, nameMarkup, type Markup } from './markup.ts';
import { clockText, figureText } from './numbers.ts';
import type { ReportContext } from './report-context.ts';
import { classChip, isNormal } from './score-panels.ts';

const shown = 8;

interface Judged {
  readonly recording: EvaluatedRecording;
  readonly made: Assessment;
}

/** The recordings of which the report shows a picture, so that whoever makes it makes no others. */
export function failuresOf(context: ReportContext): {
  readonly falseAlarms: readonly Judged[];
  readonly misses: readonly Judged[];
} {
  const judged = context.evaluation.recordings.flatMap((recording): Judged[] => {
    const made = recording.assessments.find(({ policy }) => policy === context.focus?.policy);
    return made === undefined ? [] : [{ recording, made }];
  });
  const byScore = judged.toSorted((a, b) => b.made.score - a.made.score);
  return {
    falseAlarms: byScore.filter(({ recording }) => isNormal(recording)).slice(0, shown),
    misses: byScore
      .filter(({ recording }) => !isNormal(recording))
      .toReversed()
      .slice(0, shown),
  };
}

export function failureLists(context: ReportContext, thumbnails: ReadonlyMap<string, string>): Markup {
  const { focus } = context;
  if (focus === null) return markup`<p class="note">No policy was run.</p>`;
  const { falseAlarms, misses } = failuresOf(context);
  const list = (items: readonly Judged[]) =>
    items.length === 0
      ? markup`<p class="note">There is none in this data set.</p>`
      : markup`<ul class="failures">
          ${items.map((item) => card(item, thumbnails))}
        </ul>`;
  return markup`<p class="note">
      Of ${nameMarkup(focus.policy)}, by a recording's highest score. Not all of these are mistakes: they are where
      mistakes are first.
    </p>
    <h3>Normal recordings with the highest scores</h3>
    ${list(falseAlarms)}
    <h3>Anomalous recordings with the lowest scores</h3>
    ${list(misses)}`;
}

function card({ recording, made }: Judged, thumbnails: ReadonlyMap<string, string>): Markup {
  const url = thumbnails.get(recording.name);
  // Over a replay there is nothing to take a picture of.
  const blank = thumbnails.size === 0 ? null : markup`<span class="blank">no picture</span>`;
  // Anything but a picture that is in the page itself would be a request, or worse.
  const picture =
    url !== undefined && /^data:image\/(jpeg|png|webp);base64,[A-Za-z0-9+/=]+$/.test(url)
      ? markup`<img src="${url}" alt="Frame of ${recording.name}" />`
      : blank;
  return markup`<li>
    ${picture}
    <div>
      <b title="${recording.name}">${nameMarkup(recording.name)}</b>
      ${classChip(recording)} ${figureText(made.score)} · ${clockText(recording.seconds)}
    </div>
  </li>`;
}
