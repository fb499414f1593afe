/** Flags that look like one: vectors made from what the frame cache still holds, compared in turns that nobody waits for. */
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { AppError, appErrorFrom } from '../contract/errors.ts';
import { decodeFrames, type FrameObservation, perceptionKey } from '../perception/index.ts';
import { createMostAlike, flagVector, flagVectorLayout, likenesses } from '../review/index.ts';
import type { Store, UnseenFlag } from '../store/index.ts';
import { createKeptVectors, vectorOf } from './kept-vectors.ts';
import { createTurns } from './turns.ts';

type LikenessStore = Pick<Store, 'flagVectors' | 'frameCache' | 'blobs' | 'onArchiveChange'>;

/** Flags gone through at once for those that have no vector: a millisecond. */
const pageLength = 250;
/** Nobody looks at more. */
const mostAlike = 500;
/** Whoever asks waits so long at most for vectors that are not made yet; the rest is made afterwards. */
const patienceMs = 1500;
/** Who looks for what is alike mostly does so again. */
const keepMs = 5 * 60_000;
/** Less than that is not alike, but merely there. */
const leastLikeness = 0.05;

export interface Likeness {
  /**
   * Numbers of the flags that look like the flag `id`, the most alike first, itself left out.
   * Errors: `not-found` where nothing is left of what was seen in it, or there is no such flag; `cancelled`.
   */
  similarTo(id: string, signal: AbortSignal): Promise<number[]>;
  /** Ends what is under way. */
  close(): Promise<void>;
}

/** Unless somebody waits, one part of the core's time in so many goes into vectors. */
const restShare = 4;

/** A scan ends recording after recording. */
const restAfterScanMs = 2000;

/** While it is open, the vectors of flags that scans find are made beside everything else that the core does. */
export function createLikeness(store: LikenessStore, now: () => number, log: (line: string) => void): Likeness {
  let filling: Promise<void> | null = null;
  /** Whether all flags were gone through since one was last found. */
  let isFull = false;
  const kept = createKeptVectors(store.flagVectors);
  let forgetting: NodeJS.Timeout | null = null;
  let waiting = 0;
  let closed = false;

  async function make(flag: UnseenFlag): Promise<Int8Array | null> {
    const vector = flagVector(await framesOf(store, flag, now()), flag);
    store.flagVectors.put(flag.number, flagVectorLayout, vector === null ? null : bytesOf(vector));
    kept.written(flag.number);
    return vector;
  }

  /** From the newest flag to the oldest; to look for those without a vector takes its time by itself. */
  async function fillUp(): Promise<void> {
    isFull = true;
    const rest = createTurns();
    for (let below = Number.MAX_SAFE_INTEGER; ;) {
      const { from, unseen } = store.flagVectors.unseen(flagVectorLayout, below, pageLength);
      for (const flag of unseen) {
        const begun = performance.now();
        await make(flag);
        await (waiting > 0 ? turn() : pause((restShare - 1) * (performance.now() - begun)));
        if (closed) return;
      }
      if (from === null) return;
      below = from;
      await rest();
      if (closed) return;
    }
  }

  /** Never rejects: whoever asks for likeness is answered with what there is. */
  const fill = (): Promise<void> =>
    (filling ??= fillUp()
      .catch((error: unknown) => {
        isFull = false;
        log(`likeness: ${appErrorFrom(error).message}`);
      })
      .finally(() => (filling = null)));

  let scanned: NodeJS.Timeout | null = null;
  const unsubscribe = store.onArchiveChange(() => {
    isFull = false;
    kept.unsettle();
    scanned ??= setTimeout(() => {
      scanned = null;
      void fill();
    }, restAfterScanMs).unref();
  });

  async function queryOf(id: string): Promise<{ readonly number: number; readonly vector: Int8Array }> {
    const source = store.flagVectors.source(id);
    if (source === undefined) throw new AppError('not-found', `There is no flag ${id}.`);
    const made = store.flagVectors.get(source.number, flagVectorLayout)?.vector ?? null;
    const vector = made === null ? await make(source) : vectorOf(made);
    if (vector !== null) return { number: source.number, vector };
    throw new AppError(
      'not-found',
      `Nothing is left of what was seen in flag ${id}; \`anom-pi scan --again\` looks at its recording anew.`,
    );
  }

  /** Memory is given back when nobody asks any more. */
  function keepAWhile(): void {
    if (closed) return;
    forgetting ??= setTimeout(() => {
      forgetting = null;
      kept.forget();
    }, keepMs).unref();
    forgetting.refresh();
  }

  return {
    async close() {
      closed = true;
      unsubscribe();
      kept.forget();
      if (forgetting !== null) clearTimeout(forgetting);
      if (scanned !== null) clearTimeout(scanned);
      await filling;
    },
    async similarTo(id, signal) {
      const query = await queryOf(id);
      waiting++;
      try {
        // Not cut off with its caller: what is made is made for all.
        if (!isFull || filling !== null) await Promise.race([fill(), pause(patienceMs, undefined, { ref: false })]);
      } finally {
        waiting--;
      }
      const { tables, common } = await kept.all(signal);
      keepAWhile();
      const most = createMostAlike(query.number, mostAlike, leastLikeness);
      const rest = createTurns();
      for (const table of tables) {
        most.add(table, likenesses(query.vector, table, common));
        await rest();
        if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
      }
      return most.numbers();
    },
  };
}

/** What is cached of the flag's interval; frames that were lost are left out. */
async function framesOf(
  { frameCache, blobs }: LikenessStore,
  { recording, models, start, end }: UnseenFlag,
  atMs: number,
): Promise<FrameObservation[]> {
  const cached = frameCache.between(recording, perceptionKey(models), start * 1000, end * 1000, atMs);
  const frames: FrameObservation[] = [];
  for (const blob of new Set(cached.map((frame) => frame.blob))) {
    try {
      frames.push(...decodeFrames(await blobs.read(blob)));
    } catch (error) {
      const { code } = appErrorFrom(error);
      if (code !== 'not-found' && code !== 'integrity-mismatch') throw error;
    }
  }
  return frames;
}

const bytesOf = (vector: Int8Array) => new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
