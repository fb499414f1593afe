/** Policy versions over a real database: what an id is made of, who is in force, and what the audit log tells of it. */
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../open-store.ts';
import { policyVersionId } from './policy-version-id.ts';
import type { NewPolicyVersion } from './policy-versions.ts';

let folder: ReturnType<typeof mkdtempDisposableSync>;
let store: Store;
const open = () => openStore(folder.path, { nowMs: () => 1 });

beforeEach(() => {
  folder = mkdtempDisposableSync(path.join(tmpdir(), 'anom-pi-versions-'));
  store = open();
});
afterEach(() => {
  store.close();
  folder.remove();
});

const hash = (digit: string) => digit.repeat(64);
const made = (weights: string, more: Partial<NewPolicyVersion> = {}): NewPolicyVersion => ({
  ...{ policy: 'nano', origin: 'trained', name: 'trained', parents: [hash('1')], seed: 7 },
  settings: { rounds: 2, weights: { cost: 0.2 } },
  data: { verdicts: [3, 4] },
  ...{ weights, bytes: 100, createdAtMs: 5, curves: [], gate: null },
  ...more,
});

describe('the id', () => {
  const inputs = made(hash('a'));

  it('is the same for the same inputs and weights, however their keys are ordered', () => {
    const reordered = { ...inputs, settings: { weights: { cost: 0.2 }, rounds: 2 } };
    expect(policyVersionId(reordered)).toBe(policyVersionId(inputs));
    expect(policyVersionId({ ...inputs, name: 'other', createdAtMs: 99, gate: null } as NewPolicyVersion)).toBe(
      policyVersionId(inputs),
    );
    expect(policyVersionId(inputs)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each<[string, Partial<NewPolicyVersion>]>([
    ['parents', { parents: [hash('2')] }],
    ['the order of parents', { parents: [] }],
    ['seed', { seed: 8 }],
    ['the type of the seed', { seed: '7' }],
    ['settings', { settings: { rounds: 3, weights: { cost: 0.2 } } }],
    ['a setting inside another', { settings: { rounds: 2, weights: { cost: 0.3 } } }],
    ['data', { data: { verdicts: [4, 3] } }],
    ['weights', { weights: hash('b') }],
  ])('is another one with other %s', (_what, change) => {
    expect(policyVersionId({ ...inputs, ...change })).not.toBe(policyVersionId(inputs));
  });
});

describe('versions', () => {
  it('are kept whole, found by id, beginning and name, and listed latest first', () => {
    const gate = { decision: 'refused', checks: [] } as const;
    const first = store.policyVersions.add(made(hash('a')));
    const second = store.policyVersions.add(made(hash('b'), { createdAtMs: 6, gate: { ...gate, checks: [] } }));
    const { policy, origin, parents, seed, settings, data, weights, bytes, createdAtMs, curves } = made(hash('a'));
    expect(store.policyVersions.get(first)).toEqual({
      ...{
        id: first,
        name: 'trained',
        policy,
        origin,
        parents,
        seed,
        settings,
        data,
        weights,
        bytes,
        createdAtMs,
        curves,
      },
      gate: null,
    });
    expect(store.policyVersions.list().map(({ id, name }) => [id, name])).toEqual([
      [second, 'trained 2'],
      [first, 'trained'],
    ]);
    expect(store.policyVersions.named('TRAINED 2')).toMatchObject({ id: second, gate });
    expect(store.policyVersions.startingWith(first.slice(0, 8)).map(({ id }) => id)).toEqual([first]);
    expect(store.policyVersions.startingWith('')).toHaveLength(2);
    expect(store.policyVersions.count()).toBe(2);
  });

  it('are added once: the same again changes nothing', () => {
    const id = store.policyVersions.add(made(hash('a')));
    expect(store.policyVersions.add(made(hash('a'), { name: 'renamed', createdAtMs: 9 }))).toBe(id);
    expect(store.policyVersions.get(id)).toMatchObject({ name: 'trained', createdAtMs: 5 });
    expect(store.audit.about(id)).toHaveLength(1);
  });

  it('keep their weights when the frame cache gives way', async () => {
    const weights = await store.blobs.put(Uint8Array.of(1, 2, 3));
    store.policyVersions.add(made(weights, { bytes: 3 }));
    store.cameras.ensure('gate');
    const video = { seconds: 60, width: 64, height: 36, rotation: 0, frameRate: 25, codec: 'h264', container: 'mp4' };
    store.recordings.add(
      {
        ...{ id: hash('f'), camera: 'gate', bytes: 10, addedAtMs: 5, video: { ...video, rotation: 0 } },
        clock: { utcMs: null, source: 'none', text: '', local: null },
      },
      { path: '/a.mp4', bytes: 10, mtimeMs: 20 },
    );
    const frames = [{ timeMs: 0, offset: 0, length: 3 }];
    store.frameCache.put(hash('f'), 'k', { hash: weights, bytes: 3, frames }, 1);
    expect(await store.frameCache.evict(0)).toEqual({ blobs: 1, bytes: 3 });
    expect(await store.blobs.has(weights)).toBe(true);
  });
});

describe('what is in force', () => {
  it('is the latest activation; a rollback goes back one at a time and is an activation itself', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((digit) => store.policyVersions.add(made(hash(digit)))) as [
      string,
      string,
      string,
    ];
    const { policyVersions } = store;
    expect(policyVersions.active()).toBeNull();
    expect(policyVersions.rollBack(1)).toBeNull();
    expect(policyVersions.activate(a, 'first', 1)).toBe(true);
    expect(policyVersions.rollBack(2)).toBeNull();
    expect(policyVersions.activate(b, 'activate', 3)).toBe(true);
    expect(policyVersions.activate(b, 'activate', 4)).toBe(false);
    expect(policyVersions.activate(c, 'activate', 5)).toBe(true);
    expect(policyVersions.rollBack(6)).toBe(b);
    expect(policyVersions.active()).toBe(b);
    expect(policyVersions.rollBack(7)).toBe(a);
    expect(policyVersions.rollBack(8)).toBeNull();
    expect(policyVersions.activate(c, 'activate', 9)).toBe(true);
    expect(policyVersions.rollBack(10)).toBe(a);
    expect(policyVersions.activations().map(({ number, kind, version }) => [number, kind, version])).toEqual([
      [7, 'rollback', a],
      [6, 'activate', c],
      [5, 'rollback', a],
      [4, 'rollback', b],
      [3, 'activate', c],
      [2, 'activate', b],
      [1, 'first', a],
    ]);
    expect(() => policyVersions.activate(hash('0'), 'activate', 11)).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    );
  });

  it('survives closing and opening', () => {
    const [a, b] = ['a', 'b'].map((digit) => store.policyVersions.add(made(hash(digit)))) as [string, string];
    store.policyVersions.activate(a, 'first', 1);
    store.policyVersions.activate(b, 'activate', 2);
    store.close();
    store = open();
    expect(store.policyVersions.active()).toBe(b);
    expect(store.policyVersions.rollBack(3)).toBe(a);
  });
});

describe('the audit log', () => {
  it('tells of versions and activations, and agrees with the tables', () => {
    const id = store.policyVersions.add(made(hash('a')));
    store.policyVersions.activate(id, 'activate', 3);
    expect(store.audit.about(id).map(({ kind, details }) => ({ kind, details }))).toEqual([
      {
        kind: 'policy-version',
        details: {
          ...{
            name: 'trained',
            policy: 'nano',
            origin: 'trained',
            parents: [hash('1')],
            weights: hash('a'),
            bytes: 100,
          },
          ...{ createdAtMs: 5, gate: null },
        },
      },
      { kind: 'policy-activation', details: { number: 1, kind: 'activate', atMs: 3 } },
    ]);
    expect(store.inspectAudit().fault).toBeNull();
  });

  it.each([
    [`UPDATE policy_versions SET weights = '${hash('9')}'`, 'policy version', 'was changed'],
    [`UPDATE policy_activations SET at_ms = 9 WHERE number = 2`, 'activation 2', 'was changed'],
    ['DELETE FROM policy_activations WHERE number = 2', 'activation 2', 'is gone'],
  ])('finds what was changed behind it: %s', (sql, what, how) => {
    const [a, b] = ['a', 'b'].map((digit) => store.policyVersions.add(made(hash(digit)))) as [string, string];
    store.policyVersions.activate(a, 'first', 1);
    store.policyVersions.activate(b, 'activate', 2);
    store.close();
    const database = new Sqlite(path.join(folder.path, 'anom-pi.db'));
    for (const name of [
      'policy_versions_keep_contents',
      'policy_activations_keep_contents',
      'policy_activations_keep_rows',
    ]) {
      database.exec(`DROP TRIGGER ${name}`);
    }
    database.exec(sql);
    database.close();
    store = open();
    const { fault } = store.inspectAudit();
    expect(fault).toMatchObject({ fault: 'contradicted' });
    expect(fault?.reason).toContain(what);
    expect(fault?.reason).toContain(how);
  });
});
