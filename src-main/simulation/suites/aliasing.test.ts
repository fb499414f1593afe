import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../math/random.ts';
import type { Scene } from '../scene.ts';
import { worldAt } from '../world.ts';
import { clockFor } from './aliasing-clock.ts';
import { storyOf, tales, type TwinKind } from './aliasing-tales.ts';
import { aliasing, operators } from './aliasing.ts';

const kinds: readonly TwinKind[] = ['cued', 'periodic', 'uncued'];

/** Pairs of some kinds and tales at the first place, told apart; `isFirst` is whether the one with the incidents comes first. */
function pairsOf(rate: number, wanted: readonly string[], suite = aliasing) {
  const { recordings } = suite({ seed: 5, rate });
  return wanted.map((which) => {
    const [first, second] = recordings.filter(({ notes }) => `${notes['kind']} ${notes['tale']}` === which);
    if (first === undefined || second === undefined) throw new Error(`There is no pair ${which}.`);
    const [a, b] = [first.scene(), second.scene()];
    const isFirst = a.incidents.length > 0;
    const [told, innocent] = isFirst ? [a, b] : [b, a];
    return { notes: first.notes, of: second.notes, told, innocent, isFirst };
  });
}
const pairs = pairsOf(1 / 4, ['cued fall', 'cued fight', 'cued running', 'periodic fall', 'uncued running']);
const slowPairs = pairsOf(1 / 8, ['cued fall']);
const ofOperators = ['aftermath fall', 'aftermath fight', 'around fall'];
const operatorPairs = [1 / 4, 1 / 8].flatMap((rate) =>
  pairsOf(rate, ofOperators, operators).map((pair) => ({ rate, ...pair })),
);
const stateAt = (scene: Scene, time: number): string =>
  JSON.stringify(worldAt(scene, time).persons.map(({ plan, body }) => [plan.id, body]));

describe('the aliasing suite', () => {
  it('has every tale in every kind, as neighbours of which one has the incidents', () => {
    const { recordings } = aliasing({ seed: 5 });
    const cells = new Set(recordings.map(({ notes }) => `${notes['kind']} ${notes['tale']}`));
    expect(cells).toEqual(new Set(kinds.flatMap((kind) => tales.map((tale) => `${kind} ${tale}`))));
    for (const { notes, of, told, innocent } of pairs) {
      expect(of).toEqual(notes);
      expect(innocent.incidents).toEqual([]);
      expect(new Set(told.incidents.map((incident) => incident.class))).toEqual(new Set([notes['tale']]));
      expect({ ...told, persons: [], incidents: [] }).toEqual({ ...innocent, persons: [], incidents: [] });
    }
    const names = recordings.map(({ notes }) => notes['twin']);
    for (const [index, name] of names.entries()) expect(name).toBe(names[index - (index % 2)]);
    expect(new Set(names).size).toBe(recordings.length / 2);
  });

  it('draws which of the two comes first', () => {
    expect(new Set(pairs.map(({ isFirst }) => isFirst)).size).toBe(2);
  });

  it.each([1 / 4, 1 / 8])('shows the same around every instant of a sampler of %f Hz', (rate) => {
    const given = rate === 1 / 4 ? pairs : slowPairs;
    for (const { notes, told, innocent } of given) {
      expect(told.seconds).toBe(128);
      for (let instant = 0; instant < told.seconds; instant += 1 / rate)
        for (const time of [instant - 0.25, instant - 0.1, instant, instant + 0.1, instant + 0.25])
          expect(stateAt(told, time), `${notes['twin']} at ${time}`).toBe(stateAt(innocent, time));
      for (const { start, end } of told.incidents) {
        expect(Math.floor(start * rate)).toBe(Math.floor(end * rate));
        expect(stateAt(told, (start + end) / 2)).not.toBe(stateAt(innocent, (start + end) / 2));
      }
    }
  });

  it('refuses a rate that leaves no room, or nothing to look with', () => {
    for (const rate of [1, 0.5, 0.3, 1 / 16]) expect(() => aliasing({ seed: 1, rate })).toThrow(/0\.125, 0\.25/);
  });
});

describe('the suite of scenes for operators', () => {
  it('shows the same around every instant, and an incident between two of them', () => {
    for (const { rate, notes, told, innocent } of operatorPairs) {
      for (let instant = 0; instant < told.seconds; instant += 1 / rate)
        for (const time of [instant - 0.25, instant, instant + 0.25])
          expect(stateAt(told, time), `${notes['kind']} at ${time}`).toBe(stateAt(innocent, time));
      const [incident] = told.incidents;
      if (incident === undefined) throw new Error('no incident');
      const { start, end } = incident;
      expect(stateAt(told, (start + end) / 2)).not.toBe(stateAt(innocent, (start + end) / 2));
      expect(innocent.incidents).toEqual([]);
    }
  });

  const standing = (scene: Scene, manner: string) => (time: number) =>
    scene.persons.some(({ acts }) =>
      acts.some((act) => act.kind === 'hold' && act.manner === manner && act.start <= time && act.end > time),
    );
  const openingInstants = Array.from({ length: 8 }, (_, index) => 16 * index);

  it.each(['aftermath', 'around'])('%s: a fall, and who crouches at one instant of the opening look', (kind) => {
    for (const { told } of operatorPairs.filter(({ notes }) => notes['kind'] === kind && notes['tale'] === 'fall')) {
      const crouches = standing(told, 'crouch');
      const [seen = NaN, ...others] = openingInstants.filter(crouches);
      const [{ start, end } = { start: NaN, end: NaN }] = told.incidents;
      expect(others).toEqual([]);
      expect(crouches((end + seen) / 2)).toBe(kind === 'aftermath');
      const apart = end < seen ? seen - end : start - seen;
      expect(apart).toBeGreaterThan(2.5);
      expect(apart).toBeLessThan(20);
    }
  });

  it('aftermath: a fight between two who have met since the opening look saw them apart, and stay', () => {
    const stories = Array.from({ length: 40 }, (_, seed) =>
      [0.25, 0.125].map((rate) => ({ rate, ...storyOf(randomFrom(seed), 'fight', 'aftermath', clockFor(rate)) })),
    ).flat();
    for (const { rate, told, lasts } of stories) {
      const [fought = NaN] = told;
      expect((fought / rate) % 16).not.toBe(0);
      expect(((fought + lasts) / rate) % 16).toBe(0);
    }
  });
});

describe('a story', () => {
  const stories = kinds.flatMap((kind) =>
    tales.flatMap((tale) =>
      [32, 16].flatMap((gaps) =>
        Array.from({ length: 30 }, (_, seed) => ({
          gaps,
          ...storyOf(randomFrom(seed), tale, kind, clockFor(gaps / 128)),
        })),
      ),
    ),
  );

  it('has decoys where it is cued, and what it tells lies at different times', () => {
    for (const { kind, told } of stories) expect(told).toHaveLength(kind === 'periodic' ? 4 : 1);
    const cued = stories.filter(({ kind }) => kind === 'cued');
    for (const { decoys, gaps } of cued) expect(decoys.length).toBeGreaterThanOrEqual(gaps === 32 ? 2 : 1);
    const others = stories.filter(({ kind }) => kind !== 'cued');
    expect(others.flatMap(({ decoys }) => decoys)).toEqual([]);
    const moments = cued.filter(({ gaps }) => gaps === 32).map(({ told }) => told[0]);
    expect(new Set(moments).size).toBeGreaterThan(4);
  });

  it('shows cues at instants that an opening look of eight frames sees, none of them where all walk about', () => {
    for (const { kind, tale, decoys, told, busy, gaps } of stories.filter((story) => story.kind === 'cued'))
      for (const gap of [...told, ...decoys]) {
        expect((gap + (tale === 'fall' ? 1 : 0)) % (gaps / 8), kind).toBe(0);
        expect(Math.abs(gap - busy)).toBeGreaterThan(1);
        expect(gap + 1).toBeLessThan(gaps - 1);
      }
  });
});
