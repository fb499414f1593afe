/** The policies of a report: one colour and one dash each, the same in every figure, and the legend that shows or hides them. */
import type { Evaluation } from '../../contract/evaluation.ts';
import { markup, nameMarkup, type Markup } from './markup.ts';

export interface Series {
  readonly policy: string;
  /** Classes that give the colour (`--series`) and the dash to whatever is drawn. */
  readonly style: string;
  readonly index: number;
}

/** Colours that `style.ts` defines for either scheme. */
const colours = 10;

/** So that a policy has its colour in every report. */
const usual: Readonly<Record<string, number>> = {
  ...{ rules: 0, uniform: 1, dense: 2, nano: 3, tree: 4, triage: 5, coarse: 6, blind: 7, fine: 8, mean: 9 },
};

/** In the order of the table. A colour that is taken twice comes dashed, and then dotted. */
export function seriesOf({ rows }: Pick<Evaluation, 'rows'>): Series[] {
  const taken = new Map<number, number>();
  for (const { policy } of rows) {
    const colour = usual[policy];
    if (colour !== undefined) taken.set(colour, 0);
  }
  return rows.map(({ policy }, index) => {
    const own = usual[policy];
    if (own !== undefined) return { policy, index, style: `s${index} c${own} d0` };
    const all = Array.from({ length: colours }, (_, colour) => colour);
    const colour = all.toSorted((a, b) => (taken.get(a) ?? -1) - (taken.get(b) ?? -1))[0] ?? 0;
    const round = (taken.get(colour) ?? -1) + 1;
    taken.set(colour, round);
    return { policy, index, style: `s${index} c${colour} d${Math.min(2, round)}` };
  });
}

/** A stroke in the colour and dash of the policy. */
const swatch = ({ style }: Series): Markup =>
  markup`<svg class="swatch" viewBox="0 0 22 10" aria-hidden="true">
    <path class="line ${style.replace(/^s\d+ /, '')}" d="M1 5H21" />
  </svg>`;

export const seriesName = (series: Series): Markup =>
  markup`<span class="series">${swatch(series)}${nameMarkup(series.policy)}</span>`;

/** Boxes that hide a policy's lines everywhere; the page's style does it, without a script. */
export const legend = (all: readonly Series[]): Markup =>
  markup`<fieldset class="legend">
    <legend>Show</legend>
    ${all.map(
      (series) =>
        markup`<label><input type="checkbox" checked id="show-${series.index}" />${seriesName(series)}</label>`,
    )}
  </fieldset>`;

/** The rules by which the boxes of the legend hide what belongs to them. */
export const legendStyle = (all: readonly Series[]): string =>
  all
    .map(({ index }) => `body:has(#show-${index}:not(:checked)) :is(.plot, .panel) .s${index}{display:none}`)
    .join('\n');
