/** The doctor in Chinese: whatever its source says of this machine has Chinese words, in every state that it finds. */
import type * as FileSystem from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { sentencesIn } from '../../../test/support/source-sentences.ts';
import { examine, type DoctorTools } from '../../app/doctor.ts';
import type { Examination } from '../../app/nets.ts';
import { findAuditFault } from '../../store/audit-chain.ts';
import type { DoctorCheck } from '../doctor.ts';
import { chineseFor } from './zh.ts';

const disk = vi.hoisted(() => ({ bavail: 2 ** 30, bsize: 4096, type: 0 }));
vi.mock('node:fs/promises', async (original) => ({
  ...(await original<typeof FileSystem>()),
  statfs: () => Promise.resolve(disk),
}));

const codecs = (decode: boolean): Examination['codecs'] =>
  ['h264', 'hevc', 'mpeg4', 'msmpeg4v3', 'mjpeg', 'av1', 'vp9'].map((name) => ({ name, decode, encode: false }));

const trial = (provider: Examination['providers'][number]['provider'], reason: string | null) => ({
  ...{ provider, works: false, reason, msPerRun: null },
});

/** Two machines: one on which all is well, and one on which nothing is. */
const well: Examination = {
  codecs: codecs(true),
  ffmpeg: '8.1 --enable-gpl --enable-version3',
  providers: [
    { provider: 'cpu', works: true, reason: null, msPerRun: 12.34 },
    { provider: 'webgpu', works: true, reason: null, msPerRun: null },
  ],
  models: { level: 'both', id: 'm1', folder: '/models' },
};
const failures = [
  ...['ONNX Runtime has no cuda provider for linux-x64.', "Its results differ from the CPU's by 4.2 %."],
  ...['It did not answer within 60 seconds.', 'Its process ended with signal SIGABRT.'],
  ...['Its process ended with exit code 3: no device.', 'Failed to load it (libcudnn.so.9 is missing)'],
];
const ill: Examination = {
  codecs: codecs(false),
  ffmpeg: '8.1',
  providers: [...failures.map((reason) => trial('cuda', reason)), trial('webgpu', null), trial('dml', null)].concat(
    trial('coreml', null),
  ),
  models: { level: 'none', id: 'm1', folder: '/models' },
};
const notice =
  'The weights of the nano policy in /p/nano.bin are damaged: everything but this policy works; install the program again (bad).';
const head = { number: 7, hash: '5'.repeat(64) };
const version = { ...{ id: 'ab'.repeat(32), name: 'v1', active: true } };

const examined = (found: Examination, isWell: boolean): Promise<DoctorCheck[]> =>
  examine(
    {
      store: {
        recordingLists: { count: () => 2 },
        flagQueue: { count: () => 1 },
        inspectAudit: () => ({ head, atMs: 1, fault: isWell ? null : findAuditFault([], 3) }),
      },
      folder: { root: '/data' },
      nets: { examine: () => Promise.resolve(found) },
      policies: { list: () => (isWell ? [version] : []), notice: isWell ? null : notice },
      ...{ workerCount: 2, preference: 'auto' },
    } as unknown as DoctorTools,
    new AbortController().signal,
  );

async function allChecks(): Promise<DoctorCheck[]> {
  Object.assign(disk, { bavail: 2 ** 30, type: 0 });
  const good = await examined(well, true);
  const halves = await Promise.all(
    (['objects', 'poses'] as const).map((level) => examined({ ...well, models: { ...well.models, level } }, true)),
  );
  Object.assign(disk, { bavail: 1, type: 0x6969 });
  return [...good, ...halves.flat(), ...(await examined(ill, false))];
}

/** Names that are the same in Chinese. */
const products =
  /\b(?:Node|linux|darwin|win32|x64|arm64|GiB|v1|NFS|SQLite|NanoDet|MoveNet|CPU|ONNX|Runtime|Windows|macOS|L?GPL|SIGABRT|FFmpeg|npm|nano|h264|hevc|mpeg4|msmpeg4v3|mjpeg|av1|vp9|cuda|webgpu|dml|coreml|cpu|m1)\b|\/\S+\b|`[^`]+`|--data|[0-9a-f]{12,}/g;
/** What other libraries say. */
const others = /no device|Failed to load it|libcudnn\.so\.9|（bad）/g;
const english = (text: string) =>
  text
    .replace(products, '')
    .replace(others, '')
    .match(/[A-Za-z]{2,}/g) ?? [];

describe('every check', () => {
  test('has a name, a finding and a way out in Chinese', async () => {
    const told = (await allChecks()).map(chineseFor.doctorCheck);
    const left = told.flatMap(({ name, detail, wayOut = '' }) =>
      [name, detail, wayOut].filter((text) => english(text).length > 0),
    );
    expect(left).toEqual([]);
  });

  test('keeps its state, its provider and what it says at length', async () => {
    for (const check of await allChecks()) {
      expect(chineseFor.doctorCheck(check)).toMatchObject({
        ...{ state: check.state, ...(check.provider !== undefined && { provider: check.provider }) },
        ...(check.full !== undefined && { full: check.full }),
      });
    }
  });

  test('that the source of the doctor can give is among those of this test', async () => {
    const place = '\u0000';
    const samples = new Proxy({}, { get: () => place });
    const sentences = sentencesIn(join(import.meta.dirname, '..', '..', 'app', 'doctor.ts'), samples);
    const said = (await allChecks()).flatMap(({ detail, wayOut = '' }) => [detail, wayOut]).join('\n');
    expect(sentences).not.toEqual([]);
    const unsaid = sentences.filter((sentence) => {
      const pattern = sentence.split(place).map((part) => RegExp.escape(part));
      return !new RegExp(pattern.join('.*')).test(said);
    });
    expect(unsaid).toEqual([]);
  });
});

test.each([
  [
    `Row 3 of the audit log was removed: 5 rows were written and the last is row 2.`,
    '审计日志的第 3 行被删除：共写入 5 行，最后一行却是 2。',
  ],
  [
    'The tags of flag f1 was changed: the audit log up to row 9 says otherwise.',
    '标签，标记 f1 被更改了：与审计日志至第 9 行所记不符。',
  ],
])('a fault of the audit log: %s', (fault, chinese) => {
  expect(chineseFor.kept(fault)).toBe(chinese);
});

test.each(['audit-chain.ts', 'audit-state.ts'])('%s says nothing else of a fault', (file) => {
  const samples = {
    ...{ number: '3', kind: 'altered', why: 'what it says does not have its hash', key: 'k1', what: 'is gone' },
    ...{ written: '5', 'rows.length': '2', 'row.number': '4', 'rows[followed]?.number ?? 0': '2', 'heir + 1': '4' },
    ...{ index: '2', 'nouns[table]': 'verdict' },
  };
  const sentences = sentencesIn(join(import.meta.dirname, '..', '..', 'store', file), samples);
  const whole = sentences
    .filter((text) => !text.includes('SELECT'))
    .map((text) => {
      if (text.startsWith('is ')) return `The miss m1 ${text}: the audit log up to row 9 says otherwise.`;
      return /^(?:Row|The) /.test(text) ? text : `Row 3 of the audit log was removed: ${text}.`;
    })
    .filter((text) => !text.includes('tags of flag'));
  expect(whole).not.toEqual([]);
  expect(
    whole
      .map((text) => chineseFor.kept(text))
      .filter((text) => english(text.replace('m1', '').replace('k1', '')).length > 0),
  ).toEqual([]);
});
