/** Advice on what to keep, worked out when it is asked for: sums by folder, and which recordings they are. */
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { Retention, RetentionAdvice, RetentionItem } from '../../src-main/contract/retention.ts';
import { errorWords } from '../i18n/error-words.ts';
import { useConnection } from './connection.ts';

export const useRetention = defineStore('retention', () => {
  const { client } = useConnection();
  const sums = shallowRef<Retention | null>(null);
  const error = ref<string | null>(null);
  const isReading = ref(false);
  const advice = ref<RetentionAdvice | null>(null);
  const items = shallowRef<readonly RetentionItem[]>([]);
  const next = ref<string | null>(null);

  async function attempt(work: () => Promise<void>): Promise<void> {
    isReading.value = true;
    error.value = null;
    try {
      await work();
    } catch (thrown) {
      error.value = errorWords(thrown);
    } finally {
      isReading.value = false;
    }
  }

  async function readMore(): Promise<void> {
    const wanted = advice.value;
    if (wanted === null) return;
    const page = await client.archive.retentionItems({
      advice: wanted,
      ...(next.value === null ? {} : { after: next.value }),
    });
    if (advice.value !== wanted) return;
    items.value = [...items.value, ...page.items];
    next.value = page.next;
  }

  /** Which recordings the advice is about; null for none. */
  function show(wanted: RetentionAdvice | null): Promise<void> {
    advice.value = wanted;
    items.value = [];
    next.value = null;
    return attempt(readMore);
  }

  return {
    ...{ sums, error, isReading, advice, items, next, show },
    read: () =>
      attempt(async () => {
        sums.value = await client.archive.retention();
      }),
    more: () => attempt(readMore),
  };
});
