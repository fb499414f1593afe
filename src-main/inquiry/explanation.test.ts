import { describe, expect, it } from 'vitest';
import type { Claim } from '../contract/claim.ts';
import { englishFor } from '../contract/wording/en.ts';
import type { AttributeName } from '../perception/attributes.ts';
import { explain } from './explanation.ts';
import type { TakenLook } from './taken-look.ts';
import { shownLook as look, type Shown } from './testing/shown-look.ts';

const fight: Partial<Record<AttributeName, Shown>> = {
  persons: { value: 3 },
  'person-gap': { value: 0 },
  motion: { value: 0.1, place: { x: 0, y: 0.7, width: 0.2, height: 0.3 } },
  'motion-coherence': { value: 0.3, frames: [0] },
};
const claimsOf = (looks: readonly TakenLook[], span = { start: 1, end: 3, score: 0.9 }) =>
  explain({ span, class: 'fight', anchor: 1000, looks, seen: [{ start: 0, end: 4 }] });
/** Someone who stands at one place in all frames of a look. */
const person = (id: number, x: number) => ({
  ...{ id, kind: 'person' as const },
  points: Array.from({ length: 8 }, (_, frame) => ({ frame, box: { x, y: 0.1, width: 0.1, height: 0.4 } })),
});
const kinds = (claims: readonly Claim[]) => claims.map(({ kind }) => kind);

describe('explanations', () => {
  it('C1: rest on frames of the interval, every claim of them', () => {
    const claims = claimsOf([look(0, fight, ['motion', 'persons', 'objects'])]);
    expect(kinds(claims)).toEqual(['what', 'who', 'when', 'where', 'measured', 'found-by']);
    for (const { evidence } of claims) {
      expect(evidence.length).toBeGreaterThan(0);
      for (const time of evidence) expect(time >= 1001 && time < 1003).toBe(true);
    }
  });

  it('C1: say nothing of what was measured outside the interval', () => {
    const claims = claimsOf([look(0, fight, ['motion', 'persons', 'objects'])]);
    const measured = claims.flatMap((claim) => (claim.kind === 'measured' ? [claim.args.attribute] : []));
    // The coherence rests on the first frame, which lies before the interval.
    expect(measured).toEqual(['motion']);
  });

  it('C1: are empty where no frame lies in the interval', () => {
    expect(claimsOf([look(20, fight, ['motion'])])).toEqual([]);
    expect(claimsOf([])).toEqual([]);
  });

  it('C2: call nothing unusual for the camera without percentiles', () => {
    const plain = claimsOf([look(0, fight, ['motion', 'persons', 'objects'])]);
    expect(englishFor.explanation(plain)).not.toMatch(/this camera/);
    const known = { ...fight, motion: { value: 0.1, percentile: 0.99 } };
    const claims = claimsOf([look(0, known, ['motion', 'persons', 'objects'])]);
    expect(englishFor.explanation(claims)).toMatch(
      /More of the picture moved than in 99\.0 % of what this camera usually shows\./,
    );
  });

  it("C2: say what makes the frames unusual here, as sure as the camera's footage allows", () => {
    const novelties = [
      { frame: 3, by: 'velocity' as const, percentile: 0.9968, place: { x: 0, y: 0, width: 0.1, height: 0.1 } },
    ];
    const novelty = Array.from({ length: 8 }, () => 0.9968);
    const claims = claimsOf([look(0, fight, ['motion'], { novelty, novelties, atHour: true })]);
    expect(claims.filter(({ kind }) => kind === 'unusual-frame')).toMatchObject([{ evidence: [1001.5] }]);
    expect(englishFor.explanation(claims)).toMatch(
      /Something moved in a stranger way for its place than in 99\.6 % of this camera's frames at this hour\./,
    );
    const whole = claimsOf([look(0, fight, ['motion'], { novelty: novelty.map(() => 1) })]);
    expect(englishFor.explanation(whole)).toMatch(/The picture was stranger than in 99\.9 % of this camera's frames\./);
  });

  it('C5: tell who did what and when, by numbers that hold over several looks', () => {
    const running = { value: 2.9, frames: [2, 3], by: [7], place: { x: 0.1, y: 0.1, width: 0.2, height: 0.4 } };
    const near = { value: 0, frames: [4], by: [8, 7], place: { x: 0.1, y: 0.1, width: 0.2, height: 0.4 } };
    const seen = {
      ...fight,
      'person-speed': running,
      'limb-speed': { ...running, value: 2, by: [8] },
      'person-gap': near,
    };
    const claims = explain({
      ...{ span: { start: 1, end: 3, score: 0.9 }, class: 'running', anchor: 1000, seen: [{ start: 0, end: 4 }] },
      looks: [look(0, seen, ['motion', 'persons', 'objects'], { tracks: [person(7, 0.1), person(8, 0.3)] })],
    });
    expect(claims.filter(({ kind }) => kind === 'did')).toMatchObject([
      {
        args: { subject: 'person', number: 1, attribute: 'person-speed', start: 1001, end: 1001.5 },
        evidence: [1001, 1001.5],
      },
      { args: { subject: 'person', number: 2, attribute: 'limb-speed' } },
    ]);
    expect(englishFor.explanation(claims)).toMatch(
      /Person 1 moved at 2\.9 body heights a second, from 16:41\.0 to 16:41\.5\./,
    );
  });

  it('C1: repeat what a model said of the interval, and of nothing else', () => {
    const segments = [
      { caption: 'A gate.', score: 0.1, frames: [0, 1] },
      { caption: 'Men fight.', score: 0.9, frames: [2, 3] },
      { caption: 'They leave.', score: 0.2, frames: [6, 7] },
    ];
    const said = { ...look(0, {}, []), observation: { kind: 'caption' as const, segments } };
    const claims = claimsOf([said]);
    expect(claims.filter(({ kind }) => kind === 'text')).toEqual([
      { kind: 'text', args: { text: 'Men fight.' }, evidence: [1001, 1001.5] },
    ]);
    expect(kinds(claims)).not.toContain('limit');
  });

  it('C3: speak of nobody without the nets, and say that they were not there', () => {
    const claims = claimsOf([look(0, { motion: { value: 0.3 }, 'motion-coherence': { value: 0.2 } }, ['motion'])]);
    expect(kinds(claims)).toContain('limit');
    expect(englishFor.explanation(claims)).toMatch(/no net was there/);
    expect(englishFor.explanation(claims)).not.toMatch(/person|vehicle|someone/);
  });

  it('C4: say which bound is open', () => {
    const claims = explain({
      span: { start: 0, end: 3, score: 0.7 },
      class: 'fight',
      anchor: 1000,
      looks: [look(0, fight, ['motion', 'persons', 'objects'])],
      seen: [{ start: 0, end: 4 }],
    });
    expect(claims.find(({ kind }) => kind === 'when')?.args).toMatchObject({
      openStart: true,
      openEnd: false,
      start: 1000,
      end: 1003,
    });
    expect(englishFor.explanation(claims)).toMatch(/what came before was not seen/);
  });

  it('name the innocent readings that were measured', () => {
    const shaken = { ...fight, 'light-change': { value: 0 }, 'camera-moved': { value: 0.1 } };
    expect(englishFor.explanation(claimsOf([look(0, shaken, ['motion', 'persons', 'objects'])]))).toMatch(
      /The light did not change\. The camera moved, which may be all there is to it\./,
    );
  });
});
