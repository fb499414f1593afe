/** What looking costs on this machine: measured while frames are made, kept beside them for evaluations that only read. */
import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaCache } from '../media-cache.ts';

export interface Costs {
  addFrames(frames: number, seconds: number): void;
  addTriage(footageSeconds: number, seconds: number): void;
  /** Seconds that looking at a frame takes, decoding and nets; null before any was made. */
  readonly perFrame: number | null;
  /** Seconds that triage takes for a second of footage; null before any was done. */
  readonly perSecond: number | null;
  /** Writes down what was measured, `aside` being a folder on the cache's disk. */
  keep(aside: string): Promise<void>;
}

const names = ['frames', 'frameSeconds', 'footageSeconds', 'triageSeconds'] as const;
type Sums = Record<(typeof names)[number], number>;

/** The costs under `perception`, a key that changes with the models. */
export async function readCosts(cache: MediaCache, perception: string): Promise<Costs> {
  const key = `costs/${perception}.json`;
  using held = await cache.find(key);
  const sums = held === null ? noSums() : sumsFrom(await readFile(held.path, 'utf8'));
  return {
    addFrames(frames, seconds) {
      sums.frames += frames;
      sums.frameSeconds += seconds;
    },
    addTriage(footageSeconds, seconds) {
      sums.footageSeconds += footageSeconds;
      sums.triageSeconds += seconds;
    },
    get perFrame() {
      return sums.frames > 0 ? sums.frameSeconds / sums.frames : null;
    },
    get perSecond() {
      return sums.footageSeconds > 0 ? sums.triageSeconds / sums.footageSeconds : null;
    },
    async keep(aside) {
      const file = join(aside, randomUUID());
      await writeFile(file, JSON.stringify(sums));
      await cache.put(key, file);
    },
  };
}

const noSums = (): Sums => ({ frames: 0, frameSeconds: 0, footageSeconds: 0, triageSeconds: 0 });

/** What was written, or nothing measured where it is not that. */
function sumsFrom(text: string): Sums {
  try {
    const value: unknown = JSON.parse(text);
    const read = Object.fromEntries(names.map((name) => [name, Number(Object(value)[name])])) as Sums;
    return names.every((name) => Number.isFinite(read[name])) ? read : noSums();
  } catch {
    return noSums();
  }
}
