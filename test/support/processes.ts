/** The processes of this machine, as far as tests must see or end them. Linux only: it reads /proc. */
import { readdirSync, readFileSync } from 'node:fs';

export const hasProc = process.platform === 'linux';

/** Pids of the living direct children of `parent`. */
export function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);
}

function parentOf(pid: number): number | null {
  const stat = readProc(`/proc/${pid}/stat`);
  // The command in parentheses may hold spaces and parentheses of its own.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields === undefined || fields[0] === 'Z' ? null : Number(fields[1]);
}

/** Paths of the files that the process has mapped, native libraries among them. */
export function mappedFiles(pid: number): string[] {
  const maps = readProc(`/proc/${pid}/maps`) ?? '';
  return [...new Set(maps.split('\n').flatMap((line) => line.match(/\/.*$/)?.[0] ?? []))];
}

function readProc(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Resident memory of a process; 0 once it is gone. */
export function residentBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readProc(`/proc/${pid}/status`) ?? '')?.[1];
  return kilobytes === undefined ? 0 : Number(kilobytes) * 1024;
}
