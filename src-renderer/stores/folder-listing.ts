/** The folder that a picker shows: where it is, what is in it, why it could not be read. */
import { shallowRef } from 'vue';
import { appErrorFrom } from '../../src-main/contract/errors.ts';
import type { FolderListing } from '../../src-main/contract/folder.ts';
import type { ContractClient } from '../client/connection.ts';

export function useFolderListing(client: ContractClient) {
  /** The last one that could be read stays while another is being read or failed. */
  const listing = shallowRef<FolderListing | null>(null);
  const error = shallowRef<string | null>(null);
  const isLoading = shallowRef(false);
  let asked = 0;

  /** Goes to `path`, or to the places to begin at; resolves to whether it could be read. */
  async function go(path: string | null): Promise<boolean> {
    const turn = ++asked;
    isLoading.value = true;
    try {
      const answer = await client.folders.list(path === null ? {} : { path });
      if (turn !== asked) return false;
      listing.value = answer;
      error.value = null;
      return true;
    } catch (thrown) {
      if (turn === asked) error.value = appErrorFrom(thrown).message;
      return false;
    } finally {
      if (turn === asked) isLoading.value = false;
    }
  }

  return { listing, error, isLoading, go };
}
