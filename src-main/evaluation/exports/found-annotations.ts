/** What a policy flagged in an evaluation, as temporal annotations for other programs. */
import type { Evaluation } from '../../contract/evaluation.ts';
import { activityNetText } from './activitynet.ts';
import { inOrder } from './annotated-recording.ts';

/** ActivityNet's JSON of the intervals that `policy` flagged, with their scores, for every recording that it assessed. */
export function foundAnnotations({ recordings }: Pick<Evaluation, 'recordings'>, policy: string): string {
  return activityNetText(
    recordings.flatMap(({ name, seconds, assessments }) => {
      const assessment = assessments.find((each) => each.policy === policy);
      if (assessment === undefined) return [];
      const segments = assessment.flags.map(({ start, end, class: label, score }) => ({ start, end, label, score }));
      return [{ name, seconds, segments: inOrder(segments) }];
    }),
  );
}
