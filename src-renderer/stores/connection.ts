/** The connection to the core, for everything in the window. */
import { useDebounceFn, useDocumentVisibility, useEventListener } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, inject, type InjectionKey, shallowRef, watch } from 'vue';
import { type MediaTarget, mediaPath } from '../../src-main/contract/media.ts';
import type { Channel } from '../../src-main/contract/wire.ts';
import { openChannel } from '../client/channel.ts';
import { type ConnectionClock, createConnection } from '../client/connection.ts';

/** Provided by tests, which have a core of their own. */
export const openChannelKey: InjectionKey<() => Promise<Channel>> = Symbol('openChannel');

const clock: ConnectionClock = {
  now: Date.now,
  after(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};
/** Numbers of the archive are read again this long after they changed. */
const infoDelayMs = 300;

export const useConnection = defineStore('connection', () => {
  const connection = createConnection(inject(openChannelKey, openChannel), clock);
  const state = shallowRef(connection.state);
  const { client } = connection;
  connection.onState((next) => (state.value = next));

  const info = computed(() => (state.value.kind === 'ready' ? state.value.info : null));

  /** Calls `listener` now if there is a connection, and each time there is one again. Returns what ends that. */
  function onReady(listener: () => void): () => void {
    if (connection.state.kind === 'ready') listener();
    let wasReady = connection.state.kind === 'ready';
    return connection.onState(({ kind }) => {
      const isReady = kind === 'ready';
      if (isReady && !wasReady) listener();
      wasReady = isReady;
    });
  }

  // A connection that was lost meanwhile shows itself; the numbers are read when it is back.
  const refreshInfo = useDebounceFn(() => connection.refreshInfo().catch(() => undefined), infoDelayMs, {
    maxWait: 2 * infoDelayMs,
  });
  client.on('archive.changed', () => void refreshInfo());
  client.on('flag.changed', () => void refreshInfo());
  client.on('job.changed', ({ state: job }) => {
    if (job === 'done') void refreshInfo();
  });

  useEventListener(window, 'online', () => connection.retryNow());
  watch(useDocumentVisibility(), (visibility) => {
    if (visibility === 'visible') connection.retryNow();
  });

  const mediaBase = window.anomPi?.mediaBase ?? '';
  const mediaUrl = (target: MediaTarget) => `${mediaBase}${mediaPath(target)}`;

  return { client, state, info, onReady, mediaUrl, retryNow: connection.retryNow };
});
