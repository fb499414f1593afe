/** Flags that look like one: vectors made from what the frame cache still holds, compared in turns that nobody waits for. */
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { AppError, appErrorFrom } from '../contract/errors.ts';
import { decodeFrames, type FrameObservation, perceptionKey } from '../perception/index.ts';
import {
  type Commonness,
  flagVector,
  flagVectorLayout,
  flagVectorLength,
  likenesses,
  sumCommonness,
  type VectorTable,
} from '../review/index.ts';
import type { Store, UnseenFlag } from '../store/index.ts';

type LikenessStore = Pick<Store, 'flagVectors' | 'frameCache' | 'blobs' | 'onArchiveChange'>;

/** Vectors read and compared in one go: a few milliseconds. */
const pageLength = 1000;
/** Nobody looks at more. */
const mostAlike = 500;
/** Whoever asks waits so long at most for vectors that are not made yet; the rest is made afterwards. */
const patienceMs = 1500;
/** Who looks for what is alike mostly does so again; 100,000 flags are 35 MB. */
const keepMs = 5 * 60_000;
/** Less than that is not alike, but merely there. */
const leastLikeness = 0.05;

export interface Likeness {
  /**
   * Numbers of the flags that look like the flag `id`, the most alike first, itself left out.
   * Errors: `not-found` where nothing is left of what was seen in it, or there is no such flag.
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
  /** Goes up with whatever changes vectors. */
  let changes = 0;
  let kept: { readonly at: number; readonly all: AllVectors; readonly timer: NodeJS.Timeout } | null = null;
  let waiting = 0;
  let closed = false;

  async function make(flag: UnseenFlag): Promise<Int8Array | null> {
    const vector = flagVector(await framesOf(store, flag, now()), flag);
    store.flagVectors.put(flag.number, flagVectorLayout, vector === null ? null : bytesOf(vector));
    changes++;
    return vector;
  }

  /** From the newest flag to the oldest; to look for those without a vector takes its time by itself. */
  async function fillUp(): Promise<void> {
    isFull = true;
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
      await turn();
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
    changes++;
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

  /** Read in turns, and kept for a while. Errors: `cancelled`. */
  async function allVectors(signal: AbortSignal): Promise<AllVectors> {
    if (kept?.at === changes) {
      kept.timer.refresh();
      return kept.all;
    }
    forget();
    const at = changes;
    const tables: VectorTable[] = [];
    const sums = sumCommonness(flagVectorLength);
    for (let after = 0; ;) {
      const table = tableOf(store.flagVectors.page(flagVectorLayout, after, pageLength));
      tables.push(table);
      sums.add(table);
      if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
      if (table.numbers.length < pageLength) break;
      after = table.numbers.at(-1) ?? after;
      await turn();
    }
    const all = { tables, common: sums.result() };
    if (at === changes && !closed) {
      forget();
      kept = { at, all, timer: setTimeout(forget, keepMs).unref() };
    }
    return all;
  }
  function forget(): void {
    if (kept !== null) clearTimeout(kept.timer);
    kept = null;
  }

  return {
    async close() {
      closed = true;
      unsubscribe();
      forget();
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
      const { tables, common } = await allVectors(signal);
      const best = createBest();
      for (const table of tables) {
        await turn();
        likenesses(query.vector, table, common).forEach((likeness, row) => {
          const number = table.numbers[row] ?? 0;
          if (number !== query.number) best.add({ number, likeness });
        });
      }
      return best.numbers();
    },
  };
}

interface AllVectors {
  readonly tables: readonly VectorTable[];
  readonly common: Commonness;
}

interface Alike {
  readonly number: number;
  readonly likeness: number;
}

/** The most alike of many, of which never more than a few are kept: to put all of them in order would take a long turn. */
function createBest(): { add(one: Alike): void; numbers(): number[] } {
  let kept: Alike[] = [];
  let least = leastLikeness;
  function cut(): void {
    kept = kept.sort((a, b) => b.likeness - a.likeness || a.number - b.number).slice(0, mostAlike);
    if (kept.length === mostAlike) least = kept.at(-1)?.likeness ?? least;
  }
  return {
    add(one) {
      if (one.likeness < least) return;
      kept.push(one);
      if (kept.length >= 4 * mostAlike) cut();
    },
    numbers() {
      cut();
      return kept.map(({ number }) => number);
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

function tableOf(page: readonly { readonly number: number; readonly vector: Uint8Array | null }[]): VectorTable {
  const known = page.filter(({ vector }) => vector?.length === flagVectorLength);
  const vectors = new Int8Array(known.length * flagVectorLength);
  known.forEach(({ vector }, row) => vector !== null && vectors.set(vectorOf(vector), row * flagVectorLength));
  return { numbers: known.map(({ number }) => number), vectors };
}

const bytesOf = (vector: Int8Array) => new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
const vectorOf = (bytes: Uint8Array) => new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
