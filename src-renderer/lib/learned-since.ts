/** What reviewers said since a version was trained, and what is missing before a gate can tell. Pure. */
import type { Reviewed, TrainingData } from '../../src-main/contract/training.ts';

/**
 * `now` less what the version in force learned from. `learned`: null for a version that learned from no verdicts at all,
 * as the one that comes with the program. A verdict that was taken back meanwhile makes no figure negative.
 */
export function reviewedSince(now: Reviewed, learned: TrainingData | null): Reviewed {
  const then = learned?.kind === 'verdicts' ? learned : null;
  const less = (figure: keyof Reviewed) => Math.max(0, now[figure] - (then?.[figure] ?? 0));
  return {
    confirmed: less('confirmed'),
    rejected: less('rejected'),
    unsure: less('unsure'),
    misses: less('misses'),
    preferences: less('preferences'),
  };
}

/** What can be learned from: unsure verdicts teach nothing. */
export const lessons = ({ confirmed, rejected, misses, preferences }: Reviewed): number =>
  confirmed + rejected + misses + preferences;

interface Labelled {
  readonly incidents: number;
  readonly innocent: number;
  readonly needed: number;
}

/** How many more of each label the gate needs; both 0 where it can tell. */
export const missingLabels = ({ incidents, innocent, needed }: Labelled) => ({
  incidents: Math.max(0, needed - incidents),
  innocent: Math.max(0, needed - innocent),
});
