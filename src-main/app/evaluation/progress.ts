/** Progress of an evaluation in seconds of footage, of several recordings at once. */
import type { JobContext } from '../jobs.ts';

export interface FootageProgress {
  /** `seconds` of the recording `key` are done; `label` is what is being worked on. */
  show(key: string, seconds: number, label: string): void;
  fail(): void;
}

export function createFootageProgress(context: Pick<JobContext, 'progress'>, total: number, failed: number) {
  const done = new Map<string, number>();
  let failures = failed;
  let sum = 0;
  return {
    show(key: string, seconds: number, label: string) {
      sum += seconds - (done.get(key) ?? 0);
      done.set(key, seconds);
      context.progress({ done: sum, total, unit: 'seconds', label, failed: failures });
    },
    fail() {
      failures++;
    },
  } satisfies FootageProgress;
}
