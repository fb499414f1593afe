import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../contract/errors.ts';
import { newSocketPath } from './local-socket.ts';

const uid = userInfo().uid;
let base: string;
let data: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'anom-pi-'));
  data = join(base, 'data');
  mkdirSync(data);
});
afterEach(() => {
  rmSync(base, { recursive: true });
});

describe.skipIf(process.platform === 'win32')('newSocketPath', () => {
  const here = (env: NodeJS.ProcessEnv = { XDG_RUNTIME_DIR: base }) => newSocketPath(data, env);

  it('lies in a folder that only its user may enter, whatever it was before', () => {
    mkdirSync(join(base, `anom-pi-${uid}`));
    chmodSync(join(base, `anom-pi-${uid}`), 0o777);
    expect(statSync(dirname(here())).mode & 0o777).toBe(0o700);
  });

  it('is another one at each start, and removes what this data folder left behind', () => {
    const first = here();
    writeFileSync(first, '');
    const others = join(dirname(first), '0123456789abcdef-01234567.sock');
    writeFileSync(others, '');
    const second = here();
    expect(second).not.toBe(first);
    expect([existsSync(first), existsSync(others)]).toEqual([false, true]);
    // The same folder by another name has the same key.
    symlinkSync(data, join(base, 'link'));
    const linked = basename(newSocketPath(join(base, 'link'), { XDG_RUNTIME_DIR: base }));
    expect(linked.split('-')[0]).toBe(basename(second).split('-')[0]);
  });

  it('fits into a socket address however long the runtime folder’s name is', () => {
    const long = join(base, 'x'.repeat(120));
    mkdirSync(long);
    const path = here({ XDG_RUNTIME_DIR: long });
    expect(path.startsWith(long)).toBe(false);
    expect(Buffer.byteLength(path)).toBeLessThanOrEqual(103);
  });

  it.each([undefined, '', '/does/not/exist'])('goes elsewhere where the runtime folder is %s', (folder) => {
    expect(here({ XDG_RUNTIME_DIR: folder })).toContain(`/anom-pi-${uid}/`);
  });

  it('refuses a folder that is a link to somewhere else', () => {
    symlinkSync(data, join(base, `anom-pi-${uid}`));
    expect(() => here()).toThrow(AppError);
  });
});
