/** What every part of the report needs to know of the evaluation as a whole. */
import type { Evaluation, EvaluationRow } from '../../contract/evaluation.ts';
import { seriesOf, type Series } from './series.ts';

export interface ReportContext {
  readonly evaluation: Evaluation;
  readonly series: readonly Series[];
  /** Whether the main AUC is of frames; without frame labels it is of recordings. */
  readonly hasFrames: boolean;
  /** The policy that failures and differences are told of; null for an empty table. */
  readonly focus: Series | null;
  /** What looking is counted in. */
  readonly unit: 'frame' | 'segment';
}

/** Who looks where a fixed plan says, or nowhere: their looks do not depend on what was seen. */
const passive: ReadonlySet<string> = new Set(['uniform', 'dense', 'triage', 'coarse', 'fine', 'mean']);
/** Who exists to be compared with, and is neither a plan nor a policy of inquiry. */
const comparators: ReadonlySet<string> = new Set(['blind', 'tree', 'oracle']);

export const isPassive = (policy: string): boolean => passive.has(policy);

/** Whether the policy decides by what it has seen; other systems, of which only scores are known, take no step. */
export const isActive = ({ policy, operators }: EvaluationRow): boolean =>
  !passive.has(policy) && !comparators.has(policy) && Object.values(operators).some((count) => count > 0);

export function contextOf(evaluation: Evaluation): ReportContext {
  const hasFrames = evaluation.rows.some(({ aucMicro }) => aucMicro !== null);
  const series = seriesOf(evaluation);
  const active = evaluation.rows.filter(isActive);
  const candidates = active.length > 0 ? active : evaluation.rows.filter(({ policy }) => policy !== 'blind');
  const auc = (row: EvaluationRow) => (hasFrames ? row.aucMicro : row.auc) ?? -1;
  const best = candidates.toSorted((a, b) => auc(b) - auc(a))[0] ?? evaluation.rows[0];
  return {
    ...{ evaluation, series, hasFrames },
    focus: series.find(({ policy }) => policy === best?.policy) ?? null,
    unit: evaluation.format === 'replay' ? 'segment' : 'frame',
  };
}

/** The AUC that the report is about, with its bounds. */
export const mainAuc = ({ hasFrames }: ReportContext, row: EvaluationRow) =>
  hasFrames ? { value: row.aucMicro, bounds: row.interval.aucMicro } : { value: row.auc, bounds: row.interval.auc };

export const mainAucName = ({ hasFrames }: ReportContext): string =>
  hasFrames ? 'frame-level AUC' : 'recording-level AUC';

/** The series of `policy`, which the table holds. */
export function seriesNamed({ series }: ReportContext, policy: string): Series {
  const found = series.find((each) => each.policy === policy);
  if (found === undefined) throw new RangeError(`The table has no row for ${policy}.`);
  return found;
}

/** `aucMicro` of `first` less that of `second`, whichever way round it is stored; null where it was not computed. */
export function differenceBetween(
  { evaluation }: ReportContext,
  first: string,
  second: string,
): { readonly difference: number; readonly bounds: readonly [number, number] } | null {
  const found = evaluation.differences.find((each) => each.first === first && each.second === second);
  if (found !== undefined) return found;
  const reversed = evaluation.differences.find((each) => each.first === second && each.second === first);
  if (reversed === undefined) return null;
  // Without the 0 − that would make a −0 of a difference of none.
  return { difference: 0 - reversed.difference, bounds: [0 - reversed.bounds[1], 0 - reversed.bounds[0]] };
}
