/** Taking evidence out: what the dialog is open for, starting an export, and the exports that there are. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { Calls, ParamsGiven } from '../../src-main/contract/calls.ts';
import { type AppError, appErrorFrom } from '../../src-main/contract/errors.ts';
import type { ExportEstimate, ExportRow, Stretch } from '../../src-main/contract/evidence.ts';
import type { Flag } from '../../src-main/contract/flag.ts';
import type { Job } from '../../src-main/contract/job.ts';
import { useConnection } from './connection.ts';
import { useJobs } from './jobs.ts';

export type ExportWish = ParamsGiven<Calls['evidence']['export']>;

/** What is to be exported. */
export type ExportSource =
  | { readonly kind: 'flags'; readonly flags: readonly string[] }
  | {
      readonly kind: 'stretch';
      readonly stretch: Stretch;
      /** Of the recording, and how long it is in seconds. */
      readonly name: string;
      readonly length: number;
    };

type ListState = { readonly kind: 'loading' | 'ready' } | { readonly kind: 'error'; readonly error: AppError };

/** The dialog shows names of so many flags, and draws on so many of their recordings. */
const mostRead = 100;

export const useExport = defineStore('export', () => {
  const connection = useConnection();
  const jobs = useJobs();
  const { client } = connection;
  /** Null while the dialog is closed. */
  const source = shallowRef<ExportSource | null>(null);
  /** The flags of `source`, as far as they are read. */
  const flags = shallowRef<readonly Flag[]>([]);
  /** Job of the export that the dialog began. */
  const begun = ref<string | null>(null);
  const exports = shallowRef<readonly ExportRow[]>([]);
  const listState = shallowRef<ListState>({ kind: 'loading' });
  /** Somebody looked at the list: from then on it is kept as it is in the core. */
  let isWanted = false;

  const ofKind = computed(() => jobs.jobs.filter(({ kind }) => kind === 'export'));
  /** Jobs that have come to no end yet, or failed. */
  const unfinished = computed(() => ofKind.value.filter(({ state }) => state !== 'done').slice(0, 5));
  const job = computed((): Job | null => ofKind.value.find(({ id }) => id === begun.value) ?? null);
  const result = computed(() => exports.value.find((row) => row.job === begun.value) ?? null);

  /** Asks what to make of these flags, by their ids. */
  function openExport(flagIds: readonly string[]): void {
    if (flagIds.length > 0) open({ kind: 'flags', flags: flagIds });
  }

  /** Asks what to make of a part of the recording `name`, which is `length` seconds long. */
  function openStretch(stretch: Stretch, name: string, length: number): void {
    open({ kind: 'stretch', stretch, name, length });
  }

  /** The stretch with other bounds. */
  function setStretch(stretch: Stretch): void {
    if (source.value?.kind === 'stretch') source.value = { ...source.value, stretch };
  }

  function open(given: ExportSource): void {
    begun.value = null;
    flags.value = [];
    source.value = given;
    if (given.kind === 'flags') void readFlags(given);
  }

  async function readFlags(given: ExportSource & { readonly kind: 'flags' }): Promise<void> {
    // Without them the dialog has no names to show, and nothing to draw on.
    const rows = await client.flags.rows({ ids: given.flags.slice(0, mostRead) }).catch(() => ({ items: [] }));
    if (source.value === given) flags.value = rows.items;
  }

  function close(): void {
    source.value = null;
    begun.value = null;
  }

  const estimate = (wish: Omit<ExportWish, 'out'>, signal: AbortSignal): Promise<ExportEstimate> =>
    client.evidence.estimate(wish, { signal });

  /** Errors: those of the core, before a job waits. */
  async function start(wish: ExportWish): Promise<void> {
    begun.value = (await jobs.export(wish)).id;
  }

  async function refresh(): Promise<void> {
    isWanted = true;
    try {
      exports.value = (await client.evidence.exports({})).items;
      listState.value = { kind: 'ready' };
    } catch (caught) {
      const error = appErrorFrom(caught);
      // After reconnecting it is asked again.
      if (error.code !== 'connection-lost') listState.value = { kind: 'error', error };
    }
  }

  client.on('job.changed', ({ kind, state }) => {
    if (kind === 'export' && state === 'done' && (isWanted || begun.value !== null)) void refresh();
  });
  connection.onReady(() => {
    if (isWanted) void refresh();
  });

  const downloadUrl = (of: string) => connection.mediaUrl({ kind: 'export', job: of });
  /** Another export of the same. */
  const again = () => (begun.value = null);

  return {
    ...{ source, flags, job, result, exports, listState, unfinished },
    ...{ openExport, openStretch, setStretch, close, again, estimate, start, refresh, downloadUrl },
  };
});
