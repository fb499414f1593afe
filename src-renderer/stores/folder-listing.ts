/** The folder that a picker shows: where it is, what is in it, why it could not be read. */
import { shallowRef } from 'vue';
import type { FolderEntry, FolderListing } from '../../src-main/contract/folder.ts';
import type { ContractClient } from '../client/connection.ts';
import { errorWords } from '../i18n/error-words.ts';

export function useFolderListing(client: ContractClient) {
  /** The last one that could be read stays while another is being read or failed. */
  const listing = shallowRef<FolderListing | null>(null);
  const error = shallowRef<string | null>(null);
  /** Nobody has gone anywhere yet. */
  const isUntouched = shallowRef(true);
  let asked = 0;

  async function go(path: string): Promise<void> {
    const turn = ++asked;
    isUntouched.value = false;
    try {
      const answer = await client.folders.list({ path });
      if (turn !== asked) return;
      listing.value = answer;
      error.value = null;
    } catch (thrown) {
      if (turn === asked) error.value = errorWords(thrown);
    }
  }

  /** The places to begin at; null, with the reason told, where they could not be read. */
  async function readPlaces(): Promise<readonly FolderEntry[] | null> {
    try {
      return (await client.folders.list({})).entries;
    } catch (thrown) {
      if (isUntouched.value) error.value = errorWords(thrown);
      return null;
    }
  }

  function reset(): void {
    asked += 1;
    isUntouched.value = true;
    listing.value = error.value = null;
  }

  return { listing, error, isUntouched, go, readPlaces, reset };
}
