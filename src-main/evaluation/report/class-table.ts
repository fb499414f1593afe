/** How well each class of anomaly is told from what is normal, by policy. */
import { markup, nameMarkup, type Markup } from './markup.ts';
import { figureText } from './numbers.ts';
import { seriesNamed, type ReportContext } from './report-context.ts';
import { seriesName } from './series.ts';

export function classTable(context: ReportContext): Markup {
  const { rows } = context.evaluation;
  const classes = new Map<string, number>();
  for (const { perClass } of rows) {
    for (const { class: name, recordings } of perClass) classes.set(name, Math.max(recordings, classes.get(name) ?? 0));
  }
  if (classes.size === 0) return markup`<p class="note">There are no classes of anomalies.</p>`;
  const auc = (row: (typeof rows)[number], name: string) => {
    const found = row.perClass.find((each) => each.class === name);
    return (context.hasFrames ? found?.aucMicro : found?.auc) ?? null;
  };
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Results by class">
    <table>
      <caption>
        ${context.hasFrames ? 'Frame-level' : 'Recording-level'} AUC of each class's recordings beside all normal ones.
        Shade: how far above one half. A class of few recordings says little.
      </caption>
      <thead>
        <tr>
          <th scope="col">Class</th>
          <th scope="col">Recordings</th>
          ${rows.map((row) => markup`<th scope="col">${seriesName(seriesNamed(context, row.policy))}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${[...classes]
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(
            ([name, recordings]) =>
              markup`<tr>
                <th scope="row">${nameMarkup(name)}</th>
                <td>${recordings}</td>
                ${rows.map((row) => {
                  const value = auc(row, name);
                  const share = value === null ? 0 : Math.max(0, 2 * value - 1).toFixed(2);
                  return markup`<td class="heat" style="--share:${share}">${figureText(value)}</td>`;
                })}
              </tr>`,
          )}
      </tbody>
    </table>
  </div>`;
}
