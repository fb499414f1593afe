/** Reading ahead: the source is drained at once, its order kept, its failure and its end passed on. */
import { expect, it } from 'vitest';
import { readAhead } from './read-ahead.ts';

async function* numbers(count: number, failure?: Error): AsyncGenerator<number, void, undefined> {
  for (let number = 0; number < count; number++) yield number;
  if (failure !== undefined) throw failure;
}

it('shares what comes among several consumers, each item once', async () => {
  const items = readAhead(numbers(100), () => undefined);
  const taken: number[][] = [[], [], []];
  await Promise.all(
    taken.map(async (mine) => {
      for await (const item of items) {
        mine.push(item);
        await Promise.resolve();
      }
    }),
  );
  expect(taken.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, index) => index));
  expect(taken.every((mine) => mine.length > 0)).toBe(true);
});

it('counts what is coming before it is asked for', async () => {
  let found = 0;
  const items = readAhead(numbers(50), () => found++);
  await items.next();
  while (found < 50) await Promise.resolve();
  expect((await items.next()).value).toBe(1);
});

it('throws the failure of the source after what came before it', async () => {
  const items = readAhead(numbers(2, new Error('broken')), () => undefined);
  expect([(await items.next()).value, (await items.next()).value]).toEqual([0, 1]);
  await expect(items.next()).rejects.toThrow('broken');
});

it('ends its source when it is left early', async () => {
  let isEnded = false;
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  async function* source(): AsyncGenerator<number, void, undefined> {
    try {
      for (const [index, gate] of gates.entries()) {
        yield index;
        await gate.promise;
      }
    } finally {
      isEnded = true;
    }
  }
  const items = readAhead(source(), () => undefined);
  await items.next();
  await items.return();
  gates[0]?.resolve();
  while (!isEnded) await Promise.resolve();
  expect(await items.next()).toEqual({ done: true, value: undefined });
});
