/** Classes, tags and reasons in the reviewer's own words: read when they are first offered, and again when they were used. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { isListedReason, rejectionReasons } from '../../src-main/contract/flag.ts';
import { wording } from '../i18n/wording.ts';
import { classOptions } from '../lib/class-label.ts';
import { useConnection } from './connection.ts';

interface Words {
  readonly classes: readonly string[];
  readonly tags: readonly string[];
  readonly reasons: readonly string[];
}

export const useWords = defineStore('words', () => {
  const { client } = useConnection();
  const words = shallowRef<Words>({ classes: [], tags: [], reasons: [] });

  /** What was there stays where it cannot be read: the lists are a help and no more. */
  async function read(): Promise<void> {
    const found = await client.verdicts.words({}).catch(() => null);
    if (found === null) return;
    const names = (uses: readonly { readonly word: string }[]) => uses.map(({ word }) => word);
    words.value = { classes: names(found.classes), tags: names(found.tags), reasons: names(found.reasons) };
  }

  return {
    read,
    tags: computed(() => words.value.tags),
    /** Classes that come with the program, then those of the reviewer's own, `also` among them. */
    classes: (also: readonly string[] = []) => classOptions([...words.value.classes, ...also]),
    reasons: computed(() =>
      [...rejectionReasons, ...words.value.reasons.filter((reason) => !isListedReason(reason))].map((value) => ({
        value,
        label: wording.reason(value),
      })),
    ),
  };
});
