/** How many flags wait for a verdict, for the rail and the window's title. */
import { useDebounceFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { useConnection } from './connection.ts';

const delayMs = 250;

export const useOpenFlags = defineStore('open-flags', () => {
  const connection = useConnection();
  const count = ref(0);

  // The number that was there stays where it cannot be read: a lost connection shows itself.
  const read = () =>
    connection.client.archive.overview().then(
      ({ cameras }) => (count.value = cameras.reduce((sum, { openFlags }) => sum + openFlags, 0)),
      () => undefined,
    );
  const readSoon = useDebounceFn(read, delayMs, { maxWait: 2 * delayMs });
  connection.onReady(() => void read());
  connection.client.on('flag.changed', () => void readSoon());
  connection.client.on('archive.changed', () => void readSoon());

  return { count };
});
