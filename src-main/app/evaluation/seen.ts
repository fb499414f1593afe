/** What was seen of footage that belongs to no archive: triage and frame observations by fingerprint, made once and kept. */
import { readFile } from 'node:fs/promises';
import { fingerprint } from '../../archive/index.ts';
import { perceptionKey, readTriage, triageVersion } from '../../perception/index.ts';
import { chunkSeconds, type FrameChunk, type NetsChoice } from '../../workers/index.ts';
import type { HeldFile, MediaCache } from '../media-cache.ts';
import type { Tasks } from '../tasks.ts';
import type { Costs } from './costs.ts';

/** A video file of a data set, with what triage found out. */
export interface Footage {
  /** Fingerprint of the content. */
  readonly id: string;
  readonly path: string;
  readonly seconds: number;
  readonly frames: number;
}

/** Files that a task reads, under the names that its parameters give them, held until this is disposed of. */
export interface HeldFrames extends Disposable {
  readonly chunks: readonly FrameChunk[];
  readonly files: Readonly<Record<string, string>>;
}

export interface Seen {
  /** Errors: those of reading video; `worker-crashed` and `worker-timeout` where the file ended its worker. */
  footage(path: string, signal: AbortSignal): Promise<Footage>;
  triage(footage: Pick<Footage, 'id' | 'path'>, signal: AbortSignal): Promise<HeldFile>;
  /** What tells where the recording comes from, as the JSON of a `Backdrop`. */
  backdrop(footage: Footage, signal: AbortSignal): Promise<HeldFile>;
  /** The observation of every instant of the time grid. `onProgress` gets the seconds of footage done so far. */
  everyInstant(footage: Footage, signal: AbortSignal, onProgress: (seconds: number) => void): Promise<HeldFrames>;
  /** The observations that are there. */
  cached(footage: Footage): Promise<HeldFrames>;
  /** Keeps what a look added to some chunks. */
  add(footage: Footage, chunks: readonly FrameChunk[], pathOf: (blob: string) => string): Promise<void>;
}

export interface SeenParts {
  readonly cache: MediaCache;
  readonly tasks: Tasks;
  readonly nets: () => Promise<NetsChoice>;
  /** Id of the models that `nets` uses; '' for none. */
  readonly models: string;
  readonly costs: Costs;
}

/** Grows when the same recording would give another backdrop. */
const backdropForm = 1;

export function createSeen({ cache, tasks, nets, models, costs }: SeenParts): Seen {
  const triageKey = (id: string) => `${id}/triage-${triageVersion}`;
  /** `all`: every instant of the time grid; `some`: whatever was looked at. */
  const framesKey = (id: string, number: number, what: 'all' | 'some') =>
    `${id}/${perceptionKey(models)}/${number}-${what}`;
  const chunkNumbers = ({ seconds }: Footage) =>
    Array.from({ length: Math.max(1, Math.ceil(seconds / chunkSeconds)) }, (_, number) => number);

  const triage: Seen['triage'] = (footage, signal) =>
    cache.get(
      triageKey(footage.id),
      (keep, aborted) =>
        tasks.runAside(
          'triage',
          { recording: footage.id },
          { recordings: { [footage.id]: footage.path } },
          async (made, pathOf) => {
            const { seconds } = readTriage(await readFile(pathOf(made.triage)));
            costs.addTriage(seconds, made.seconds);
            await keep(triageKey(footage.id), pathOf(made.triage));
          },
          { signal: aborted },
        ),
      signal,
    );

  async function everyInstantOf(footage: Footage, number: number, signal: AbortSignal): Promise<HeldFile> {
    const key = framesKey(footage.id, number, 'all');
    return await cache.get(
      key,
      async (keep, aborted) => {
        using known = await triage(footage, aborted);
        using some = await cache.find(framesKey(footage.id, number, 'some'));
        const files = { triage: known.path, ...(some !== null && { some: some.path }) };
        const cached = some === null ? [] : ['some'];
        const params = { recording: footage.id, triage: 'triage', chunk: number, cached, nets: await nets() };
        await tasks.runAside(
          'observe',
          params,
          { recordings: { [footage.id]: footage.path }, files },
          async (made, pathOf) => {
            costs.addFrames(made.framesMade, made.secondsMaking);
            await keep(key, pathOf(made.frames));
          },
          { signal: aborted },
        );
        await cache.forget(framesKey(footage.id, number, 'some'));
      },
      signal,
    );
  }

  const backdrop: Seen['backdrop'] = (footage, signal) => {
    const key = `${footage.id}/backdrop-${backdropForm}`;
    return cache.get(
      key,
      async (keep, aborted) => {
        using known = await triage(footage, aborted);
        await tasks.runAside(
          'backdrop',
          { recording: footage.id, triage: 'triage' },
          { recordings: { [footage.id]: footage.path }, files: { triage: known.path } },
          (made, pathOf) => keep(key, pathOf(made.backdrop)),
          { signal: aborted },
        );
      },
      signal,
    );
  };

  return {
    triage,
    backdrop,
    async footage(path, signal) {
      const { id } = await fingerprint(path, { signal });
      using held = await triage({ id, path }, signal);
      const { seconds, frameTimes } = readTriage(await readFile(held.path));
      return { id, path, seconds, frames: frameTimes.length };
    },
    async everyInstant(footage, signal, onProgress) {
      using stack = new DisposableStack();
      const held = new Map<number, HeldFile>();
      for (const number of chunkNumbers(footage)) {
        held.set(number, stack.use(await everyInstantOf(footage, number, signal)));
        onProgress(Math.min(footage.seconds, (number + 1) * chunkSeconds));
      }
      return heldFrames(held, stack.move());
    },
    async cached(footage) {
      using stack = new DisposableStack();
      const held = new Map<number, HeldFile>();
      for (const number of chunkNumbers(footage)) {
        const file =
          (await cache.find(framesKey(footage.id, number, 'all'))) ??
          (await cache.find(framesKey(footage.id, number, 'some')));
        if (file !== null) held.set(number, stack.use(file));
      }
      return heldFrames(held, stack.move());
    },
    async add(footage, chunks, pathOf) {
      for (const { number, frames } of chunks) {
        // Something was missing where all should be: it is damaged, and only some can be relied on.
        await cache.forget(framesKey(footage.id, number, 'all'));
        await cache.put(framesKey(footage.id, number, 'some'), pathOf(frames));
      }
    },
  };
}

function heldFrames(held: ReadonlyMap<number, HeldFile>, stack: DisposableStack): HeldFrames {
  const name = (number: number) => `frames-${number}`;
  return {
    chunks: [...held.keys()].map((number) => ({ number, frames: name(number) })),
    files: Object.fromEntries([...held].map(([number, { path }]) => [name(number), path])),
    [Symbol.dispose]: () => stack.dispose(),
  };
}
