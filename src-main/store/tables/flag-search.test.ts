/** The queue's filters: each narrows as it says, all together, and what a person types is never more than words. */
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Claim } from '../../contract/claim.ts';
import { openStore, type Store } from '../open-store.ts';
import { openReadDatabase } from '../database.ts';
import { createFlagQueue, type QueueFilter } from './flag-queue.ts';

let store: Store;
let folder: string;
const hour = 3_600_000;
const midnight = Date.UTC(2026, 2, 1);
const hex = (text: string) => text.padEnd(64, '0');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anom-pi-flag-search-'));
  store = openStore(folder);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

/** A recording of an hour with a flag a score, each of ten seconds, one every minute. */
function addFlags(
  name: string,
  {
    camera = 'Gate',
    utcMs = midnight as number | null,
    scores = [0.5],
    explanation = 'Clearly a fight.',
    version = '1',
  } = {},
): string[] {
  const id = hex(Buffer.from(name).toString('hex'));
  const clock = { source: 'file-name', text: '', local: null, utcMs } as const;
  const video = {
    ...{ seconds: 3600, width: 64, height: 36, rotation: 0 as const },
    ...{ frameRate: 25, codec: 'h264', container: 'mp4' },
  };
  const file = { path: `/${name}.mp4`, bytes: 1, mtimeMs: 0 };
  store.recordings.add({ id, camera: store.cameras.ensure(camera).id, bytes: 1, clock, video, addedAtMs: 0 }, file);
  const identity = { recording: id, policy: 'rules', policyVersion: version, budget: 12, models: '', settings: {} };
  const scan = store.scans.start(identity, 0).id;
  const claims: Claim[] = [
    { kind: 'measured', args: { attribute: 'limb-speed', value: 3, unit: '', source: 'persons' }, evidence: [1] },
  ];
  return store.scans.finish(scan, {
    flags: scores.map((score, index) => ({
      ...{ start: 60 * index, end: 60 * index + 10, class: 'fight', score, explanation, claims },
      trajectory: hex('e'),
    })),
    summary: null,
    atMs: 0,
  });
}

const find = (filter: Omit<QueueFilter, 'order'> = {}) => store.flagQueue.find({ order: 'score', ...filter });
const search = (text: string) => {
  const terms = store.flagQueue.search(text);
  return terms === undefined ? null : find(terms).toSorted();
};
const decide = (flag: string, { named = null as string | null, note = '' } = {}) =>
  store.verdicts.add(flag, { decision: 'confirm', class: named, start: null, end: null, note, decidedAtMs: 1 });

describe('filters', () => {
  it('go by score, day, version, tags and notes, alone and together', () => {
    const morning = addFlags('a', { scores: [0.9, 0.4], utcMs: midnight + 8 * hour });
    const evening = addFlags('b', { scores: [0.7], utcMs: midnight + 20 * hour, version: '2' });
    const timeless = addFlags('c', { scores: [0.6], utcMs: null });
    const [strong = '', weak = ''] = morning;
    store.tags.set(strong, ['door', 'night shift']);
    store.tags.set(evening[0] ?? '', ['door']);
    decide(weak, { note: 'seen before' });
    expect(find({ minScore: 0.6, maxScore: 0.7 })).toEqual([...evening, ...timeless]);
    expect(find({ from: midnight, until: midnight + 12 * hour })).toEqual(morning);
    expect(find({ from: midnight + 8 * hour + 1, until: midnight + 24 * hour })).toEqual([...evening, weak]);
    expect(find({ versions: ['rules/2'] })).toEqual(evening);
    expect(find({ versions: ['rules/2', 'rules/1'] })).toHaveLength(4);
    expect(find({ tags: ['night shift'] })).toEqual([strong]);
    expect(find({ tags: ['door'], minScore: 0.8 })).toEqual([strong]);
    expect(find({ noted: true })).toEqual([weak]);
    expect(find({ noted: false })).toHaveLength(3);
    store.verdicts.undo(weak, 2);
    expect(find({ noted: true })).toEqual([]);
    expect(store.flagQueue.states({ tags: ['door'] })).toEqual({ open: 2, confirm: 0, reject: 0, unsure: 0 });
    expect(store.flagQueue.versions()).toEqual([
      { policy: 'rules', policyVersion: '1' },
      { policy: 'rules', policyVersion: '2' },
    ]);
  });

  it('follow the clock of a camera that was put right', () => {
    const flags = addFlags('a', { utcMs: midnight + 23.5 * hour });
    const nextDay = { from: midnight + 24 * hour, until: midnight + 48 * hour };
    expect(find(nextDay)).toEqual([]);
    store.cameras.setClock(store.cameras.ensure('Gate').id, { clockOffsetMs: hour, timeZone: null });
    expect(find(nextDay)).toEqual(flags);
  });

  it('count the states of what they let through, whichever they are', () => {
    const filter = fc.record(
      {
        cameras: fc.constantFrom(['Gate'], ['Hall'], ['Gate', 'Hall']),
        minScore: fc.constantFrom(0.2, 0.5),
        maxScore: fc.constantFrom(0.6, 1),
        from: fc.constantFrom(midnight, midnight + 2 * hour),
        until: fc.constantFrom(midnight + 3 * hour, midnight + 30 * hour),
        versions: fc.constantFrom(['rules/1'], ['rules/2']),
        tags: fc.constantFrom(['door'], ['x']),
        noted: fc.boolean(),
        words: fc.constantFrom('fight', 'gr', 'limb speed'),
      },
      { requiredKeys: [] },
    );
    const ids = ['Gate', 'Hall'].flatMap((camera, index) =>
      addFlags(camera, {
        ...{ camera, scores: [0.1, 0.3, 0.5, 0.7, 0.95], utcMs: midnight + 2 * index * hour },
        ...{ version: String(index + 1), explanation: index === 0 ? 'Clearly a fight.' : 'A grey thing.' },
      }),
    );
    ids.forEach((id, index) => {
      if (index % 2 === 0) decide(id, { note: index % 4 === 0 ? 'noted' : '' });
      if (index % 3 === 0) store.tags.set(id, ['door']);
    });
    let some = 0;
    const reading = openReadDatabase(join(folder, 'anom-pi.db'));
    // As a search that finds very much goes.
    const large = createFlagQueue(reading, { few: 0, fewForHead: 0, firstLook: 3 });
    fc.assert(
      fc.property(filter, ({ words, ...others }) => {
        const terms = { ...others, ...(words !== undefined && store.flagQueue.search(words)) };
        const all = find(terms);
        const counts = store.flagQueue.states(terms);
        expect(counts.open + counts.confirm + counts.reject + counts.unsure).toBe(all.length);
        for (const order of ['score', 'clock', 'recording'] as const) {
          const inOrder = store.flagQueue.find({ ...terms, order });
          expect(inOrder.toSorted()).toEqual(all.toSorted());
          for (const queue of [store.flagQueue, large]) {
            expect(queue.find({ ...terms, order })).toEqual(inOrder);
            expect(queue.find({ ...terms, order, limit: 2 })).toEqual(inOrder.slice(0, 2));
            expect(queue.states(terms)).toEqual(counts);
          }
        }
        expect(find({ ...terms, states: ['confirm'] })).toHaveLength(counts.confirm);
        some += all.length;
      }),
      { numRuns: 150, seed: 20261121 },
    );
    reading.close();
    expect(some).toBeGreaterThan(50);
  });
});

describe('search', () => {
  it('finds parts of words in explanation, note, tags, classes and what was measured; all words must be there', () => {
    const [fight = ''] = addFlags('a', { explanation: 'Clearly a fight in the lower left.' });
    const [fall = ''] = addFlags('b', { explanation: 'Someone fell.' });
    decide(fall, { note: 'Red coat', named: 'theft' });
    store.tags.set(fight, ['Nachtschicht']);
    expect(search('LOWER')).toEqual([fight]);
    expect(search('ower eft')).toEqual([fight]);
    expect(search('lower coat')).toEqual([]);
    expect(search('red coat')).toEqual([fall]);
    expect(search('tschich')).toEqual([fight]);
    expect(search('limb speed')).toEqual([fight, fall].toSorted());
    expect(find(store.flagQueue.search('robbery', () => ['theft']))).toEqual([fall]);
    expect(search('   ')).toBeNull();
  });

  it('finds words of one and two letters as well', () => {
    const [fight = ''] = addFlags('a', { explanation: '打架 at 50 %' });
    const [other = ''] = addFlags('b', { explanation: 'Nothing.' });
    decide(other, { note: 'x_y' });
    expect(search('打架')).toEqual([fight]);
    expect(search('架')).toEqual([fight]);
    expect(search('%')).toEqual([fight]);
    expect(search('_')).toEqual([other]);
    expect(search('x%')).toEqual([]);
    expect(search('noth xy')).toEqual([]);
    expect(search('noth x_')).toEqual([other]);
  });

  it.each([
    '"',
    "'",
    'AND',
    'fight OR fall',
    'NEAR(a b)',
    'fig*',
    '^fight',
    'words : fight',
    '-fight',
    '\\',
    '"fight',
    '{a b}',
    'a"b"c',
    '\0',
  ])('takes %j for nothing but letters', (text) => {
    addFlags('a', { explanation: 'Clearly a fight.' });
    expect(search(text) ?? []).toEqual([]);
  });

  it('finds any text that stands somewhere, whatever letters it is made of, and fails on none', () => {
    addFlags('a');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        search(text);
      }),
      { numRuns: 300, seed: 20261121 },
    );
    const [flag = ''] = find();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 3, maxLength: 30 }), (text) => {
        fc.pre(/^\S{3,}$/.test(text));
        decide(flag, { note: `before${text}after` });
        expect(search(text)).toEqual([flag]);
      }),
      { numRuns: 60, seed: 20261121 },
    );
  });
});
