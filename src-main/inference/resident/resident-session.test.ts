/** Resident sessions: tensors that stay in the thread, several models over them, failures that change nothing. */
import { describe, expect, it } from 'vitest';
import { GraphBuilder, type TensorData } from '../graph/index.ts';
import { openResidentSession } from './resident-session.ts';

const cpu = { provider: 'cpu', threads: 1 } as const;
const numbers = (...data: readonly number[]): TensorData => ({
  type: 'float32',
  dims: [data.length],
  data: Float32Array.from(data),
});

/** outcome = left (operator) right, and twice = 2·left. */
function graphOf(operator: string) {
  const builder = new GraphBuilder(operator);
  const [left, right] = ['left', 'right'].map((name) => builder.input(name, 'float32', ['n']));
  if (!left || !right) throw new Error('two inputs');
  builder.output('outcome', builder.node(operator, [left, right]), 'float32', ['n']);
  builder.output('twice', builder.node('Add', [left, left]), 'float32', ['n']);
  return builder.build();
}

describe('openResidentSession', () => {
  it('holds tensors between runs of several models, and gives the others back', async () => {
    await using session = openResidentSession(cpu);
    await session.open('add', graphOf('Add'));
    await session.open('multiply', graphOf('Mul'));
    await session.hold({ state: numbers(1, 2) });
    const round = { held: { left: 'state' }, kept: { outcome: 'state' } };
    expect(await session.run('add', { ...round, feeds: { right: numbers(10, 20) } })).toEqual({ twice: numbers(2, 4) });
    expect(await session.run('multiply', { ...round, feeds: { right: numbers(2, 3) } })).toEqual({
      twice: numbers(22, 44),
    });
    expect(await session.read(['state'])).toEqual({ state: numbers(22, 66) });
  });

  it('does what is asked for together in order', async () => {
    await using session = openResidentSession(cpu);
    const runs = [session.open('add', graphOf('Add')), session.hold({ state: numbers(0) })];
    for (let run = 0; run < 5; run++) {
      const feeds = { right: numbers(1) };
      runs.push(
        session.run('add', { feeds, held: { left: 'state' }, kept: { outcome: 'state' } }).then(() => undefined),
      );
    }
    const { state } = await session.read(['state']);
    await Promise.all(runs);
    expect(state).toEqual(numbers(5));
  });

  it('tells what failed, keeps what it holds and goes on', async () => {
    await using session = openResidentSession(cpu);
    await session.open('add', graphOf('Add'));
    await session.hold({ state: numbers(1, 2) });
    const failures = [
      session.run('subtract', {}),
      session.run('add', { held: { left: 'nothing' } }),
      session.run('add', { held: { left: 'state' }, feeds: { right: numbers(1, 2, 3) }, kept: { outcome: 'state' } }),
      session.run('add', { held: { left: 'state', right: 'state' }, kept: { twice: 'state', sum: 'state' } }),
      session.read(['nothing']),
    ];
    for (const failure of failures) await expect(failure).rejects.toMatchObject({ code: 'internal' });
    expect(await session.read(['state'])).toEqual({ state: numbers(1, 2) });
  });

  it('ends with its thread, and says so where the thread does not start', async () => {
    const session = openResidentSession(cpu);
    await session[Symbol.asyncDispose]();
    await expect(session.read([])).rejects.toMatchObject({ code: 'worker-crashed' });
    await session[Symbol.asyncDispose]();
    await using broken = openResidentSession({ ...cpu, threadEntry: '/nowhere/thread.js' });
    await expect(broken.read([])).rejects.toMatchObject({ code: 'worker-crashed' });
  });
});
