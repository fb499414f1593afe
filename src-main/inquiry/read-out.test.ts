import { describe, expect, it } from 'vitest';
import { defaultClassIds } from '../contract/taxonomy.ts';
import { attributeDefinitions, type AttributeName } from '../perception/attributes.ts';
import { cues, disturbances } from './cues.ts';
import type { PerceptionView, ViewLook } from './policy.ts';
import { contributionsTo, priorFromActivity, readAttributes } from './read-out.ts';
import { sigmoid } from '../math/logistic.ts';

const frames = Array.from({ length: 8 }, (_, index) => ({ offset: index / 2, sight: 0.5, reread: false }));

/** A look at which the attributes rest on the frames named with them, or on all. */
function look(
  values: Partial<Record<AttributeName, number>>,
  on: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7],
  interval = 0.5,
): ViewLook {
  return {
    interval,
    purpose: 'opening-look',
    frames,
    observation: {
      kind: 'perception',
      saw: ['motion'],
      vector: new Float32Array(),
      attributes: Object.entries(values).map(([name, value]) => ({
        name,
        value,
        percentile: null,
        frames: on,
        place: null,
        by: [],
      })),
      ...{ surprise: [], novelty: [], novelties: [], atHour: false, tracks: [] },
    },
  };
}

const read = (looks: readonly ViewLook[], activity: readonly { offset: number; level: number }[] = []) =>
  readAttributes({ classes: defaultClassIds, looks, activity });
const unusual = (looks: readonly ViewLook[]) => 1 - (read(looks).probabilities['normal'] ?? 0);
const fighting = { persons: 2, 'person-gap': 0, motion: 0.12, 'motion-peak': 0.25, 'motion-coherence': 0.3 };

describe('the read-out of the hand-written policies', () => {
  it('P1: is base rate and triage before any look', () => {
    expect(unusual([])).toBeCloseTo(0.02, 3);
    const busy = [{ offset: 0, level: 1 }];
    expect(sigmoid(priorFromActivity(busy))).toBeGreaterThan(sigmoid(priorFromActivity([])));
    expect(sigmoid(priorFromActivity(busy))).toBeLessThan(0.1);
  });

  it('P1: believes less in an incident after looks that show nothing', () => {
    expect(unusual([look({ motion: 0.01, persons: 3 })])).toBeLessThan(unusual([]));
  });

  it('P2: knows a fight, and no fight without a second person', () => {
    const { probabilities, evidence } = read([look(fighting)]);
    expect(probabilities['fight']).toBeGreaterThan(0.5);
    expect(evidence[0]?.every((logit) => logit > 0)).toBe(true);
    expect(read([look({ ...fighting, persons: 1 })]).probabilities['fight']).toBeLessThan(0.05);
  });

  it('P2: puts evidence on the frames that it rests on, from the first to the last in a close look', () => {
    const close = read([look(fighting, [2, 4])]).evidence[0] ?? [];
    expect(close.map((logit) => logit > -4)).toEqual([false, false, true, true, true, false, false, false]);
    const coarse = read([look(fighting, [2, 4], 16)]).evidence[0] ?? [];
    expect(coarse.map((logit) => logit > -4)).toEqual([false, false, true, false, true, false, false, false]);
  });

  it('P2: takes whoever passes before a vehicle for no collision as long as nobody reacts', () => {
    const passing = {
      vehicles: 1,
      persons: 6,
      crowd: 6,
      motion: 0.2,
      'motion-coherence': 0.2,
      'person-vehicle-gap': 0,
    };
    const strongest = (values: Partial<Record<AttributeName, number>>) => {
      const found = contributionsTo('collision', look(values));
      return found.reduce((sum, { points }) => sum + points, 0);
    };
    // Four nats make it as likely as not.
    expect(strongest({ ...passing, 'motion-stop': 0.2 })).toBeLessThan(3.75);
    expect(strongest({ ...passing, 'person-speed': 1.8 })).toBeGreaterThan(4);
  });

  it('P2: takes a change of light for what it is', () => {
    expect(unusual([look({ ...fighting, 'light-change': 0.25 })])).toBeLessThan(unusual([look(fighting)]) / 3);
  });

  it('P2: says nothing of speed from frames that lie far apart', () => {
    const fast = { 'person-speed': 3 };
    expect(read([look(fast)]).probabilities['running']).toBeGreaterThan(0.3);
    expect(read([look(fast, [0, 1], 4)]).probabilities['running']).toBeLessThan(0.02);
  });

  it('P3: lets what surprises more than 99 in 100 of the camera\'s frames speak for "unusual"', () => {
    const calm = look({ motion: 0.01 });
    if (calm.observation.kind !== 'perception') throw new TypeError('not a perception');
    const strange = (novelty: number, surprise: number): ViewLook => ({
      ...calm,
      observation: {
        ...(calm.observation as PerceptionView),
        novelty: frames.map(() => novelty),
        surprise: frames.map(() => surprise),
      },
    });
    const of = (novelty: number, surprise: number) => read([strange(novelty, surprise)]).probabilities['unusual'] ?? 0;
    const nothing = read([calm]).probabilities['unusual'] ?? 1;
    expect(of(0.9, 3)).toBe(nothing);
    expect(of(0.99, 3)).toBeGreaterThan(2 * nothing);
    expect(of(0.999, 7)).toBeGreaterThan(of(0.99, 5));
    expect(of(1, 50)).toBeGreaterThan(0.5);
    expect(read([strange(1, 50)]).probabilities['fight']).toBeLessThan(0.02);
  });

  it("P5: takes a model's score for what it says, and its silence for nothing seen", () => {
    const said: ViewLook = {
      ...look({}),
      observation: {
        kind: 'caption',
        segments: [
          { caption: 'A gate.', score: 0, frames: [0, 1] },
          { caption: 'Men fight.', score: 0.9, frames: [2, 3, 4] },
          { caption: null, score: null, frames: [5] },
        ],
      },
    };
    const { evidence, prior, probabilities } = read([said]);
    const [zero, , high, , , refused, uncovered] = evidence[0] ?? [];
    expect(sigmoid(high ?? 0)).toBeCloseTo(0.9, 9);
    expect(zero).toBeLessThan(-3.8);
    expect([refused, uncovered]).toEqual([prior, prior]);
    expect(probabilities['unusual']).toBeGreaterThan(0.8);
  });

  it('P2: hears what tracks tell of longer times softly, and of rare ones clearly', () => {
    const of = (id: string, values: Partial<Record<AttributeName, number>>) =>
      read([look(values)]).probabilities[id] ?? 0;
    expect(of('loitering', { dwell: 8 })).toBeGreaterThan(3 * of('loitering', { dwell: 4 }));
    expect(unusual([look({ dwell: 8 })])).toBeLessThan(0.3);
    expect(of('left-behind-object', { 'left-behind': 6 })).toBeGreaterThan(0.5);
    expect(of('left-behind-object', { 'left-behind': 1 })).toBeLessThan(0.02);
    expect(of('wrong-way', { 'against-flow': 1 })).toBeGreaterThan(0.4);
    expect(of('crowd-disturbance', { persons: 6, 'crowd-speed': 2.8 })).toBeGreaterThan(0.5);
    expect(of('crowd-disturbance', { persons: 2, 'crowd-speed': 2.8 })).toBeLessThan(0.02);
  });

  it('P2: rests on values that the attributes can have', () => {
    for (const reading of [...Object.values(cues).flat(), disturbances]) {
      for (const { attribute, from, to, weight, needed } of reading) {
        const [least, most] = attributeDefinitions[attribute].range;
        expect(Math.min(from, to)).toBeGreaterThanOrEqual(least);
        expect(Math.max(from, to)).toBeLessThanOrEqual(most);
        expect(from).not.toBe(to);
        expect(weight > 0 || needed === true).toBe(true);
      }
    }
    expect(defaultClassIds).toEqual(expect.arrayContaining(Object.keys(cues)));
  });

  it('names the cues of the strongest reading, strongest first', () => {
    expect(contributionsTo('fight', look(fighting)).map(({ attribute }) => attribute)).toEqual([
      'motion',
      'motion-coherence',
      'motion-peak',
    ]);
    expect(contributionsTo('theft', look(fighting))).toEqual([]);
  });
});
