/** The controls: what is left of each figure where it ought to be chance, and where one recording could carry it. */
import { markup, type Markup } from './markup.ts';
import { differenceText, figureText } from './numbers.ts';
import { mainAuc, mainAucName, seriesNamed, type ReportContext } from './report-context.ts';
import { seriesName } from './series.ts';

export function controlsTable(context: ReportContext): Markup {
  const { rows, smoothing } = context.evaluation;
  const wereSmoothed = rows.some(({ controls }) => controls.unsmoothed !== undefined);
  const blind = rows.some(({ policy }) => policy === 'blind');
  return markup`<p class="note">
      Shuffled labels should give one half. What the longest recording carries is no property of a policy. Smoothing,
      the same for all policies: ${smoothing}.
      ${blind ? null : 'The control blind, which never looks, is not in this table.'}
    </p>
    <div class="scroll" tabindex="0" role="region" aria-label="Table of controls">
      <table>
        <thead>
          <tr>
            <th scope="col">Policy</th>
            <th scope="col">AUC<span class="small">${mainAucName(context)}</span></th>
            <th scope="col">Labels shuffled</th>
            <th scope="col">Without the<span class="small">longest recording</span></th>
            <th scope="col">Change</th>
            ${wereSmoothed ? markup`<th scope="col">Without<span class="small">smoothing</span></th>` : null}
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => {
            const { value } = mainAuc(context, row);
            const { shuffled, withoutLongest, unsmoothed } = row.controls;
            const change = value === null || withoutLongest === null ? '–' : differenceText(withoutLongest - value);
            return markup`<tr>
              <th scope="row">${seriesName(seriesNamed(context, row.policy))}</th>
              <td>${figureText(value)}</td>
              <td>${figureText(shuffled)}</td>
              <td>${figureText(withoutLongest)}</td>
              <td>${change}</td>
              ${wereSmoothed ? markup`<td>${figureText(unsmoothed ?? null)}</td>` : null}
            </tr>`;
          })}
        </tbody>
      </table>
    </div>`;
}
