/** Training runs and preferences over a real database. */
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GateReport, TrainingPoint } from '../../contract/training.ts';
import { openStore, type Store } from '../open-store.ts';

let folder: ReturnType<typeof mkdtempDisposableSync>;
let store: Store;

beforeEach(() => {
  folder = mkdtempDisposableSync(path.join(tmpdir(), 'anom-pi-training-'));
  store = openStore(folder.path);
});
afterEach(() => {
  store.close();
  folder.remove();
});

const point = (round: number, step: number, loss: number | null = null): TrainingPoint => ({
  ...{ round, step, seconds: step, loss, utility: null, success: null, information: null, cost: null },
  ...{ localisation: null, margin: null, chosenLogProb: null, parseRate: null, operators: { SAMPLE: 1 } },
});
const run = { id: 'one', name: 'first', from: 'v', settings: { rounds: 2, rollouts: 8, seed: 1 } };
const gate: GateReport = { decision: 'too-few-verdicts', checks: [] };

describe('training runs', () => {
  it('begins once, however often its job is resumed', () => {
    store.trainingRuns.begin(run, 5);
    store.trainingRuns.begin({ ...run, name: 'again' }, 9);
    expect(store.trainingRuns.get('one')).toEqual({
      ...run,
      ...{ startedAtMs: 5, endedAtMs: null, data: null, last: null, gate: null, version: null, stopped: null },
    });
    expect(store.trainingRuns.get('two')).toBeUndefined();
  });

  it('keeps points in the order of the rounds, and the first of two about one step', () => {
    store.trainingRuns.begin(run, 5);
    const added = [point(0, 0), point(0, 1, 3), point(1, 0), point(0, 2), point(0, 1, 4)];
    expect(added.map((each) => store.trainingRuns.addPoint('one', each))).toEqual([true, true, true, true, false]);
    expect(store.trainingRuns.points('one').map(({ round, step, loss }) => [round, step, loss])).toEqual([
      [0, 0, null],
      [0, 1, 3],
      [0, 2, null],
      [1, 0, null],
    ]);
    expect(store.trainingRuns.get('one')?.last).toEqual(point(1, 0));
    expect(() => store.trainingRuns.addPoint('nobody', point(0, 0))).toThrow(/FOREIGN KEY/);
  });

  it('ends with the answer of the gate, and lists the latest first', () => {
    store.trainingRuns.begin(run, 5);
    store.trainingRuns.begin({ ...run, id: 'two' }, 6);
    const data = { kind: 'verdicts', confirmed: 1, rejected: 2, unsure: 0, misses: 0, preferences: 0 } as const;
    store.trainingRuns.setData('one', { ...data, incidents: 1, innocent: 2 });
    store.trainingRuns.finish('one', { gate, version: 'w', stopped: null }, 9);
    expect(store.trainingRuns.list().map(({ id }) => id)).toEqual(['two', 'one']);
    expect(store.trainingRuns.get('one')).toMatchObject({ gate, version: 'w', endedAtMs: 9, data: { incidents: 1 } });
  });
});

describe('preferences', () => {
  const recording = 'a'.repeat(64);
  beforeEach(() => {
    store.cameras.ensure('gate');
    store.recordings.add(
      {
        ...{ id: recording, camera: 'gate', bytes: 10, addedAtMs: 5 },
        clock: { utcMs: null, source: 'none', text: '', local: null },
        video: {
          ...{ seconds: 60, width: 640, height: 360, rotation: 0, frameRate: 25, codec: 'h264', container: 'mp4' },
        },
      },
      { path: '/a.mp4', bytes: 10, mtimeMs: 20 },
    );
  });
  const state = (chosen: string, rejected: string, statedAtMs = 1) =>
    store.preferences.state({ recording, chosen, rejected, statedAtMs });
  const standing = () => store.preferences.list().map(({ chosen, rejected }) => [chosen, rejected]);

  it('lets what was said last of a pair stand; saying it twice changes nothing', () => {
    const first = state('x', 'y');
    expect(state('x', 'y', 2)).toEqual(first);
    state('y', 'z', 2);
    state('y', 'x', 3);
    expect(standing()).toEqual([
      ['y', 'x'],
      ['y', 'z'],
    ]);
    const kinds = store.audit.all().map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'preference')).toHaveLength(3);
    expect(kinds.filter((kind) => kind === 'preference-withdrawn')).toHaveLength(1);
    expect(store.inspectAudit().fault).toBeNull();
  });

  it('takes one back once', () => {
    const { id } = state('x', 'y');
    expect(store.preferences.withdraw(id, 2)).toBe(true);
    expect(store.preferences.withdraw(id, 3)).toBe(false);
    expect(standing()).toEqual([]);
    state('x', 'y', 4);
    expect(store.preferences.list({ recording })).toHaveLength(1);
    expect(store.preferences.list({ recording: 'b' })).toEqual([]);
  });

  it('refuses one of a recording that is not there, and of a trajectory with itself', () => {
    expect(() => store.preferences.state({ recording: 'b', chosen: 'x', rejected: 'y', statedAtMs: 1 })).toThrow(
      /no recording b/,
    );
    expect(() => state('x', 'x')).toThrow(/than itself/);
  });
});
