/** Policy versions: those that there are, which one is in force, and putting another in force or the one before again. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { type AppError, appErrorFrom } from '../../src-main/contract/errors.ts';
import type { PolicyActivation, PolicyVersion, PolicyVersionSummary } from '../../src-main/contract/policy-version.ts';
import { versionBefore } from '../lib/activations.ts';
import { createRecentCache } from '../lib/recent-cache.ts';
import { useConnection } from './connection.ts';

type ListState = { readonly kind: 'loading' | 'ready' } | { readonly kind: 'error'; readonly error: AppError };
type VersionState =
  | { readonly kind: 'none' | 'loading' | 'gone' }
  | { readonly kind: 'ready'; readonly version: PolicyVersion }
  | { readonly kind: 'error'; readonly error: AppError };

/** Versions whose whole is kept: it never changes, but for which one is active. */
const kept = 16;
/** Digits of an id that a person reads. */
const shortDigits = 8;

export const usePolicies = defineStore('policies', () => {
  const connection = useConnection();
  const { client } = connection;
  const versions = shallowRef<readonly PolicyVersionSummary[]>([]);
  const activations = shallowRef<readonly PolicyActivation[]>([]);
  /** Why the version that comes with the program is not there. */
  const notice = ref<string | null>(null);
  const state = shallowRef<ListState>({ kind: 'loading' });
  const shown = shallowRef<VersionState>({ kind: 'none' });
  const opened = ref<string | null>(null);
  const wholes = createRecentCache<PolicyVersion>(kept);

  const versionOf = (id: string) => versions.value.find((version) => version.id === id);
  const active = computed(() => versions.value.find((version) => version.active) ?? null);
  /** What rolling back puts in force; null where nothing was in force before. */
  const before = computed(() => {
    const id = versionBefore(activations.value);
    return id === null ? null : (versionOf(id) ?? null);
  });
  const nameOf = (id: string) => versionOf(id)?.name ?? id.slice(0, shortDigits);

  async function refresh(): Promise<void> {
    try {
      const answer = await client.policies.list();
      versions.value = answer.items;
      activations.value = answer.activations;
      notice.value = answer.notice;
      state.value = { kind: 'ready' };
    } catch (caught) {
      const error = appErrorFrom(caught);
      // After reconnecting it is asked again.
      if (error.code !== 'connection-lost') state.value = { kind: 'error', error };
    }
  }

  async function read(id: string): Promise<void> {
    try {
      const { version } = await client.policies.get({ version: id });
      wholes.set(id, version);
      if (opened.value === id) shown.value = { kind: 'ready', version };
    } catch (caught) {
      const error = appErrorFrom(caught);
      if (opened.value !== id) return;
      shown.value = error.code === 'not-found' ? { kind: 'gone' } : { kind: 'error', error };
    }
  }

  /** Shows the version of this id; null shows none. */
  function open(id: string | null): void {
    if (id === opened.value && shown.value.kind !== 'error') return;
    opened.value = id;
    const known = id === null ? undefined : wholes.get(id);
    if (known !== undefined) shown.value = { kind: 'ready', version: known };
    else shown.value = { kind: id === null ? 'none' : 'loading' };
    if (id !== null && known === undefined) void read(id);
  }

  /** Errors: `forbidden` for a version that its gate refused, unless `anyway`. */
  async function activate(version: string, anyway = false): Promise<PolicyVersionSummary> {
    const answer = await client.policies.activate({ version, anyway });
    await refresh();
    return answer.version;
  }

  /** Errors: `not-found` where nothing was in force before. */
  async function rollBack(): Promise<PolicyVersionSummary> {
    const answer = await client.policies.rollback();
    await refresh();
    return answer.version;
  }

  client.on('job.changed', ({ kind, state: job }) => {
    if (kind === 'train' && job === 'done') void refresh();
  });
  connection.onReady(() => {
    void refresh();
    if (opened.value !== null && shown.value.kind === 'error') void read(opened.value);
  });

  return {
    ...{ versions, activations, notice, state, shown, opened, active, before },
    ...{ versionOf, nameOf, refresh, open, activate, rollBack },
  };
});
