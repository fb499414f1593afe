/** Sequences of positions as the tensors that the net takes: padded to one length, soft tokens packed by modality. */
import type { TensorData } from '../../../inference/graph/index.ts';
import { modalities, modalityNames, rows, rowsPerPosition, type NanoSize } from './nano-config.ts';
import type { Position } from './sequence.ts';

/** Longest and shortest wavelength at which times turn pairs of numbers, seconds; octaves between them. */
const longestWave = 512;
const shortestWave = 0.5;

/** Padding belongs to a group after all others, so that nothing attends to it. */
const padding = 1_000_000;

/**
 * How fast each of `pairs` pairs turns, radians a second: waves of ½ to 512 s, an octave apart, over two thirds of the
 * pairs, none on the others, which tell what, not when.
 */
function turnRates(pairs: number): number[] {
  const octaves = Math.log2(longestWave / shortestWave);
  const turning = Math.min(octaves + 1, Math.ceil((2 * pairs) / 3));
  return Array.from({ length: pairs }, (_, pair) => {
    if (pair >= turning) return 0;
    const wave = turning === 1 ? 8 : shortestWave * 2 ** ((pair * octaves) / (turning - 1));
    return (2 * Math.PI) / wave;
  });
}

/** Feeds of the body for these sequences: `[sequences, longest]`. */
export function collate(
  sequences: readonly (readonly Position[])[],
  { width, heads }: NanoSize,
): { readonly feeds: Record<string, TensorData>; readonly time: number } {
  const time = sequences.reduce((longest, { length }) => Math.max(longest, length), 1);
  const batch = sequences.length;
  const pairs = width / heads / 2;
  const rates = turnRates(pairs);
  const rowData = new BigInt64Array(batch * time * rowsPerPosition).fill(BigInt(rows.nothing));
  const soft = new BigInt64Array(batch * time);
  const group = new BigInt64Array(batch * time).fill(BigInt(padding));
  const cosine = new Float32Array(batch * time * pairs);
  const sine = new Float32Array(batch * time * pairs);
  const shown = packed(sequences);
  for (const [number, positions] of sequences.entries()) {
    for (const [index, position] of positions.entries()) {
      const at = number * time + index;
      for (const [place, row] of position.rows.entries()) rowData[at * rowsPerPosition + place] = BigInt(row);
      if (position.soft !== null) soft[at] = BigInt(1 + (shown.placeOf.get(position.soft) ?? 0));
      group[at] = BigInt(position.group);
      for (const [pair, rate] of rates.entries()) {
        // What is at no time keeps to the pairs that do not turn.
        cosine[at * pairs + pair] = position.time === null && rate > 0 ? 0 : Math.cos(rate * (position.time ?? 0));
        sine[at * pairs + pair] = Math.sin(rate * (position.time ?? 0));
      }
    }
  }
  const dims = [batch, time];
  return {
    time,
    feeds: {
      rows: { type: 'int64', dims: [...dims, rowsPerPosition], data: rowData },
      soft: { type: 'int64', dims, data: soft },
      group: { type: 'int64', dims, data: group },
      cosine: { type: 'float32', dims: [...dims, pairs], data: cosine },
      sine: { type: 'float32', dims: [...dims, pairs], data: sine },
      ...shown.feeds,
    },
  };
}

/** All soft tokens by modality, each object once, and their places in the order of modalities. At least one row each. */
function packed(sequences: readonly (readonly Position[])[]) {
  const byModality = new Map(modalityNames.map((name) => [name, new Set<Float32Array>()]));
  const tokens = new Set(sequences.flatMap((positions) => positions.flatMap(({ soft }) => soft ?? [])));
  for (const { modality, features } of tokens) byModality.get(modality)?.add(features);
  const placeOfFeatures = new Map<Float32Array, number>();
  const feeds: Record<string, TensorData> = {};
  let before = 0;
  for (const [name, found] of byModality) {
    const length = modalities[name];
    const count = Math.max(1, found.size);
    const data = new Float32Array(count * length);
    let at = 0;
    for (const features of found) {
      data.set(features, at * length);
      placeOfFeatures.set(features, before + at);
      at++;
    }
    feeds[`soft/${name}`] = { type: 'float32', dims: [count, length], data };
    before += count;
  }
  return { feeds, placeOf: new Map([...tokens].map((token) => [token, placeOfFeatures.get(token.features) ?? 0])) };
}
