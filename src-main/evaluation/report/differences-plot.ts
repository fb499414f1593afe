/** Paired differences between policies over the same recordings, with their intervals. */
import { markup, nameMarkup, shortName, type Markup } from './markup.ts';
import { differenceText } from './numbers.ts';
import { axisUpTo, drawing, xAt, type Axis, type PlotArea } from './plot.ts';
import { differenceBetween, mainAucName, type ReportContext } from './report-context.ts';
import type { Series } from './series.ts';

const area: PlotArea = { left: 130, top: 8, width: 400, height: 0 };
const rowHeight = 30;
const width = 640;

export function differencesPlot(context: ReportContext): Markup {
  const { focus, series, evaluation } = context;
  const rows = series.flatMap((other) => {
    const found = focus === null ? null : differenceBetween(context, focus.policy, other.policy);
    return found === null ? [] : [{ other, ...found }];
  });
  if (focus === null || rows.length === 0) return markup`<p class="note">There are no two policies to compare.</p>`;
  return markup`<figure>
      <figcaption>
        ${nameMarkup(focus.policy)} less each other policy, ${mainAucName(context)}, over the same draws,
        with 95 % bounds. To the right of the line ${nameMarkup(focus.policy)} is better; where a bar crosses it, the
        two cannot be told apart.
      </figcaption>
      ${plotOf(focus, rows)}
    </figure>
    <details>
      <summary>All ${evaluation.differences.length} pairs</summary>
      <div class="scroll" tabindex="0" role="region" aria-label="All paired differences">
        <table>
          <thead>
            <tr>
              <th scope="col">First</th>
              <th scope="col" class="words">Second</th>
              <th scope="col">Difference</th>
              <th scope="col">95 % bounds</th>
              <th scope="col" class="words">Better</th>
            </tr>
          </thead>
          <tbody>
            ${evaluation.differences.map(
              ({ first, second, difference, bounds }) =>
                markup`<tr>
                  <td>${nameMarkup(first)}</td>
                  <td class="words">${nameMarkup(second)}</td>
                  <td>${differenceText(difference)}</td>
                  <td>${differenceText(bounds[0])} to ${differenceText(bounds[1])}</td>
                  <td class="words">
                    ${bounds[0] > 0 ? nameMarkup(first) : bounds[1] < 0 ? nameMarkup(second) : 'undecided'}
                  </td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>`;
}

interface Difference {
  readonly other: Series;
  readonly difference: number;
  readonly bounds: readonly [number, number];
}

function plotOf(focus: Series, rows: readonly Difference[]): Markup {
  const reach = Math.max(0.02, ...rows.flatMap(({ bounds }) => bounds.map(Math.abs)));
  const half = axisUpTo(reach, 3);
  const axis: Axis = {
    ...{ from: -half.to, to: half.to },
    ticks: [...half.ticks.slice(1).map((tick) => -tick), ...half.ticks],
  };
  const bottom = area.top + rowHeight * rows.length;
  const description = rows
    .map(
      ({ other, difference, bounds }) =>
        `less ${other.policy}: ${differenceText(difference)}, from ${differenceText(bounds[0])} to ${differenceText(bounds[1])}.`,
    )
    .join(' ');
  return drawing(
    { id: 'differences', width, height: bottom + 26, title: `Differences of ${focus.policy}`, description },
    [
      markup`<g class="axes"
          >${axis.ticks.map(
            (tick) =>
              markup`<path d="M${xAt(area, axis, tick)} ${area.top}V${bottom}" /><text
                  x="${xAt(area, axis, tick)}"
                  y="${bottom + 17}"
                  text-anchor="middle"
                  >${tick === 0 ? '0' : differenceText(tick)}</text
                >`,
          )}</g
        ><path class="rule" d="M${xAt(area, axis, 0)} ${area.top}V${bottom}" />`,
      ...rows.map(({ other, difference, bounds }, row) => {
        const y = area.top + rowHeight * (row + 0.5);
        const at = (value: number) => xAt(area, axis, value);
        return markup`<g class="${other.style.replace(/^s\d+ /, '')}">
          <text class="label" x="${area.left - 14}" y="${y + 4}" text-anchor="end">− ${shortName(other.policy)}</text>
          <path class="line" style="stroke-dasharray:none" d="M${at(bounds[0])} ${y}H${at(bounds[1])}" />
          <circle class="dot" cx="${at(difference)}" cy="${y}" r="5" />
          <text x="${area.left + area.width + 14}" y="${y + 4}">${differenceText(difference)}</text>
        </g>`;
      }),
    ],
  );
}
