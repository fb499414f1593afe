/** The lock of a data folder between real processes: killed ones, racing ones, and what the others are told. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempDisposableSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { acquireDataFolderLock, readHolder } from '../../src-main/store/index.ts';

const store = new URL('../../src-main/store/index.ts', import.meta.url).href;
let temporary: ReturnType<typeof mkdtempDisposableSync>;
let folder: string;
let children: ChildProcess[];

beforeEach(() => {
  temporary = mkdtempDisposableSync(path.join(tmpdir(), 'anom-pi-lock-'));
  folder = path.join(temporary.path, 'data');
  children = [];
});

afterEach(async () => {
  for (const child of children) await killed(child);
  temporary.remove();
});

/** A process that takes the lock, says how that went on a line of JSON, and keeps it until it is killed. */
function holder(before = ''): ChildProcess {
  const code = /* js */ `
    import { acquireDataFolderLock } from ${JSON.stringify(store)};
    ${before}
    try {
      const lock = acquireDataFolderLock(${JSON.stringify(folder)}, { version: '0.1.0' });
      lock.publish({ socket: '/run/core.sock', token: 'secret' });
      console.log(JSON.stringify({ won: process.pid }));
      setInterval(() => {}, 1 << 30);
    } catch (error) {
      console.log(JSON.stringify({ lost: error.code, message: error.message, details: error.details }));
    }`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}

async function firstLine(child: ChildProcess): Promise<Record<string, unknown>> {
  if (child.stdout === null) throw new Error('the child was started without a pipe');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return JSON.parse(line) as Record<string, unknown>;
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

it('is held by one process, which others can reach and name', async () => {
  const child = holder();
  expect(await firstLine(child)).toEqual({ won: child.pid });
  expect(readHolder(folder)).toMatchObject({
    pid: child.pid,
    socket: '/run/core.sock',
    token: 'secret',
    version: '0.1.0',
  });
  expect(() => acquireDataFolderLock(folder)).toThrow(
    expect.objectContaining({
      code: 'core-locked',
      message: expect.stringContaining(`process ${child.pid}`),
      details: expect.objectContaining({ pid: child.pid, folder }),
    }),
  );
});

it('keeps the token from other users', async () => {
  using lock = acquireDataFolderLock(folder);
  writeFileSync(path.join(folder, `core.json.${process.pid}`), '', { mode: 0o666 });
  lock.publish({ socket: 's', token: 't' });
  expect(statSync(path.join(folder, 'core.json')).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
});

it('is free as soon as its holder was killed, and the note of the dead names nobody', async () => {
  for (let round = 0; round < 3; round++) {
    const child = holder();
    await firstLine(child);
    await killed(child);
    expect(existsSync(path.join(folder, 'core.json'))).toBe(true);
    expect(readHolder(folder)).toBeNull();
    const lock = acquireDataFolderLock(folder);
    expect(readHolder(folder)).toMatchObject({ pid: process.pid, socket: null });
    lock.release();
    lock.release();
    expect(readHolder(folder)).toBeNull();
  }
});

it('goes to exactly one of several that race, and the others name it', async () => {
  // All start at the same instant, which leaves time to load.
  const before = `while (Date.now() < ${Date.now() + 1500});`;
  const ends = await Promise.all(Array.from({ length: 4 }, () => firstLine(holder(before))));
  const winners = ends.filter((end) => 'won' in end);
  expect(winners).toHaveLength(1);
  const losers = ends.filter((end) => 'lost' in end);
  for (const { lost, details } of losers) {
    expect(lost).toBe('core-locked');
    expect(details).toMatchObject({ pid: winners[0]?.['won'] });
  }
  expect(losers).toHaveLength(3);
});

it('refuses a second holder in the same process', () => {
  using lock = acquireDataFolderLock(folder);
  expect(readHolder(folder)?.pid).toBe(process.pid);
  expect(() => acquireDataFolderLock(folder)).toThrow(expect.objectContaining({ code: 'core-locked' }));
  expect(readHolder(folder)?.pid).toBe(process.pid);
  expect(lock.folder).toBe(folder);
});

it('is not fooled by a pid that another process has got', async () => {
  using lock = acquireDataFolderLock(folder);
  const note = path.join(folder, 'core.json');
  const holding: unknown = JSON.parse(readFileSync(note, 'utf8'));
  // As if an earlier process with our pid had left the note, and its lock were somebody's who has not yet written one.
  writeFileSync(note, JSON.stringify({ ...(holding as object), processStart: 'another boot/1' }));
  expect(readHolder(folder) === null).toBe(existsSync('/proc/self/stat'));
  writeFileSync(note, '{"pid": 1');
  expect(readHolder(folder)).toBeNull();
  writeFileSync(note, '{"pid": "1"}');
  expect(readHolder(folder)).toBeNull();
  lock.publish({ socket: 's', token: 't' });
  expect(readHolder(folder)?.socket).toBe('s');
});

it('names nobody in a folder that no core has used', () => {
  expect(readHolder(folder)).toBeNull();
  expect(existsSync(folder)).toBe(false);
});
