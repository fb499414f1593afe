/** Nano policies of a tiny size with random weights: quick to run, and as alarmed as a test wants them. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  defaultNanoWords,
  encodeNano,
  type NanoWeights,
  randomWeights,
} from '../../src-main/inquiry/policies/nano/index.ts';

const size = { width: 16, layers: 1, heads: 2 } as const;

/** The bytes of a net that adds `alarm` to the evidence of every frame: at 6 it flags all that it sees, at −6 nothing. */
export function tinyNano(seed: number | string, alarm: number): Uint8Array {
  const weights: NanoWeights = {
    ...randomWeights(size, seed),
    'evidence/bias': { type: 'float32', dims: [1], data: Float32Array.of(alarm) },
  };
  return encodeNano({ size, words: defaultNanoWords, weights });
}

/** A folder with a shipped policy in it. */
export async function shipNano(
  folder: string,
  bytes: Uint8Array,
  card: Readonly<Record<string, unknown>>,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'nano.bin'), bytes);
  await writeFile(join(folder, 'nano.json'), JSON.stringify(card));
  return folder;
}
