import { describe, expect, it } from 'vitest';
import {
  type Ending,
  noteOf,
  type Obstacle,
  obstacleOfDownload,
  obstacleOfTrial,
  obstacleOnMachine,
  obstacleText,
  recalledObstacle,
} from './obstacle.ts';

const exit = (code: number | null, output = '', signal: NodeJS.Signals | null = null): Ending => ({
  kind: 'exit',
  code,
  signal,
  output,
});
const textOf = (obstacle: Obstacle | null) => (obstacle === null ? null : obstacleText(obstacle));

describe('the machine', () => {
  it.each([
    ['linux', {}, false, 'there is no display'],
    ['linux', { DISPLAY: '', WAYLAND_DISPLAY: '' }, false, 'there is no display'],
    ['linux', { DISPLAY: ':0' }, true, 'its sandbox does not work for root'],
    ['linux', { DISPLAY: ':0' }, false, null],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, false, null],
    ['darwin', {}, false, null],
    ['win32', {}, false, null],
  ] as const)('%s %o, root %s: %s', (platform, env, isRoot, text) => {
    expect(textOf(obstacleOnMachine({ platform, env, isRoot }))).toBe(text);
  });
});

describe('a download', () => {
  it.each([
    [exit(0), null],
    [
      exit(1, 'RequestError: getaddrinfo ENOTFOUND github.com\n    at ClientRequest'),
      'no binary, and it could not be fetched: RequestError: getaddrinfo ENOTFOUND github.com',
    ],
    [{ kind: 'late', seconds: 7 } as const, 'no binary, and fetching it takes longer than 7 s'],
    [{ kind: 'not-started', reason: 'spawn EACCES' } as const, 'no binary, and it could not be fetched: spawn EACCES'],
  ])('%o: %s', (ending, text) => {
    expect(textOf(obstacleOfDownload(ending))).toBe(text);
  });
});

describe('a trial', () => {
  it.each([
    [exit(0, 'v45.4.1\n'), null],
    [
      exit(127, 'electron: error while loading shared libraries: libnss3.so: cannot open shared object file'),
      'a system library is missing: libnss3.so',
    ],
    [
      exit(null, 'dyld[1]: Library not loaded: @rpath/X.framework/X', 'SIGABRT'),
      'a system library is missing: @rpath/X.framework/X',
    ],
    [exit(0xc000_0135), 'a system library is missing: a DLL'],
    [
      exit(null, '[1:FATAL:setuid_sandbox_host.cc(163)] The SUID sandbox helper binary was found, but', 'SIGTRAP'),
      'the system does not let it set up its sandbox',
    ],
    [
      exit(1, 'Running as root without --no-sandbox is not supported.'),
      'the system does not let it set up its sandbox',
    ],
    [exit(null, '', 'SIGSEGV'), 'it ended as it started: SIGSEGV'],
    [exit(1, 'one\nFATAL: two\nthree\n'), 'it ended as it started: exit code 1, FATAL: two'],
    [{ kind: 'late', seconds: 9 } as const, 'it did not answer in 9 s'],
    [{ kind: 'not-started', reason: 'spawn ENOENT' } as const, 'it ended as it started: spawn ENOENT'],
  ])('%o: %s', (ending, text) => {
    expect(textOf(obstacleOfTrial(ending))).toBe(text);
  });

  it('is told in one line of bounded length, without what a terminal would obey', () => {
    const text = textOf(obstacleOfTrial(exit(1, `error: \u001b[31m${'x'.repeat(500)}`))) ?? '';
    expect(text).not.toMatch(/\p{Cc}/u);
    expect(text.length).toBeLessThan(250);
  });
});

describe('what is remembered', () => {
  const hour = 3_600_000;
  const late: Obstacle = { kind: 'download-late', detail: '7 s' };
  const library: Obstacle = { kind: 'library-missing', detail: 'libnss3.so' };
  const recall = (note: unknown, now: { electron?: string; hasBinary?: boolean; atMs?: number } = {}) =>
    recalledObstacle(note, { electron: '45.4.1', hasBinary: true, atMs: hour, ...now });

  it('holds for a day', () => {
    expect(recall(noteOf(library, '45.4.1', 0))).toEqual(library);
    expect(recall(noteOf(library, '45.4.1', 0), { atMs: 24 * hour - 1 })).toEqual(library);
    expect(recall(noteOf(library, '45.4.1', 0), { atMs: 24 * hour })).toBeNull();
    expect(recall(noteOf(library, '45.4.1', 2 * hour))).toBeNull();
  });

  it('holds for its version of Electron', () => {
    expect(recall(noteOf(library, '44.0.0', 0))).toBeNull();
  });

  it('of a missing binary holds until there is one, and of a binary as long as it is there', () => {
    expect(recall(noteOf(late, '45.4.1', 0), { hasBinary: false })).toEqual(late);
    expect(recall(noteOf(late, '45.4.1', 0), { hasBinary: true })).toBeNull();
    expect(recall(noteOf(library, '45.4.1', 0), { hasBinary: false })).toBeNull();
  });

  it.each([null, 'text', [], {}, { kind: 'root' }, { ...noteOf(library, '45.4.1', 0), kind: 'unheard-of' }])(
    'is nothing where it reads %o',
    (note) => {
      expect(recall(note)).toBeNull();
    },
  );
});
