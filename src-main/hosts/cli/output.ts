/** What the command line prints: results on stdout as JSON lines or as text, progress and notes on stderr. */
import type { Job } from '../../contract/job.ts';

export interface Output {
  readonly json: boolean;
  /** One result: the object as one JSON line, or the text. */
  result(value: unknown, text: string): void;
  note(text: string): void;
  progress(job: Job): void;
  /** Ends a progress line that is being rewritten. */
  settle(): void;
}

/** Progress to something that is not a terminal is a line at most this often. */
const plainIntervalMs = 10_000;

export function createOutput(json: boolean): Output {
  let rewriting = false;
  let lastPlainMs = -Infinity;
  const settle = () => {
    if (rewriting) process.stderr.write('\n');
    rewriting = false;
  };
  return {
    json,
    settle,
    result(value, text) {
      settle();
      process.stdout.write(`${json ? JSON.stringify(value) : withoutControls(text)}\n`);
    },
    note(text) {
      settle();
      process.stderr.write(`${text}\n`);
    },
    progress(job) {
      if (job.progress.total === 0) return;
      if (process.stderr.isTTY) {
        const width = Math.max(20, process.stderr.columns - 1);
        process.stderr.write(`\r\x1b[2K${printable(progressText(job)).slice(0, width)}`);
        rewriting = true;
        return;
      }
      const nowMs = performance.now();
      if (nowMs - lastPlainMs < plainIntervalMs) return;
      lastPlainMs = nowMs;
      process.stderr.write(`${printable(progressText(job))}\n`);
    },
  };
}

/** `scan 42 % · 63 of 150 s · 21.0 s/s · 4 s left · Front gate.mp4` */
function progressText({ kind, progress }: Job): string {
  const { done, total, unit, rate, secondsLeft, label } = progress;
  const units = { files: 'files', seconds: 's', bytes: 'bytes', frames: 'frames', steps: 'steps' }[unit];
  const share = total > 0 ? `${Math.floor((100 * done) / total)} %` : '';
  const pace = rate === null ? '' : `${rate >= 100 ? Math.round(rate) : rate.toPrecision(2)} ${units}/s`;
  const left = secondsLeft === null ? '' : `${durationText(secondsLeft)} left`;
  return [`${kind} ${share}`, `${Math.round(done)} of ${Math.round(total)} ${units}`, pace, left, label]
    .filter((part) => part !== '')
    .join(' · ');
}

/** `text` on one line and without what a terminal would obey: the names of files are not ours. */
export const printable = (text: string): string => withoutControls(text).replaceAll('\n', '␤');

const withoutControls = (text: string): string => text.replace(/[^\P{Cc}\n]/gu, '�');

export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** `1:02:03.4`, the way players write a time in a recording. */
export function positionText(seconds: number): string {
  const tenths = Math.round(seconds * 10);
  const whole = Math.floor(tenths / 10);
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const head = hours > 0 ? `${hours}:${two(minutes)}` : `${minutes}`;
  return `${head}:${two(whole % 60)}.${tenths % 10}`;
}

/** Rows of a table as lines, every column as wide as its widest cell. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
