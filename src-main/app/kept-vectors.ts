/** The vectors of all flags as they are compared: read block by block, and anew only where they changed. */
import { AppError } from '../contract/errors.ts';
import {
  type Commonness,
  commonnessOf,
  entrySums,
  type EntrySums,
  flagVectorLayout,
  flagVectorLength,
  type VectorTable,
} from '../review/index.ts';
import type { Store } from '../store/index.ts';
import { createTurns } from './turns.ts';

/** Flags with numbers `[blockLength · place, blockLength · (place + 1))` are read in one go: less than a millisecond. */
const blockLength = 256;

interface Block extends VectorTable {
  readonly sums: EntrySums;
  /** What `changes` was before it was read. */
  readonly readAt: number;
}

interface AllVectors {
  readonly tables: readonly VectorTable[];
  readonly common: Commonness;
}

export interface KeptVectors {
  /** To be told of each vector that was written; another one of the flag may have been there before. */
  written(number: number): void;
  /** To be told where flags may have come, changed or gone: some may have lost their vectors. */
  unsettle(): void;
  /** Those of the latest layout. What changes while it reads is in the next answer. Errors: `cancelled`. */
  all(signal: AbortSignal): Promise<AllVectors>;
  /** Gives the memory back, 35 MB for 100,000 flags. */
  forget(): void;
}

type FlagVectors = Pick<Store['flagVectors'], 'between' | 'numbersBetween' | 'last'>;

export function createKeptVectors(flagVectors: FlagVectors): KeptVectors {
  /** Goes up with whatever may change vectors. */
  let changes = 0;
  /** By the place of a block, what `changes` was when one of its vectors was last written. */
  const writtenAt = new Map<number, number>();
  let kept: { readonly blocks: readonly Block[]; readonly at: number; readonly all: AllVectors } | null = null;

  function read(place: number): Block {
    const readAt = changes;
    const table = tableOf(flagVectors.between(flagVectorLayout, place * blockLength, (place + 1) * blockLength));
    return { ...table, sums: entrySums(table, flagVectorLength), readAt };
  }
  /** Whoever writes a vector tells of it; one that is merely gone shows by its number. */
  function isRight(block: Block, place: number): boolean {
    if ((writtenAt.get(place) ?? 0) > block.readAt) return false;
    const numbers = flagVectors.numbersBetween(flagVectorLayout, place * blockLength, (place + 1) * blockLength);
    return numbers.length === block.numbers.length && numbers.every((number, row) => number === block.numbers[row]);
  }

  return {
    written(number) {
      writtenAt.set(Math.floor(number / blockLength), ++changes);
    },
    unsettle() {
      changes++;
    },
    async all(signal) {
      if (kept?.at === changes) return kept.all;
      const [at, known] = [changes, kept?.blocks ?? []];
      const turn = createTurns();
      const blocks: Block[] = [];
      const last = flagVectors.last();
      for (let place = 0; place * blockLength <= last; place++) {
        const block = known[place];
        blocks.push(block !== undefined && isRight(block, place) ? block : read(place));
        await turn();
        if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
      }
      const common = commonnessOf(
        blocks.map(({ sums }) => sums),
        flagVectorLength,
      );
      const all = { tables: blocks, common };
      // Another call may have read what is newer meanwhile.
      if (kept === null || kept.at <= at) kept = { blocks, at, all };
      return all;
    },
    forget() {
      kept = null;
    },
  };
}

function tableOf(rows: ReturnType<FlagVectors['between']>): VectorTable {
  const known = rows.filter(({ vector }) => vector.length === flagVectorLength);
  const vectors = new Int8Array(known.length * flagVectorLength);
  known.forEach(({ vector }, row) => vectors.set(vectorOf(vector), row * flagVectorLength));
  return { numbers: known.map(({ number }) => number), vectors };
}

/** The bytes of a vector as its entries. */
export const vectorOf = (bytes: Uint8Array) => new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
