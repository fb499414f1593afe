/** How each policy looked: its share of thinking, going back, widening and sampling closer. */
import { markup, type Markup } from './markup.ts';
import { countText, figureText, percentText } from './numbers.ts';
import { drawing, px } from './plot.ts';
import { seriesNamed, type ReportContext } from './report-context.ts';
import { seriesName } from './series.ts';

/** Those that a policy chooses between; every episode ends with FINAL, which tells nothing. */
const operators = ['SAMPLE', 'EXPAND', 'BACKTRACK', 'THINK'] as const;
const width = 360;

export function operatorBars(context: ReportContext): Markup {
  const rows = context.evaluation.rows.filter(({ operators: used }) => operators.some((name) => (used[name] ?? 0) > 0));
  if (rows.length === 0) return markup`<p class="note">No policy of this table takes steps.</p>`;
  return markup`<p class="note operators">
      ${operators.map(
        (name, tone) =>
          markup`<span class="series"
            ><svg class="swatch" viewBox="0 0 22 10" aria-hidden="true">
              <rect class="o${tone}" width="22" height="10" rx="2" /></svg
            >${name}</span
          > `,
      )}
    </p>
    <div class="scroll" tabindex="0" role="region" aria-label="Operators used">
      <table>
        <thead>
          <tr>
            <th scope="col">Policy</th>
            <th scope="col" class="words">Share of steps</th>
            <th scope="col">Steps</th>
            <th scope="col">Entropy</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map((row, index) => {
            const counts = operators.map((name) => row.operators[name] ?? 0);
            const total = counts.reduce((sum, count) => sum + count, 0);
            return markup`<tr>
              <th scope="row">${seriesName(seriesNamed(context, row.policy))}</th>
              <td class="words">${stack(`operators-${index}`, row.policy, counts, total)}</td>
              <td>${total.toLocaleString('en')}</td>
              <td>${figureText(row.operatorEntropy)}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>`;
}

function stack(id: string, policy: string, counts: readonly number[], total: number): Markup {
  const parts = operators.map((name, tone) => ({ name, tone, count: counts[tone] ?? 0 }));
  const description = parts.map(({ name, count }) => `${name} ${percentText(count / total)}`).join(', ');
  let left = 0;
  return drawing(
    { id, width, height: 16, title: `Operators of ${policy}`, description },
    parts
      .filter(({ count }) => count > 0)
      .map(({ name, tone, count }) => {
        const from = left;
        left += (width * count) / total;
        return markup`<rect
          class="o${tone}"
          x="${px(from)}"
          width="${px(Math.max(1, left - from - 1))}"
          height="16"
          rx="2"
          ><title>${name}: ${countText(count, 'step')}, ${percentText(count / total)}</title></rect
        >`;
      }),
  );
}
