/** The audit log: its rows, the latest first, and whether it is whole. */
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { AuditState, ListedAuditRow } from '../../src-main/contract/audit.ts';
import { type AppError, appErrorFrom } from '../../src-main/contract/errors.ts';
import { useConnection } from './connection.ts';

type Loading = { readonly kind: 'loading' | 'ready' } | { readonly kind: 'error'; readonly error: AppError };

const pageRows = 200;

export const useAudit = defineStore('audit', () => {
  const connection = useConnection();
  const { client } = connection;
  const rows = shallowRef<readonly ListedAuditRow[]>([]);
  const next = ref<string | null>(null);
  const state = shallowRef<Loading>({ kind: 'loading' });
  /** What the last check of the chain found, and when it was made; null before the first. */
  const check = shallowRef<{ readonly found: AuditState; readonly atMs: number } | null>(null);
  const isChecking = ref(false);
  /** One kind of rows; empty for all. */
  const kind = ref('');
  const words = ref('');
  /** Answers to older questions are dropped. */
  let asked = 0;

  async function read(after: string | null): Promise<void> {
    const question = ++asked;
    const filter = {
      ...(kind.value !== '' && { kinds: [kind.value] }),
      ...(words.value.trim() !== '' && { words: words.value.trim() }),
    };
    try {
      const page = await client.audit.list({ limit: pageRows, ...filter, ...(after !== null && { after }) });
      if (question !== asked) return;
      rows.value = after === null ? page.items : [...rows.value, ...page.items];
      // A page that is not full is the last, wherever its rows stand in the log.
      next.value = page.items.length < pageRows ? null : page.next;
      state.value = { kind: 'ready' };
    } catch (caught) {
      const error = appErrorFrom(caught);
      if (question === asked && error.code !== 'connection-lost') state.value = { kind: 'error', error };
    }
  }

  const refresh = (): Promise<void> => read(null);
  const more = (): Promise<void> => (next.value === null ? Promise.resolve() : read(next.value));

  /** Follows the whole chain. Errors: those of the core. */
  async function verifyChain(): Promise<void> {
    isChecking.value = true;
    try {
      check.value = { found: await client.audit.head({}), atMs: Date.now() };
    } finally {
      isChecking.value = false;
    }
  }

  return { rows, next, state, check, isChecking, kind, words, refresh, more, verifyChain };
});
