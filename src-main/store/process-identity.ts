/** Tells whether a process that was noted down still runs, or another one has got its number. */
import { readFileSync } from 'node:fs';

/**
 * Start of a running process as Linux counts it: the boot's id and clock ticks since then. Null where there is no /proc
 * or no such process.
 */
export function processStart(pid: number): string | null {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the program's name in brackets and may hold anything; the 22nd is the start (proc_pid_stat(5)).
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
    const ticks = fields[19];
    return ticks === undefined ? null : `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}/${ticks}`;
  } catch {
    return null;
  }
}

/** Whether process `pid` runs and, where both starts are known, is the one that started then. */
export function isSameProcess(pid: number, start: string | null): boolean {
  if (!isRunning(pid)) return false;
  const now = processStart(pid);
  return start === null || now === null || now === start;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
