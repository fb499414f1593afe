/** Claims about what is unusual for the camera: made only from percentiles of its own normality (SPEC C2). */
import type { ClaimOf } from '../contract/claim.ts';
import { evidenceOf, perceptionOf, type Part } from './explained-part.ts';
import { unusualFrame } from './perception-watcher.ts';

/** From here on a measurement counts as unusual for the camera. */
const unusualMeasurement = 0.95;
/** So many of each are named, the most unusual ones. */
const most = 2;

/** Measurements that hardly any look of this camera shows as strongly, and what makes its frames unusual. */
export const noveltyClaims = (parts: readonly Part[]) => [...measurements(parts), ...frames(parts)];

function measurements(parts: readonly Part[]): ClaimOf<'unusual-here'>[] {
  const best = new Map<string, ClaimOf<'unusual-here'>>();
  for (const part of parts) {
    const seen = perceptionOf(part);
    for (const { name, percentile, frames: on } of seen?.attributes ?? []) {
      const evidence = evidenceOf(part, on);
      if (seen === null || percentile === null || percentile < unusualMeasurement || evidence === null) continue;
      if (percentile <= (best.get(name)?.args.percentile ?? 0)) continue;
      best.set(name, { kind: 'unusual-here', args: { attribute: name, percentile, atHour: seen.atHour }, evidence });
    }
  }
  return strongest([...best.values()]);
}

/** By what makes the frames unusual; where that is nothing in particular, the frames as a whole. */
function frames(parts: readonly Part[]): ClaimOf<'unusual-frame'>[] {
  const best = new Map<string, ClaimOf<'unusual-frame'>>();
  const consider = (claim: ClaimOf<'unusual-frame'>) => {
    if (claim.args.percentile > (best.get(claim.args.by)?.args.percentile ?? 0)) best.set(claim.args.by, claim);
  };
  for (const part of parts) {
    const seen = perceptionOf(part);
    if (seen === null) continue;
    const { atHour } = seen;
    for (const { frame, by, percentile, place } of seen.novelties) {
      const evidence = evidenceOf(part, [frame]);
      if (evidence === null || percentile < unusualFrame) continue;
      consider({ kind: 'unusual-frame', args: { by, percentile, atHour, place: { ...place } }, evidence });
    }
  }
  if (best.size > 0) return strongest([...best.values()]);
  for (const part of parts) {
    const seen = perceptionOf(part);
    for (const [frame, percentile] of (seen?.novelty ?? []).entries()) {
      const evidence = evidenceOf(part, [frame]);
      if (seen === null || percentile === null || percentile < unusualFrame || evidence === null) continue;
      consider({
        kind: 'unusual-frame',
        args: { by: 'frame', percentile, atHour: seen.atHour, place: null },
        evidence,
      });
    }
  }
  return [...best.values()];
}

const strongest = <C extends { readonly args: { readonly percentile: number } }>(claims: readonly C[]): C[] =>
  claims.toSorted((a, b) => b.args.percentile - a.args.percentile).slice(0, most);
