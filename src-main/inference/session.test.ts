/** Sessions in threads: order, aborts, errors, and an end that waits for the run under way. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeModel, GraphBuilder } from './graph/index.ts';
import { openSessionHere } from './session-here.ts';
import { openSession } from './session.ts';

const cpu = { provider: 'cpu', threads: 1 } as const;

/** y = x · w^rounds for a matrix w that rotates the elements: heavy enough that a run can be caught under way. */
function matrixGraph(size: number, rounds: number): Uint8Array {
  const builder = new GraphBuilder('matrices');
  const rotation = new Float32Array(size * size);
  for (let index = 0; index < size; index++) rotation[index * size + ((index + 1) % size)] = 1;
  const w = builder.constant({ type: 'float32', dims: [size, size], data: rotation });
  let y = builder.input('x', 'float32', ['n', size]);
  for (let round = 0; round < rounds; round++) y = builder.node('MatMul', [y, w]);
  builder.output('y', y, 'float32', ['n', size]);
  return encodeModel(builder.build());
}

const rows = (count: number, size: number) =>
  ({
    type: 'float32',
    dims: [count, size],
    data: Float32Array.from({ length: count * size }, (_, i) => i % 97),
  }) as const;

describe('openSession', () => {
  it('runs a model from bytes and from a file, and leaves the feeds as they were', async () => {
    const model = matrixGraph(4, 1);
    const path = join(await mkdtemp(join(tmpdir(), 'anom-pi-')), 'model.onnx');
    await writeFile(path, model);
    const x = rows(2, 4);
    for (const source of [model, path]) {
      await using session = await openSession(source, cpu);
      expect(session.inputNames).toEqual(['x']);
      expect(session.outputNames).toEqual(['y']);
      const { y } = await session.run({ x });
      expect(y).toEqual({ type: 'float32', dims: [2, 4], data: Float32Array.of(3, 0, 1, 2, 7, 4, 5, 6) });
    }
    expect(x.data).toHaveLength(8);
  });

  it('answers runs that were asked for together in their order', async () => {
    await using session = await openSession(matrixGraph(4, 1), cpu);
    const counts = [3, 1, 2, 5];
    const answers = await Promise.all(counts.map((count) => session.run({ x: rows(count, 4) })));
    expect(answers.map(({ y }) => y?.dims[0])).toEqual(counts);
  });

  it('cancels what waits and what has ended, and goes on afterwards', async () => {
    await using session = await openSession(matrixGraph(64, 4), cpu);
    const abort = new AbortController();
    const under = session.run({ x: rows(2000, 64) }, { signal: abort.signal });
    const waiting = session.run({ x: rows(1, 64) }, { signal: abort.signal });
    const next = session.run({ x: rows(2, 64) });
    abort.abort();
    await expect(under).rejects.toMatchObject({ code: 'cancelled' });
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    expect((await next)['y']?.dims).toEqual([2, 64]);
  });

  it('waits for the run under way before it ends, and refuses runs afterwards', async () => {
    const session = await openSession(matrixGraph(256, 30), cpu);
    const run = session.run({ x: rows(2000, 256) });
    await session[Symbol.asyncDispose]();
    expect((await run)['y']?.dims).toEqual([2000, 256]);
    await expect(session.run({ x: rows(1, 256) })).rejects.toMatchObject({ code: 'worker-crashed' });
    await session[Symbol.asyncDispose]();
  });

  it('says what is wrong with a model, a feed or the thread', async () => {
    await expect(openSession('/nowhere/net.onnx', cpu)).rejects.toMatchObject({ code: 'model-missing' });
    await expect(openSession(Uint8Array.of(1, 2, 3), cpu)).rejects.toMatchObject({ code: 'internal' });
    await expect(openSession(matrixGraph(4, 1), { ...cpu, threadEntry: '/nowhere/x.js' })).rejects.toMatchObject({
      code: 'worker-crashed',
    });
    await using session = await openSession(matrixGraph(4, 1), cpu);
    await expect(session.run({ x: rows(1, 5) })).rejects.toMatchObject({ code: 'internal' });
    await expect(session.run({})).rejects.toMatchObject({ code: 'internal' });
    expect((await session.run({ x: rows(1, 4) }))['y']?.dims).toEqual([1, 4]);
  });
});

describe('openSessionHere', () => {
  it('gives what a thread of its own gives, and the same kind of error', async () => {
    const model = matrixGraph(8, 3);
    const x = rows(3, 8);
    await using here = await openSessionHere(model, cpu);
    await using there = await openSession(model, cpu);
    expect([here.inputNames, here.outputNames]).toEqual([there.inputNames, there.outputNames]);
    expect(await here.run({ x })).toEqual(await there.run({ x }));
    await expect(here.run({ x: rows(3, 5) })).rejects.toMatchObject({ code: 'internal' });
    await expect(openSessionHere(new Uint8Array(8), cpu)).rejects.toMatchObject({ code: 'internal' });
  });
});
