/** The vectors of all flags stay right when flags come, change and go, and what did not change is not read again. */
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commonnessOf, entrySums, flagVectorLayout, flagVectorLength } from '../review/index.ts';
import { openStore, type Store } from '../store/index.ts';
import { createKeptVectors, type KeptVectors } from './kept-vectors.ts';

let folder: ReturnType<typeof mkdtempDisposableSync>;
let store: Store;
let kept: KeptVectors;
/** Numbers from which vectors were read, block by block. */
let read: number[];
const { signal } = new AbortController();

beforeEach(() => {
  folder = mkdtempDisposableSync(path.join(tmpdir(), 'anom-pi-vectors-'));
  store = openStore(folder.path);
  read = [];
  const { flagVectors } = store;
  kept = createKeptVectors({
    ...flagVectors,
    between(layout, from, below) {
      read.push(from);
      return flagVectors.between(layout, from, below);
    },
  });
});
afterEach(() => {
  store.close();
  folder.remove();
});

const vector = (value: number) => new Uint8Array(flagVectorLength).fill(value);
function write(number: number, value: number | null, layout = flagVectorLayout): void {
  store.flagVectors.put(number, layout, value === null ? null : vector(value));
  kept.written(number);
}
/** The first entry of each vector by its number. */
async function vectors(): Promise<Record<number, number | undefined>> {
  const { tables } = await kept.all(signal);
  const rows = tables.flatMap(({ numbers, vectors: entries }) =>
    numbers.map((number, row) => [number, entries[row * flagVectorLength]] as const),
  );
  return Object.fromEntries(rows);
}
/** A flag that is gone, or seen anew, loses its vector by a trigger: nobody is told which one it was. */
const loses = (number: number) => write(number, null, 'as if it were not there');

describe('the vectors of all flags', () => {
  it('are those of the latest layout, over any gap between numbers', async () => {
    expect(await vectors()).toEqual({});
    write(1, 10);
    write(2, null);
    write(300, 20);
    write(5000, 246);
    write(301, 30, 'another layout');
    expect(await vectors()).toEqual({ 1: 10, 300: 20, 5000: -10 });
  });

  it('come, change and go', async () => {
    for (const number of [1, 2, 300, 600]) write(number, number % 100);
    expect(await vectors()).toEqual({ 1: 1, 2: 2, 300: 0, 600: 0 });
    write(301, 50);
    write(2, 60);
    expect(await vectors()).toEqual({ 1: 1, 2: 60, 300: 0, 301: 50, 600: 0 });
    loses(300);
    loses(600);
    expect(await vectors()).toEqual({ 1: 1, 2: 60, 301: 50 });
    // A number that was given before to a flag that is gone.
    write(600, 70);
    expect(await vectors()).toEqual({ 1: 1, 2: 60, 301: 50, 600: 70 });
  });

  it('are read again only where they changed', async () => {
    for (const number of [1, 300, 600]) write(number, 1);
    await vectors();
    expect(read).toEqual([0, 256, 512]);
    await vectors();
    kept.unsettle();
    await vectors();
    expect(read).toEqual([0, 256, 512]);
    write(301, 2);
    await vectors();
    write(800, 2);
    await vectors();
    expect(read.slice(3)).toEqual([256, 768]);
    kept.forget();
    await vectors();
    expect(read.slice(5)).toEqual([0, 256, 512, 768]);
  });

  it('are found gone where nobody said which, and not before', async () => {
    for (const number of [1, 300]) write(number, number % 100);
    await vectors();
    store.flagVectors.put(300, flagVectorLayout, null);
    kept.unsettle();
    expect(await vectors()).toEqual({ 1: 1 });
    expect(read).toEqual([0, 256, 256]);
  });

  it('are read by two at once, each as it was asked for or newer', async () => {
    for (const number of [1, 300, 600]) write(number, 1);
    const first = vectors();
    write(1, 2);
    const second = vectors();
    expect((await first)[300]).toBe(1);
    expect(await second).toEqual({ 1: 2, 300: 1, 600: 1 });
    expect(await vectors()).toEqual({ 1: 2, 300: 1, 600: 1 });
  });

  it('are not read to the end for whoever is gone', async () => {
    write(1, 1);
    write(300, 1);
    const gone = new AbortController();
    gone.abort();
    await expect(kept.all(gone.signal)).rejects.toMatchObject({ code: 'cancelled' });
    expect(read).toEqual([0]);
  });

  it('have in common what all of them together have, after any changes', async () => {
    const change = fc.record({
      number: fc.integer({ min: 1, max: 700 }),
      value: fc.option(fc.integer({ min: 0, max: 255 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 6 }), async (changes) => {
        for (const { number, value } of changes) write(number, value);
        const { tables, common } = await kept.all(signal);
        const rows = store.flagVectors.between(flagVectorLayout, 0, 1000);
        expect(tables.flatMap(({ numbers }) => numbers)).toEqual(rows.map(({ number }) => number));
        const all = { vectors: new Int8Array(rows.flatMap((row) => [...row.vector])) };
        expect(common).toEqual(commonnessOf([entrySums(all, flagVectorLength)], flagVectorLength));
      }),
      { numRuns: 20, seed: 20261122 },
    );
  });
});
