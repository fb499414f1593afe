import { describe, expect, it } from 'vitest';
import type { Claim } from '../../../src-main/contract/claim.ts';
import { explanationText } from './explanation-text.ts';

const claims: Claim[] = [
  { kind: 'what', args: { class: 'fight', probability: 0.9, sureness: 'clear' }, evidence: [64.5, 66] },
  { kind: 'who', args: { subject: 'person', count: 2 }, evidence: [64.5] },
];
const flag = {
  path: '/archive/Yard/a.mp4',
  camera: 'Yard',
  start: 64,
  end: 67,
  class: 'fight',
  score: 0.904,
  claims,
  policy: 'rules',
  policyVersion: '1',
};
const labels = { score: 'Score', evidence: 'Evidence', noClaims: 'No claims.' };

describe('explanationText', () => {
  it('tells where, when and why, and what each frame supports', () => {
    expect(explanationText(flag, labels)).toBe(
      `Yard
/archive/Yard/a.mp4
1:04.0 – 1:07.0 · a fight · Score 0.90 · rules

Clearly a fight (90 %). In view: 2 persons.

Evidence:
1:04.5  Clearly a fight (90 %). 2 persons in view.
1:06.0  Clearly a fight (90 %).`,
    );
  });

  it('says it where there are no claims', () => {
    expect(explanationText({ ...flag, claims: [] }, labels)).toMatch(/rules\n\nNo claims\.$/);
  });
});
