/** Training sessions: learning, micro-batches, going on from a checkpoint bit for bit, aborts, checkpoints as bytes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decoderFeeds, decoderGraph, type DecoderShape, decoderWeights } from '../../../../test/support/decoder.ts';
import type { TensorData } from '../../../inference/graph/index.ts';
import {
  adamw,
  chain,
  clipByGlobalNorm,
  constant,
  decodeCheckpoint,
  encodeCheckpoint,
  openTrainingSession,
  planTraining,
  withParameters,
} from '../index.ts';

const cpu = { provider: 'cpu', threads: 2 } as const;
const shape: DecoderShape = { vocabulary: 7, width: 16, heads: 2, layers: 1, time: 8, batch: 'batch' };
const graph = decoderGraph(shape);
const plan = planTraining(graph, {
  loss: 'loss',
  trainable: decoderWeights(graph),
  optimizer: chain(clipByGlobalNorm(1), adamw({ schedule: constant(0.01) })),
});
const batches = Array.from({ length: 6 }, (_, index) => decoderFeeds(shape, 4, `batch ${index}`));
const lossOf = (outputs: Readonly<Record<string, TensorData>> | undefined) => Number(outputs?.['loss']?.data[0]);

describe('openTrainingSession', () => {
  it('learns a batch by heart, and evaluates without learning', async () => {
    await using session = await openTrainingSession(plan, cpu);
    const [batch] = batches;
    if (batch === undefined) throw new Error('there are batches');
    const before = lossOf(await session.evaluate(batch));
    for (let step = 0; step < 30; step++) await session.step(batch);
    const after = lossOf(await session.evaluate(batch));
    expect(after).toBeLessThan(before / 2);
    expect(lossOf(await session.evaluate(batch))).toBe(after);
    const trained = withParameters(graph, await session.parameters());
    expect(trained.initializers.map(({ name }) => name)).toEqual(graph.initializers.map(({ name }) => name));
    expect(trained).not.toEqual(graph);
  });

  it('goes on from a checkpoint with the very same bits', async () => {
    const bytesAfter = async (stopAt: number | null) => {
      let checkpoint: Uint8Array | null = null;
      const starts = stopAt === null ? [0, batches.length] : [0, stopAt, batches.length];
      for (const [index, end] of starts.slice(1).entries()) {
        const from = checkpoint === null ? {} : { from: decodeCheckpoint(checkpoint) };
        await using session = await openTrainingSession(plan, { ...cpu, ...from });
        for (const batch of batches.slice(starts[index], end)) await session.step(batch);
        checkpoint = encodeCheckpoint(await session.checkpoint());
      }
      return checkpoint;
    };
    const whole = await bytesAfter(null);
    expect(await bytesAfter(null)).toEqual(whole);
    expect(await bytesAfter(2)).toEqual(whole);
  });

  it('takes the mean over micro-batches for the whole batch', async () => {
    const whole = decoderFeeds(shape, 8, 'whole');
    const rows = (name: 'tokens' | 'targets', from: number): TensorData => ({
      type: 'int64',
      dims: [4, shape.time],
      data: BigInt64Array.from(whole[name].data.slice(from * shape.time, (from + 4) * shape.time), BigInt),
    });
    const parts = [0, 4].map((from) => ({ tokens: rows('tokens', from), targets: rows('targets', from) }));
    await using atOnce = await openTrainingSession(plan, cpu);
    await using inParts = await openTrainingSession(plan, cpu);
    const [one, two] = [await atOnce.step(whole), await inParts.step(parts)];
    expect(two.outputs).toHaveLength(2);
    expect((lossOf(two.outputs[0]) + lossOf(two.outputs[1])) / 2).toBeCloseTo(lossOf(one.outputs[0]), 5);
    expect(two.metrics['gradient-norm']).toBeCloseTo(one.metrics['gradient-norm'] ?? NaN, 4);
    const moments = async (session: typeof atOnce) => (await session.checkpoint()).tensors['adam/mean/embedding'];
    const [expected, computed] = [await moments(atOnce), await moments(inParts)];
    for (const [index, element] of (expected?.data ?? []).entries()) {
      expect(Number(computed?.data[index])).toBeCloseTo(Number(element), 6);
    }
  });

  it('does not move when it is aborted before the update, and says what is wrong with a batch or a checkpoint', async () => {
    await using session = await openTrainingSession(plan, cpu);
    const before = await session.checkpoint();
    const [batch] = batches;
    if (batch === undefined) throw new Error('there are batches');
    await expect(session.step(batch, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
    await expect(session.step([])).rejects.toMatchObject({ code: 'invalid-argument' });
    await expect(session.step({ tokens: batch.tokens })).rejects.toMatchObject({ code: 'internal' });
    expect(await session.checkpoint()).toEqual(before);
    const { embedding: _, ...others } = before.tensors;
    await expect(openTrainingSession(plan, { ...cpu, from: { step: 1, tensors: others } })).rejects.toMatchObject({
      code: 'invalid-argument',
    });
  });
});

describe('checkpoints', () => {
  const tensor = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }).chain((dims) => {
    const length = dims.reduce((product, dim) => product * dim, 1);
    return fc
      .float32Array({ minLength: length, maxLength: length })
      .map((data): TensorData => ({ type: 'float32', dims, data }));
  });
  const checkpoint = fc.record({
    step: fc.nat(),
    tensors: fc.dictionary(
      fc.string({ minLength: 1 }).filter((name) => name !== '__proto__' && name !== '__metadata__'),
      tensor,
      { noNullPrototype: true },
    ),
  });

  it('come back from their bytes as they were', () => {
    fc.assert(
      fc.property(checkpoint, (original) => {
        expect(decodeCheckpoint(encodeCheckpoint(original))).toEqual(original);
      }),
    );
  });

  it('are refused where bytes are missing or are something else', () => {
    const bytes = encodeCheckpoint({
      step: 3,
      tensors: { w: { type: 'float32', dims: [2], data: Float32Array.of(1, 2) } },
    });
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeCheckpoint(bytes.subarray(0, length)), String(length)).toThrow(/damaged/);
    }
    expect(() => decodeCheckpoint(bytes.with(12, 0))).toThrow(/damaged/);
  });
});
