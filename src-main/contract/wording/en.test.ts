import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { claimSchema, evidenceFrom, foundByReasons, type Claim } from '../claim.ts';
import { defaultClassIds } from '../taxonomy.ts';
import { attributeDefinitions, attributeNames } from '../../perception/attributes.ts';
import { describeEvidence, englishFor } from './en.ts';

const claims: Claim[] = [
  { kind: 'what', args: { class: 'collision', probability: 0.82, sureness: 'likely' }, evidence: [62.5, 64] },
  { kind: 'who', args: { subject: 'person', count: 1 }, evidence: [62.5] },
  { kind: 'who', args: { subject: 'vehicle', count: 3 }, evidence: [64] },
  { kind: 'when', args: { start: 62.5, end: 3725.04, openStart: false, openEnd: true }, evidence: [62.5, 64] },
  { kind: 'where', args: { place: { x: 0.7, y: 0.7, width: 0.2, height: 0.2 } }, evidence: [64] },
  {
    kind: 'measured',
    args: { attribute: 'vehicle-stop', value: 2.24, unit: 'lengths/s', source: 'objects' },
    evidence: [64],
  },
  {
    kind: 'measured',
    args: { attribute: 'person-vehicle-gap', value: 0, unit: 'body-heights', source: 'objects' },
    evidence: [64],
  },
  { kind: 'alternative', args: { reading: 'light-change', outcome: 'ruled-out' }, evidence: [62.5] },
  { kind: 'alternative', args: { reading: 'camera-moved', outcome: 'ruled-out' }, evidence: [62.5] },
  { kind: 'limit', args: { without: 'persons' }, evidence: [64] },
  { kind: 'found-by', args: { reason: 'activity-peak', framesPerSecond: 2 }, evidence: [62.5] },
];

describe('English', () => {
  it('tells an explanation', () => {
    expect(englishFor.explanation(claims)).toBe(
      'Probably a collision or road accident (82 %). From 1:02.5 to 1:02:05.0; what came after was not seen. ' +
        'In view: 1 person and 3 vehicles. In the lower right of the picture. ' +
        'A vehicle lost 2.2 lengths a second of its speed at once and a person touched or overlapped a moving vehicle. ' +
        'The light did not change and the camera stood still. Poses were not recognised: only objects were. ' +
        'Found by looking where more happens than elsewhere (2 frames a second).',
    );
    expect(englishFor.explanation([])).toBe('');
  });

  it('gives each evidence frame the statement that it supports, in order of time', () => {
    const described = describeEvidence(claims);
    expect(described).toHaveLength(claims.reduce((sum, { evidence }) => sum + evidence.length, 0));
    expect(described.map(({ time }) => time)).toEqual(described.map(({ time }) => time).toSorted((a, b) => a - b));
    expect(described[0]).toEqual({ time: 62.5, claim: 'Probably a collision or road accident (82 %).' });
  });

  it('has words for every class, attribute and reason that come with the program', () => {
    for (const id of defaultClassIds) expect(englishFor.class(id)).not.toBe('');
    expect(englishFor.class('forklift-in-aisle')).toBe('forklift in aisle');
    for (const attribute of attributeNames) {
      const { unit } = attributeDefinitions[attribute];
      const said = englishFor.claim({
        kind: 'measured',
        args: { attribute, value: 0.4, unit, source: 'motion' },
        evidence: [0],
      });
      expect(said).toMatch(/^[A-Z0-9].*\.$/);
    }
    for (const reason of foundByReasons) {
      expect(englishFor.claim({ kind: 'found-by', args: { reason, framesPerSecond: 1 / 16 }, evidence: [0] })).toMatch(
        /^Found by .* \(a frame every 16 seconds\)\.$/,
      );
    }
  });

  it('repeats a model’s words as they are', () => {
    expect(englishFor.claim({ kind: 'text', args: { text: 'A man falls.' }, evidence: [0] })).toBe('A man falls.');
  });
});

describe('claims', () => {
  it('cannot be made without evidence', () => {
    const [claim] = claims;
    expect(v.is(claimSchema, claim)).toBe(true);
    expect(v.is(claimSchema, { ...claim, evidence: [] })).toBe(false);
    expect(v.is(claimSchema, { ...claim, kind: 'rumour' })).toBe(false);
    expect(evidenceFrom([])).toBeNull();
    expect(evidenceFrom([3, 1, 3])).toEqual([1, 3]);
  });
});
