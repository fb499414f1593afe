/** Versions by what a person types, the gate's word at activation, and what the shipped files become. */
import { mkdtempDisposableSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shipNano, tinyNano } from '../../../test/support/tiny-nano.ts';
import type { EventValue } from '../../contract/calls.ts';
import { createEventHub } from '../../contract/event-hub.ts';
import type { GateReport } from '../../contract/training.ts';
import { type NewPolicyVersion, openStore, type Store } from '../../store/index.ts';
import { findVersion, pinnedPolicy, resolvePolicy, resolvePolicyOrVersion } from './find-version.ts';
import { createPolicies, type Policies } from './policies.ts';
import { registerShipped } from './shipped.ts';

let folder: ReturnType<typeof mkdtempDisposableSync>;
let store: Store;
let policies: Policies;
let heard: EventValue<'policies.changed'>[];

beforeEach(() => {
  folder = mkdtempDisposableSync(join(tmpdir(), 'anom-pi-policies-'));
  store = openStore(join(folder.path, 'data'), { nowMs: () => 1 });
  const hub = createEventHub();
  heard = [];
  hub.on('policies.changed', (value) => heard.push(value));
  policies = createPolicies({ store, events: hub, notice: null, now: () => 7 });
});
afterEach(() => {
  store.close();
  folder.remove();
});

const made = (name: string, more: Partial<NewPolicyVersion> = {}): NewPolicyVersion => ({
  ...{
    policy: 'nano',
    origin: 'trained',
    name,
    parents: [],
    seed: name,
    settings: {},
    data: {},
    curves: [],
    gate: null,
  },
  ...{ weights: 'e'.repeat(64), bytes: 9, createdAtMs: 1 },
  ...more,
});
const failure = (code: string, words: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(words) });

describe('what a person types', () => {
  it('means a version by id, its beginning, or name, with nano@ before it or not', () => {
    const { id } = policies.add(made('Night shift'));
    for (const typed of [
      id,
      id.slice(0, 6),
      'night shift',
      `nano@${id}`,
      `nano@${id.slice(0, 9)}`,
      'nano@Night shift',
    ]) {
      expect(findVersion(store, typed).id).toBe(id);
    }
    expect(() => findVersion(store, id.slice(0, 5))).toThrow(failure('not-found', 'There is no policy version'));
    expect(() => findVersion(store, '')).toThrow(failure('not-found', 'policies'));
  });

  it('is no version where more than one begins so', () => {
    const ids = Array.from({ length: 40 }, (_, number) => policies.add(made(`v${number}`)).id);
    const store2 = {
      policyVersions: { ...store.policyVersions, startingWith: () => store.policyVersions.startingWith('') },
    };
    expect(ids.length).toBe(store.policyVersions.count());
    expect(() => findVersion(store2, 'abcdef')).toThrow(failure('invalid-argument', 'More than one'));
  });

  it('means a policy by name, nano being the version in force', () => {
    expect(resolvePolicy(store, 'rules')).toMatchObject({ name: 'rules', weights: null });
    expect(() => resolvePolicy(store, 'nano')).toThrow(failure('model-missing', 'No version of the policy nano'));
    const first = policies.add(made('first'));
    const second = policies.add(made('second', { weights: 'd'.repeat(64) }));
    policies.activate('first', false);
    expect(resolvePolicy(store, 'nano')).toEqual({ name: 'nano', version: first.id, weights: 'e'.repeat(64) });
    expect(resolvePolicy(store, 'nano@second')).toEqual({ name: 'nano', version: second.id, weights: 'd'.repeat(64) });
    expect(() => resolvePolicy(store, 'second')).toThrow(failure('invalid-argument', 'blind, nano.'));
    expect(resolvePolicyOrVersion(store, 'second').version).toBe(second.id);
    expect(resolvePolicyOrVersion(store, 'rules').name).toBe('rules');
    expect(() => resolvePolicyOrVersion(store, 'third')).toThrow(failure('not-found', 'third'));
    expect(resolvePolicy(store, pinnedPolicy('nano', second.id)).version).toBe(second.id);
    expect(pinnedPolicy('rules', second.id)).toBe('rules');
    expect(pinnedPolicy('nano', null)).toBe('nano');
  });
});

describe('activation', () => {
  const refused: GateReport = {
    decision: 'refused',
    checks: [
      { check: 'guard', outcome: 'failed', before: 1, after: 0, limit: 1, reason: 'It is worse on the guard set.' },
      { check: 'operators', outcome: 'passed', before: 1, after: 1, limit: 1, reason: 'All are used.' },
    ],
  };

  it('is told of, once', () => {
    const { id, active } = policies.add(made('first'));
    expect(active).toBe(false);
    expect(policies.activate('first', false).active).toBe(true);
    policies.activate('first', false);
    expect(heard).toEqual([
      { active: null, versions: 1 },
      { active: id, versions: 1 },
    ]);
    expect(() => policies.rollBack()).toThrow(failure('not-found', 'no way back'));
    expect(policies.list()).toEqual([expect.objectContaining({ id, active: true })]);
    expect(policies.get('first')).toMatchObject({ id, active: true, seed: 'first' });
  });

  it('of what the gate refused wants to be meant', () => {
    policies.add(made('first', { gate: refused }));
    expect(() => policies.activate('first', false)).toThrow(failure('forbidden', 'worse on the guard set. It can'));
    expect(store.policyVersions.active()).toBeNull();
    expect(policies.activate('first', true).active).toBe(true);
    policies.add(made('second', { gate: { ...refused, decision: 'too-few-verdicts' } }));
    expect(policies.activate('second', false).active).toBe(true);
    expect(policies.rollBack().name).toBe('first');
  });
});

describe('the shipped version', () => {
  const shippedAt = () => join(folder.path, 'policies');
  const idOf = () => store.policyVersions.active();

  it('is entered once, and by its content', async () => {
    const points = [{ round: 1, step: 10, utility: 0.5, operators: null }];
    const card = {
      points,
      name: 'shipped 1',
      seed: 3,
      settings: { epochs: 3 },
      data: ['scenes'],
      command: 'train-nano',
      more: 1,
    };
    await shipNano(shippedAt(), tinyNano(1, 0), card);
    expect(await registerShipped(store, shippedAt(), 5)).toBeNull();
    expect(await registerShipped(store, shippedAt(), 6)).toBeNull();
    const [version, ...others] = policies.list();
    expect(others).toEqual([]);
    expect(version).toMatchObject({ name: 'shipped 1', origin: 'shipped', createdAtMs: 5, active: true });
    expect(policies.get('shipped 1')).toMatchObject({
      ...{ seed: 3, settings: { epochs: 3, command: 'train-nano' }, data: { sources: ['scenes'] } },
      curves: [{ round: 1, step: 10, seconds: 0, utility: 0.5, success: null, operators: {} }],
    });
    expect(await store.blobs.read(version?.weights ?? '')).toEqual(Buffer.from(tinyNano(1, 0)));
  });

  it('of a newer program takes the place of that of the older, and of no version that somebody chose', async () => {
    await shipNano(shippedAt(), tinyNano(1, 0), {});
    await registerShipped(store, shippedAt(), 5);
    const old = idOf();
    await shipNano(shippedAt(), tinyNano(2, 0), {});
    await registerShipped(store, shippedAt(), 6);
    const newer = idOf() ?? '';
    expect(newer).not.toBe(old);
    expect(policies.rollBack().id).toBe(old);
    await registerShipped(store, shippedAt(), 7);
    expect(idOf()).toBe(old);
    const own = policies.add(made('own'));
    policies.activate('own', false);
    await shipNano(shippedAt(), tinyNano(3, 0), {});
    await registerShipped(store, shippedAt(), 8);
    expect(idOf()).toBe(own.id);
    expect(store.policyVersions.count()).toBe(4);
  });

  it.each([
    ['no weights', 'nano.bin', 'none'],
    ['without a card', 'nano.json', null],
    ['a card of other things', 'nano.json', '{"points": 3}'],
    ['a card that is no JSON', 'nano.json', '{'],
    ['a card of other weights', 'nano.json', `{"weights": "${'0'.repeat(64)}"}`],
  ])('%s: it is a notice, and there is no version', async (_how, file, content) => {
    await shipNano(shippedAt(), tinyNano(1, 0), {});
    if (content === null) await rm(join(shippedAt(), file));
    else await writeFile(join(shippedAt(), file), content);
    const notice = await registerShipped(store, shippedAt(), 5);
    expect(notice).toContain(shippedAt());
    expect(notice).toContain('everything but this policy works');
    expect(store.policyVersions.count()).toBe(0);
  });

  it('that is for another grammar is a notice', async () => {
    await shipNano(shippedAt(), tinyNano(1, 0), {});
    const text = new TextDecoder('latin1').decode(tinyNano(1, 0)).replace(/"grammar":\d+/, '"grammar":0');
    await writeFile(join(shippedAt(), 'nano.bin'), Buffer.from(text, 'latin1'));
    expect(await registerShipped(store, shippedAt(), 5)).toContain('train them again');
    expect(store.policyVersions.count()).toBe(0);
  });
});
