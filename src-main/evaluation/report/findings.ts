/** What the figures say, in sentences: above all whether active looking beats passive sampling at equal cost. */
import type { EvaluationRow } from '../../contract/evaluation.ts';
import { markup, nameMarkup, type Markup } from './markup.ts';
import { differenceText, figureText, quantityText } from './numbers.ts';
import { differenceBetween, isActive, isPassive, mainAuc, mainAucName, type ReportContext } from './report-context.ts';

/** Costs within a tenth of each other count as equal. Ours. */
const equalCost = 1.1;
/** An AUC this far from one half, without a look, is a leak of the data set. Ours. */
const leak = 0.05;

export type Verdict = 'good' | 'bad' | 'warn' | 'open';

export interface Finding {
  readonly verdict: Verdict;
  readonly word: string;
  readonly sentence: Markup;
}

export function findingsOf(context: ReportContext): Finding[] {
  return [
    ...activeAgainstPassive(context),
    ...bestFinding(context),
    ...blindFinding(context),
    ...shuffledFinding(context),
  ];
}

export const findingsList = (findings: readonly Finding[]): Markup =>
  markup`<ul class="findings">
    ${findings.map(
      ({ verdict, word, sentence }) =>
        markup`<li><span class="verdict ${verdict}">${word}</span><span>${sentence}</span></li>`,
    )}
  </ul>`;

/** Each active policy against the passive one whose cost is nearest to its own, `uniform` before others. */
function activeAgainstPassive(context: ReportContext): Finding[] {
  const { rows } = context.evaluation;
  const active = rows.filter(isActive);
  const passive = rows.filter(({ policy }) => isPassive(policy));
  if (active.length === 0 || passive.length === 0) {
    const which = active.length === 0 ? 'active' : 'passive';
    return [
      {
        ...{ verdict: 'open', word: 'Not tested' },
        sentence: markup`Whether active looking beats passive sampling is not told by this table: it has no ${which}
        policy.`,
      },
    ];
  }
  return active.flatMap((row) => {
    const plain = passive.find(({ policy }) => policy === 'uniform') ?? nearestInCost(row, passive);
    return plain === undefined ? [] : [comparison(context, row, plain)];
  });
}

const nearestInCost = (row: EvaluationRow, others: readonly EvaluationRow[]) =>
  others.toSorted(
    (a, b) =>
      Math.abs((a.framesPerMinute ?? 0) - (row.framesPerMinute ?? 0)) -
      Math.abs((b.framesPerMinute ?? 0) - (row.framesPerMinute ?? 0)),
  )[0];

function comparison(context: ReportContext, active: EvaluationRow, passive: EvaluationRow): Finding {
  const [a, b] = [nameMarkup(active.policy), nameMarkup(passive.policy)];
  const found = differenceBetween(context, active.policy, passive.policy);
  const cost = costPhrase(context, active, passive);
  if (found === null) {
    const sentence = markup`${a} and ${b} could not be compared recording by recording; ${cost.words}`;
    return { verdict: 'open', word: 'Not tested', sentence };
  }
  const [low, high] = found.bounds;
  const figures = markup`${differenceText(found.difference)} ${mainAucName(context)} (95 % bounds ${differenceText(low)}
  to ${differenceText(high)})`;
  if (low > 0 && !cost.isDearer) {
    return {
      ...{ verdict: 'good', word: 'Active wins' },
      sentence: markup`<strong>Active looking beats passive sampling at equal cost or less:</strong> ${a} over ${b} by
        ${figures}; ${cost.words}`,
    };
  }
  if (low > 0) {
    return {
      ...{ verdict: 'warn', word: 'At a price' },
      sentence: markup`<strong>Active looking is better than passive sampling, but not at equal cost:</strong> ${a} over
        ${b} by ${figures}; ${cost.words}`,
    };
  }
  if (high < 0) {
    return {
      ...{ verdict: 'bad', word: 'Passive wins' },
      sentence: markup`<strong>Active looking does not win here; passive sampling does:</strong> ${a} less ${b} is
        ${figures}; ${cost.words}`,
    };
  }
  return {
    ...{ verdict: 'open', word: 'Undecided' },
    sentence: markup`<strong>It is not shown that active looking beats passive sampling:</strong> ${a} less ${b} is
      ${figures}, which includes zero; ${cost.words}`,
  };
}

/** What both cost, and whether the first costs more than an equal amount. */
function costPhrase({ unit }: ReportContext, active: EvaluationRow, passive: EvaluationRow) {
  const [own, other] = [active.framesPerMinute, passive.framesPerMinute];
  if (own === null || other === null) return { words: markup`what they cost is not known.`, isDearer: true };
  return {
    words: markup`they look at ${quantityText(own)} and ${quantityText(other)} ${unit}s a minute.`,
    isDearer: own > equalCost * other,
  };
}

function bestFinding(context: ReportContext): Finding[] {
  const [best, next] = context.evaluation.rows
    .flatMap((row) => {
      const { value } = mainAuc(context, row);
      return value === null ? [] : [{ row, value }];
    })
    .toSorted((a, b) => b.value - a.value);
  if (best === undefined) return [];
  if (next === undefined) {
    const { bounds } = mainAuc(context, best.row);
    const within = bounds === null ? '' : ` (95 % bounds ${figureText(bounds[0])} to ${figureText(bounds[1])})`;
    return [
      {
        ...{ verdict: 'open', word: 'Measured' },
        sentence: markup`${nameMarkup(best.row.policy)} has a ${mainAucName(context)} of
        ${figureText(best.value)}${within}.`,
      },
    ];
  }
  const found = differenceBetween(context, best.row.policy, next.row.policy);
  const isClear = found !== null && found.bounds[0] > 0;
  return [
    {
      ...{ verdict: 'open', word: 'Highest' },
      sentence: markup`${nameMarkup(best.row.policy)} has the highest ${mainAucName(context)}, ${figureText(best.value)},
      before ${nameMarkup(next.row.policy)} with
      ${figureText(next.value)}${isClear ? '' : '; the two cannot be told apart on these recordings'}.`,
    },
  ];
}

function blindFinding(context: ReportContext): Finding[] {
  const blind = context.evaluation.rows.find(({ policy }) => policy === 'blind');
  const value = blind === undefined ? null : mainAuc(context, blind).value;
  if (value === null) return [];
  return [
    Math.abs(value - 0.5) <= leak
      ? {
          ...{ verdict: 'good', word: 'Control holds' },
          sentence: markup`Without a look (${nameMarkup('blind')}) the ${mainAucName(context)} is ${figureText(value)}:
          what is assumed before the first look gives nothing away.`,
        }
      : {
          ...{ verdict: 'warn', word: 'Leak' },
          sentence: markup`Without a look (${nameMarkup('blind')}) the ${mainAucName(context)} is ${figureText(value)}:
          what is assumed before the first look already tells part of the answer, and other figures contain as much.`,
        },
  ];
}

function shuffledFinding(context: ReportContext): Finding[] {
  const far = context.evaluation.rows.filter(
    ({ controls }) => controls.shuffled !== null && Math.abs(controls.shuffled - 0.5) > leak,
  );
  if (far.length === 0) return [];
  return [
    {
      ...{ verdict: 'warn', word: 'Few data' },
      sentence: markup`With labels shuffled the AUC of
      ${far.map(({ policy }, index) => markup`${index === 0 ? '' : ', '}${nameMarkup(policy)}`)} is far from one half:
      there are too few recordings for small differences to mean much.`,
    },
  ];
}
