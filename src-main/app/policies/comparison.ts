/** A stored comparison as the contract tells it: with paths, with what reviewers have said by now, and with totals. */
import type { ComparedRecording, ComparedTotals, Comparison } from '../../contract/policy-comparison.ts';
import type { Store, StoredComparison } from '../../store/index.ts';
import { agreesWith, saidOf } from './verdict-agreement.ts';

/** Verdicts are those of now: whoever looks at a comparison may decide on its flags meanwhile. */
export function comparisonOf(
  store: Pick<Store, 'comparisons' | 'recordings' | 'flags' | 'misses'>,
  stored: StoredComparison,
): Comparison {
  const results: ComparedRecording[] = [];
  const missing: Comparison['missing'] = [];
  for (const result of store.comparisons.results(stored.id)) {
    const found = store.recordings.get(result.recording);
    if (found === undefined) continue;
    const { id, path, camera, video } = found;
    if ('reason' in result) {
      missing.push({ recording: id, path, reason: result.reason });
      continue;
    }
    const [first, second] = result.sides;
    const said = saidOf(store.flags.list({ recording: id }), store.misses.list({ recording: id }));
    results.push({
      ...{ recording: id, path, camera, seconds: video?.seconds ?? 0, sides: [first, second] },
      verdicts: said.map((verdict) => ({
        ...verdict,
        agrees: [agreesWith(verdict, first.flags), agreesWith(verdict, second.flags)],
      })),
    });
  }
  results.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { ...stored, results, missing, totals: [totalsOf(results, 0), totalsOf(results, 1)] };
}

function totalsOf(results: readonly ComparedRecording[], which: 0 | 1): ComparedTotals {
  const sides = results.map((result) => result.sides[which]);
  const answers = results.flatMap(({ verdicts }) => verdicts.map(({ agrees }) => agrees[which]));
  const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);
  const utilities = sides.flatMap(({ utility }) => utility ?? []);
  return {
    flags: sum(sides.map(({ flags }) => flags.length)),
    agreed: answers.filter((agrees) => agrees === true).length,
    disagreed: answers.filter((agrees) => agrees === false).length,
    framesObserved: sum(sides.map(({ framesObserved }) => framesObserved)),
    framesMasked: sum(sides.map(({ framesMasked }) => framesMasked)),
    utility: utilities.length === 0 ? null : sum(utilities) / utilities.length,
  };
}
