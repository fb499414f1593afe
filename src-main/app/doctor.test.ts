import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import type { AuditFault } from '../contract/audit.ts';
import type { PolicyVersionSummary } from '../contract/policy-version.ts';
import { examine } from './doctor.ts';
import type { Examination } from './nets.ts';

/** What the workers of a machine without any graphics card find. */
const found: Examination = {
  codecs: ['h264', 'hevc', 'mpeg4', 'msmpeg4v3', 'mjpeg', 'av1', 'vp9'].map((name) => ({
    name,
    decode: true,
    encode: false,
  })),
  ffmpeg: '8.1 --enable-gpl --enable-version3 --disable-doc',
  providers: [
    { provider: 'cuda', works: false, reason: 'A library is missing', msPerRun: null },
    { provider: 'dml', works: false, reason: 'There is none', msPerRun: null },
    { provider: 'coreml', works: false, reason: 'There is none', msPerRun: null },
    { provider: 'cpu', works: true, reason: null, msPerRun: 12.34 },
  ],
  models: { level: 'both', id: 'm1', folder: '/models' },
};

const head = { number: 7, hash: '5'.repeat(64) };

const inForce: PolicyVersionSummary = {
  ...{ id: 'ab'.repeat(32), name: 'shipped', policy: 'nano', origin: 'shipped', parents: [], createdAtMs: 1 },
  ...{ weights: 'cd'.repeat(32), bytes: 9, gate: null, active: true },
};

const checksFor = async (
  examination: Partial<Examination>,
  fault: AuditFault | null = null,
  policies: { readonly list: () => PolicyVersionSummary[]; readonly notice: string | null } = {
    ...{ list: () => [inForce], notice: null },
  },
) => {
  const checks = await examine(
    {
      store: {
        recordingLists: { count: () => 2 },
        flagQueue: { count: () => 1 },
        inspectAudit: () => ({ head, atMs: 1, fault }),
      },
      folder: { root: tmpdir() },
      nets: { examine: () => Promise.resolve({ ...found, ...examination }) },
      policies,
      workerCount: 1,
      preference: 'auto',
    },
    new AbortController().signal,
  );
  return new Map(checks.map((check) => [check.name, check]));
};

test('what is made for other systems is absent, what could run here and does not makes it worse', async () => {
  const checks = await checksFor({});
  const elsewhere = process.platform === 'darwin' ? 'dml' : 'coreml';
  expect(checks.get(`provider ${elsewhere}`)).toMatchObject({
    state: 'absent',
    detail: expect.stringMatching(/^is there on \w+ only$/),
  });
  expect(checks.get('provider cuda')).toMatchObject({ state: 'degraded', detail: 'A library is missing' });
  expect(checks.get('provider cpu')).toMatchObject({
    ...{ state: 'ok', detail: 'runs, 12.3 ms per trial run' },
    provider: { name: 'cpu', inUse: true, msPerRun: 12.34 },
  });
  expect(checks.get('provider cuda')?.provider).toEqual({ name: 'cuda', inUse: false, msPerRun: null });
});

test.each([
  ['8.1 --enable-gpl --enable-version3 --disable-doc', '8.1, under the GPL 3 or later'],
  ['8.1 --enable-version3', '8.1, under the LGPL 3 or later'],
  ['8.1', '8.1, under the LGPL 2.1 or later'],
])('FFmpeg %s is told in short and in full', async (ffmpeg, detail) => {
  expect((await checksFor({ ffmpeg })).get('FFmpeg')).toEqual({ name: 'FFmpeg', state: 'ok', detail, full: ffmpeg });
});

test('the audit log is told with its head, and a fault with its words', async () => {
  expect((await checksFor({})).get('audit log')).toEqual({
    ...{ name: 'audit log', state: 'ok' },
    detail: `whole: 7 rows, the newest ${head.hash}`,
  });
  const fault = { fault: 'removed', number: 4, reason: 'Row 4 of the audit log was removed.' } as const;
  expect((await checksFor({}, fault)).get('audit log')).toMatchObject({ state: 'failed', detail: fault.reason });
});

test('the learned policy is told by the version in force, and degraded where its files are missing', async () => {
  expect((await checksFor({})).get('policy nano')).toEqual({
    ...{ name: 'policy nano', state: 'ok', detail: 'shipped (abababababab) in force, one of 1' },
  });
  const missing = { list: () => [], notice: 'Its weights are gone.' };
  expect((await checksFor({}, null, missing)).get('policy nano')).toMatchObject({
    state: 'degraded',
    detail: 'no version in force: Its weights are gone.',
  });
});
