/** Figures of recordings that are grouped by source: clips of one source are alike, so sources are what is drawn. */
import type { EvaluationRow } from '../../contract/evaluation.ts';
import { figuresBySource } from '../head/cross-fitted.ts';
import type { Spread } from '../metrics/bootstrap.ts';
import { sourcePairAuc } from '../metrics/source-pairs.ts';
import { recordingScore, type Judged } from './assessed.ts';

/** Null where the source of a recording is not known. */
export function bySourceOf(
  judged: readonly Judged[],
  seed: number,
): { readonly interval: EvaluationRow['interval']; readonly sameSource: EvaluationRow['sameSource'] } | null {
  const known = judged.flatMap(({ truth, made }) =>
    truth.source === null
      ? []
      : [{ source: truth.source, score: recordingScore(made), label: truth.isAnomalous ? 1 : 0 } as const],
  );
  if (known.length === 0 || known.length < judged.length) return null;
  const { auc, sameSourcePairs, tprAt5 } = figuresBySource(
    known.map(({ score }) => score),
    known.map(({ label }) => label),
    known.map(({ source }) => source),
    seed,
  );
  const pairs = sourcePairAuc(known)?.pairs ?? 0;
  return {
    interval: { over: 'sources', aucMicro: null, auc: bounds(auc.spread), tprAt5: bounds(tprAt5.spread) },
    sameSource: { pairs, auc: sameSourcePairs.value, interval: bounds(sameSourcePairs.spread) },
  };
}

const bounds = (spread: Spread | null): [number, number] | null => (spread === null ? null : [spread.low, spread.high]);
