/** A flag's explanation as plain text, for a report or a message. */
import type { Flag } from '../../../src-main/contract/flag.ts';
import { wording } from '../../i18n/wording.ts';

/** Labels of the parts, in the reader's language. */
export interface ExplanationLabels {
  readonly score: string;
  readonly evidence: string;
  readonly noClaims: string;
}

/** Recording, interval and score, the explanation in sentences, and each evidence frame with what it supports. */
export function explanationText(
  flag: Pick<Flag, 'path' | 'camera' | 'start' | 'end' | 'class' | 'score' | 'claims' | 'policy'>,
  labels: ExplanationLabels,
): string {
  const interval = `${wording.position(flag.start)} – ${wording.position(flag.end)}`;
  const head = [
    flag.camera,
    flag.path,
    `${interval} · ${wording.class(flag.class)} · ${labels.score} ${flag.score.toFixed(2)} · ${flag.policy}`,
  ];
  if (flag.claims.length === 0) return [...head, '', labels.noClaims].join('\n');
  const frames = Map.groupBy(wording.evidence(flag.claims), ({ time }) => time);
  return [
    ...head,
    '',
    wording.explanation(flag.claims),
    '',
    `${labels.evidence}:`,
    ...[...frames].map(([time, said]) => `${wording.position(time)}  ${said.map(({ claim }) => claim).join(' ')}`),
  ].join('\n');
}
