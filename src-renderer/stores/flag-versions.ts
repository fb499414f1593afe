/** Policies with their versions that flags were found by: read when a filter offers them. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { useConnection } from './connection.ts';

export const useFlagVersions = defineStore('flag-versions', () => {
  const { client } = useConnection();
  /** `policy/version` each. */
  const versions = shallowRef<readonly string[]>([]);

  /** What was there stays where it cannot be read. */
  async function read(): Promise<void> {
    const found = await client.flags.versions({}).catch(() => null);
    if (found !== null) versions.value = found.items.map(({ version }) => version);
  }

  return { versions, read };
});
