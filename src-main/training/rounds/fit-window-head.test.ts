import { describe, expect, test } from 'vitest';
import { defaultNanoWords, windowHeadLogit, modalities, type Position } from '../../inquiry/policies/nano/index.ts';
import { randomFrom } from '../../math/random.ts';
import { windowVectorIndex } from '../../perception/window-layout.ts';
import type { BeliefExample } from '../nano/examples.ts';
import { besideHead, fitWindowHead } from './fit-window-head.ts';

const settings = { penalty: 1, replayed: 1 };

/** One look in which the picture moves so fast and erratically. */
function look(speed: number, erratic: number): Position[] {
  const features = new Float32Array(modalities.window);
  for (const [name, value] of Object.entries({ speed, erratic })) {
    features[windowVectorIndex(`${name}:mean`)] = value;
    features[windowVectorIndex(`${name}:share`)] = 1;
  }
  return [{ rows: [], soft: { modality: 'window', features }, time: 0, group: 0 }];
}

const { classes } = defaultNanoWords;
/** The net's opinion of a set of looks, in whose frame 3 it sees an incident or not. */
const asRead = (incident: number) => ({
  classes: { normal: 1 - incident, fight: incident },
  frames: [{ at: 3, label: 0.2 }],
});
const unasked = (positions: Position[], truth: string): BeliefExample => ({
  ...{ positions, read: 0, classes, truth: [truth], frames: [], bag: null },
});
const example = (positions: Position[], truth: string): BeliefExample => ({
  ...{ ...unasked(positions, truth), asRead: asRead(0.27) },
});

/** Recordings whose label follows the speed, one set of looks at each. */
function recordings(seed = 1): BeliefExample[][] {
  const random = randomFrom(seed);
  return Array.from({ length: 40 }, (_, number) => {
    const speed = random.between(0.1, 0.5) + (number % 2 === 0 ? 0.4 : 0);
    return [example(look(speed, random.next()), number % 2 === 0 ? 'fight' : 'normal')];
  });
}

const asReplayed = (each: BeliefExample): BeliefExample => ({ ...each, believed: asRead(0.27).classes });

describe('fitting the head', () => {
  test('it learns what tells the labels apart and leaves alone what does not', () => {
    const head = fitWindowHead(recordings(), settings);
    const rise = (a: Position[], b: Position[]) => windowHeadLogit(head, b) - windowHeadLogit(head, a);
    const bySpeed = rise(look(0.2, 0.5), look(0.8, 0.5));
    expect(bySpeed).toBeGreaterThan(2);
    expect(Math.abs(rise(look(0.5, 0.1), look(0.5, 0.9)))).toBeLessThan(bySpeed / 4);
  });

  test('what the net knows already is not learned again', () => {
    const known = recordings().map((sets) =>
      sets.map((each) => ({ ...each, asRead: asRead(each.truth.includes('normal') ? 0.002 : 0.998) })),
    );
    const head = fitWindowHead(known, settings);
    expect(Math.abs(windowHeadLogit(head, look(0.8, 0.5)))).toBeLessThan(0.2);
  });

  test('a recording weighs the same, however many sets of looks there are of it', () => {
    const [once, often] = [1, 5].map((count) =>
      fitWindowHead(
        recordings().map(([first]) => Array.from({ length: count }, () => first as BeliefExample)),
        settings,
      ),
    );
    expect(windowHeadLogit(often, look(0.7, 0.2))).toBeCloseTo(windowHeadLogit(once, look(0.7, 0.2)), 4);
  });

  test('what is replayed holds it: fast things of which nothing is to be believed stay unbelieved', () => {
    const replayed = recordings(2).map((sets) => sets.map(asReplayed));
    const own = recordings().slice(0, 10);
    const [free, held] = [fitWindowHead(own, settings), fitWindowHead([...own, ...replayed], settings)];
    expect(windowHeadLogit(held, look(0.8, 0.5))).toBeLessThan(0.7 * windowHeadLogit(free, look(0.8, 0.5)));
    // By its share, not by how much there is of it.
    const heldByMore = fitWindowHead([...own, ...replayed, ...replayed], settings);
    expect(windowHeadLogit(heldByMore, look(0.8, 0.5))).toBeCloseTo(windowHeadLogit(held, look(0.8, 0.5)), 1);
  });

  describe('what moves as nothing that was labelled', () => {
    const elsewhere = (speed: number) => look(speed, 4);
    const labelled = (head: ReturnType<typeof fitWindowHead>) => windowHeadLogit(head, look(0.8, 0.5));
    const replayed = recordings(2).map((sets, number) =>
      sets.map((each) => ({ ...asReplayed(each), positions: elsewhere(0.2 + 0.01 * number) })),
    );
    const first = fitWindowHead([...recordings(), ...replayed], settings);

    test('is left as it was', () => {
      expect(labelled(first)).toBeGreaterThan(1);
      expect(Math.abs(windowHeadLogit(first, elsewhere(0.8)))).toBeLessThan(0.1 * labelled(first));
    });

    test('is left so when more is learned', () => {
      const again = fitWindowHead([...recordings(3), ...replayed], settings, first);
      expect(labelled(again)).toBeGreaterThan(labelled(first));
      expect(Math.abs(windowHeadLogit(again, elsewhere(0.8)))).toBeLessThan(0.1 * labelled(again));
    });

    test('is learned once it is labelled too', () => {
      const there = recordings(3).map((sets, number) =>
        sets.map((each) => ({ ...each, positions: elsewhere(number % 2 === 0 ? 0.8 : 0.3) })),
      );
      const again = fitWindowHead([...there, ...recordings(2).map((sets) => sets.map(asReplayed))], settings, first);
      expect(windowHeadLogit(again, elsewhere(0.8))).toBeGreaterThan(0.5);
    });
  });

  test('no head without looks at a video of one’s own, or where the net was not asked', () => {
    const unseen = recordings().map((sets) => sets.map((each) => ({ ...each, positions: [] })));
    const replayed = recordings().map((sets) => sets.map((each) => ({ ...each, believed: asRead(0).classes })));
    for (const given of [unseen, replayed, [[unasked(look(0.8, 0.5), 'fight')]], []])
      expect(fitWindowHead(given, settings)).toBeUndefined();
  });

  test('of labels of one kind alone no more than fifteen are heard', () => {
    const rejections = recordings().map((sets) => sets.map((each) => ({ ...each, truth: ['normal'] })));
    const [few, many] = [fitWindowHead(rejections.slice(0, 15), settings), fitWindowHead(rejections, settings)];
    const lowered = (head: typeof few) => -windowHeadLogit(head, look(0.5, 0.5));
    expect(lowered(many)).toBeGreaterThan(0);
    expect(lowered(many)).toBeLessThan(1.3 * lowered(few));
  });

  test('a version that has one already adds to it, and keeps it where nothing new is told', () => {
    const first = fitWindowHead(recordings(), settings);
    if (first === undefined) throw new Error('There is no head.');
    const fast = (head: typeof first | undefined) => windowHeadLogit(head, look(0.8, 0.5));
    const again = fitWindowHead(recordings(2), settings, first);
    expect(fast(again)).toBeGreaterThan(fast(first));
    const one = fitWindowHead([[example(look(0.3, 0.2), 'normal')]], settings, first);
    expect(Math.abs(fast(one) - fast(first))).toBeLessThan(0.3);
    expect(again?.scale).toBe(first.scale);
  });

  test('where only some incidents were asked for, the labels say nothing of others', () => {
    const asked = recordings().map((sets) => sets.map((each) => ({ ...each, classes: ['normal', 'fall'] })));
    expect(fitWindowHead(asked, settings)).toBeUndefined();
  });

  test('beside it the net learns which incident it is, not how likely one is', () => {
    const read = { classes: { normal: 0.7, fight: 0.1, fall: 0.2 }, frames: [{ at: 3, label: 0.2 }] };
    const set = { ...example(look(0.8, 0.5), 'fight'), asRead: read, frames: [{ at: 3, label: 1 }] };
    const named = besideHead(set);
    expect(named.believed?.['normal']).toBe(0.7);
    expect(named.believed?.['fight']).toBeCloseTo(0.3, 12);
    expect([named.believed?.['fall'], named.frames, named.bag]).toEqual([undefined, set.frames, null]);
    // Where nobody said which one it is, nothing is to be learned of its name.
    const unnamed = besideHead({ ...set, truth: ['fight', 'fall'] });
    for (const [id, share] of Object.entries(read.classes)) expect(unnamed.believed?.[id]).toBeCloseTo(share, 12);
    const innocent = besideHead({ ...set, truth: ['normal'] });
    expect([innocent.believed, innocent.frames]).toEqual([read.classes, read.frames]);
    const replayed = { ...set, believed: read.classes };
    expect(besideHead(replayed)).toBe(replayed);
    const impossible = { ...set, asRead: { ...read, classes: { normal: 1, fight: 0, fall: 0 } } };
    expect(besideHead(impossible).believed).toEqual({ normal: 1, fight: 0 });
  });
});
