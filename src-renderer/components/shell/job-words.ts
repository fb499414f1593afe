/** What a job says of itself, in the window's words. */
import type { Job, JobProgress } from '../../../src-main/contract/job.ts';
import { t } from '../../i18n/index.ts';
import { fileName, formatBytes, formatDuration, formatList, formatNumber, formatSpan } from '../../lib/format.ts';

type Unit = JobProgress['unit'];

function amount(value: number, unit: Unit): string {
  switch (unit) {
    case 'seconds':
      return formatDuration(value);
    case 'bytes':
      return formatBytes(value);
    case 'files':
    case 'frames':
    case 'steps':
      return formatNumber(value);
    default:
      return unit satisfies never;
  }
}

/** `12 of 40 files`, `3:10 of 12:00 of footage`. */
const doneWords = ({ done, total, unit }: JobProgress): string =>
  t(`shell.job.done.${unit}`, { done: amount(done, unit), total: amount(total, unit), count: total });

/** `12× real time`, `3.5 MB/s`; null while nothing was measured. */
function rateWords({ rate, unit }: JobProgress): string | null {
  if (rate === null || rate <= 0) return null;
  const number = unit === 'bytes' ? formatBytes(rate) : formatNumber(rate, undefined, rate < 10 ? 1 : 0);
  return t(`shell.job.rate.${unit}`, { rate: number });
}

/** Share that is done, null where the whole is not known yet. */
export function doneShare({ progress, state }: Job): number | null {
  if (state === 'done') return 1;
  return progress.total > 0 ? Math.min(1, progress.done / progress.total) : state === 'running' ? null : 0;
}

/** What it does, and with which folders. */
export function jobTitle({ kind, folders }: Job): string {
  const what = t(`shell.job.kind.${kind}`);
  return folders.length === 0 ? what : t('shell.job.of', { kind: what, folders: formatList(folders.map(fileName)) });
}

/** Everything there is to say beside its name, most important first. */
export function jobFacts(job: Job): string[] {
  const { failed } = job.progress;
  const facts = progressFacts(job);
  return failed === 0 ? facts : [...facts, t('shell.job.failed', { count: failed })];
}

function progressFacts(job: Job): string[] {
  const { progress, state, startedAtMs, endedAtMs } = job;
  switch (state) {
    case 'waiting':
      return [t('shell.job.waitingTurn')];
    case 'running': {
      const left =
        progress.secondsLeft === null ? null : t('shell.job.left', { time: formatSpan(progress.secondsLeft) });
      const done = progress.total > 0 ? doneWords(progress) : t('shell.job.starting');
      return [done, rateWords(progress), left].filter((fact) => fact !== null);
    }
    case 'paused':
      return progress.total > 0 ? [doneWords(progress)] : [];
    case 'done':
    case 'failed': {
      const facts = progress.total > 0 ? [state === 'done' ? allWords(progress) : doneWords(progress)] : [];
      if (endedAtMs === null) return facts;
      return [...facts, t('shell.job.took', { time: formatSpan((endedAtMs - startedAtMs) / 1000) })];
    }
    default:
      return state satisfies never;
  }
}

const allWords = ({ done, unit }: JobProgress): string =>
  t(`shell.job.all.${unit}`, { total: amount(done, unit), count: done });

/** What it works on: the name of a file, with the whole path for those who ask. */
export const workedOn = ({ label }: JobProgress): { readonly short: string; readonly full: string } => ({
  short: fileName(label),
  full: label,
});
