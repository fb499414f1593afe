/** A policy that is told where to look: the bound of what looking can reach at a budget. For evaluation alone. */
import { anchorOf, type Grid } from '../inquiry/episodes.ts';
import { fineSeconds, quantisedOffset, rates } from '../inquiry/grammar.ts';
import { type Activity, type Policy } from '../inquiry/index.ts';
import { openingPlan } from '../inquiry/operators.ts';
import type { PolicyView } from '../inquiry/policy.ts';
import { readAttributes } from '../inquiry/read-out.ts';
import { hypothesesOf } from '../inquiry/suspicion.ts';
import { intersection, type Interval } from '../math/interval.ts';

export interface OracleOptions {
  /** Where something is to be seen, seconds of the recording: of an innocent twin where its incident would be. */
  readonly truth: readonly Interval[];
  /** As of the episode's request, so that relative times can be told. */
  readonly episode: Interval;
  readonly activity: Activity;
  readonly grid: Grid;
}

/** Denser than this shows no more of what people and vehicles do. */
const densest = 4;

/**
 * It opens as others do, then looks at the stretches of `truth` in the episode one after the other, each at the highest rate
 * that is left of the budget: to see one of them well tells more than to see all of them hardly. Its read-out is that of the hand-written policies: it knows where, not what.
 */
export function oraclePolicy({ truth, episode, activity, grid }: OracleOptions): Policy {
  const anchor = anchorOf(activity, episode, grid);
  const opening = openingPlan({ start: episode.start - anchor, end: episode.end - anchor });
  const firstSeen = anchor + (opening.looks[0]?.times[0] ?? 0);
  const stretches = truth.flatMap((each) => intersection(each, episode) ?? []);

  /** The next stretch, once each in order of time, as an action; null where all were looked at or none can be paid. */
  function next(view: PolicyView) {
    const first = view.looks[0]?.frames[0]?.offset;
    const at = view.taken.length;
    const stretch = stretches[at];
    if (first === undefined || stretch === undefined) return null;
    const focusStart = firstSeen - first;
    const start = quantisedOffset(Math.floor((stretch.start - focusStart) / fineSeconds) * fineSeconds);
    const end = Math.max(
      start + fineSeconds,
      quantisedOffset(Math.ceil((stretch.end - focusStart) / fineSeconds) * fineSeconds),
    );
    for (const rate of rates.filter((each) => each <= densest).toReversed()) {
      const action = { operator: 'SAMPLE', start, end, rate } as const;
      if (view.chargeOf(action).allowed) return action;
    }
    return null;
  }

  return {
    name: 'oracle',
    version: '2',
    opens: true,
    readBelief: (input) => readAttributes({ ...input, activity: [] }),
    decide: (view) => {
      const action = view.mustEnd ? null : next(view);
      return action === null
        ? { action: { operator: 'FINAL', hypotheses: hypothesesOf(view) }, reason: 'It saw what it was told to see.' }
        : { action, purpose: 'closer-look', reason: 'It was told that something is to be seen here.' };
    },
  };
}
