/** The core's long work: what runs, waits and ended, and starting more of it. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { Calls, ParamsGiven } from '../../src-main/contract/calls.ts';
import type { Job } from '../../src-main/contract/job.ts';
import { useConnection } from './connection.ts';
import { useNotices } from './notices.ts';

export interface ScanWish {
  /** Absolute; imported first. */
  readonly folders?: readonly string[] | undefined;
  readonly recordings?: readonly string[] | undefined;
  /** Looks also where the same look was taken before. */
  readonly again?: boolean | undefined;
  /** Analysed frames per minute of footage; the camera's or the settings' where none is given. */
  readonly framesPerMinute?: number | undefined;
}

export const useJobs = defineStore('jobs', () => {
  const connection = useConnection();
  const notices = useNotices();
  const { client } = connection;
  const jobs = shallowRef<readonly Job[]>([]);
  const active = computed(() => jobs.value.filter(({ state }) => state === 'running' || state === 'waiting'));

  /** The place of a job stays while it changes; new ones come first. */
  function put(job: Job) {
    jobs.value = jobs.value.some(({ id }) => id === job.id)
      ? jobs.value.map((one) => (one.id === job.id ? job : one))
      : [job, ...jobs.value];
  }

  client.on('job.changed', put);
  connection.onReady(() => {
    client.jobs.list().then(({ items }) => (jobs.value = items), notices.showError);
  });

  async function started(answer: Promise<{ readonly job: Job }>): Promise<Job> {
    const { job } = await answer;
    // It may have ended before its start was answered.
    if (!jobs.value.some(({ id }) => id === job.id)) put(job);
    return job;
  }

  return {
    jobs,
    active,
    importFolders: (folders: readonly string[]) => started(client.archive.import({ folders: [...folders] })),
    scan: ({ folders, recordings, again = false, framesPerMinute }: ScanWish) =>
      started(
        client.scan.start({
          again,
          ...(framesPerMinute === undefined ? {} : { framesPerMinute }),
          ...(folders === undefined ? {} : { folders: [...folders] }),
          ...(recordings === undefined ? {} : { recordings: [...recordings] }),
        }),
      ),
    export: (wish: ParamsGiven<Calls['evidence']['export']>) => started(client.evidence.export(wish)),
    evaluate: (wish: ParamsGiven<Calls['evaluations']['start']>) => started(client.evaluations.start(wish)),
    train: (wish: ParamsGiven<Calls['training']['start']>) => started(client.training.start(wish)),
    compare: (wish: ParamsGiven<Calls['policies']['compare']>) => started(client.policies.compare(wish)),
    startSamples: () => started(client.samples.start()),
    fetchModels: () => started(client.models.fetch()),
    cancel: async (job: string) => put((await client.jobs.cancel({ job })).job),
    resume: async (job: string) => put((await client.jobs.resume({ job })).job),
  };
});
