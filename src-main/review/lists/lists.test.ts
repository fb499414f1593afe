/** Flags as lists: times that stand by themselves, and texts that the formats do not take for their own. */
import { expect, test } from 'vitest';
import { csvText } from './csv.ts';
import { type ExportedFlag, flagRecord, momentOf } from './exported-flag.ts';
import { flagsJson } from './json.ts';
import { webVttText } from './webvtt.ts';

const exported = (
  over: Partial<ExportedFlag> = {},
  note = '',
  utcMs: number | null = Date.UTC(2026, 9, 25, 0, 59, 59),
): ExportedFlag => ({
  flag: {
    ...{ id: 'f'.repeat(64), recording: 'r', path: 'C:\\films\\a "b".mp4', camera: '@home', start: 1.25, end: 3725.5 },
    ...{
      class: 'fall',
      score: 0.5,
      explanation: 'One --> two\nlines & <b>',
      claims: [],
      trajectory: 't',
      policy: 'rules',
      policyVersion: '1',
    },
    verdict: { decision: 'confirm', class: null, start: 2, end: null, note, decidedAtMs: 9 },
  },
  recording: {
    ...{ id: 'r', path: 'C:\\films\\a "b".mp4', camera: '@home', bytes: 5, status: 'ready', reason: null, video: null },
    clock: { utcMs, source: 'file-name', text: 'a' },
  },
  verdicts: [],
  zone: { name: 'Europe/Berlin', source: 'camera' },
  clockOffsetMs: 500,
  ...over,
});

test('local times have the offset of their moment', () => {
  // Clocks in Berlin went back from 3 to 2 at 1:00 UTC on 25 October 2026.
  expect([0, 0.999, 1, 1.5].map((seconds) => momentOf(exported(), seconds).local)).toEqual([
    '2026-10-25T02:59:59.000+02:00',
    '2026-10-25T02:59:59.999+02:00',
    '2026-10-25T02:00:00.000+01:00',
    '2026-10-25T02:00:00.500+01:00',
  ]);
  const kolkata = exported({ zone: { name: 'Asia/Kolkata', source: 'machine' } });
  expect(momentOf(kolkata, 0).local).toBe('2026-10-25T06:29:59.000+05:30');
  const stJohns = exported({ zone: { name: 'America/St_Johns', source: 'machine' } });
  expect(momentOf(stJohns, 0).local).toBe('2026-10-24T22:29:59.000-02:30');
  expect(momentOf(exported({}, '', null), 7)).toEqual({ seconds: 7, utc: null, local: null });
});

test('a table quotes what needs it, and computes nothing', () => {
  const text = csvText([exported({}, '=HYPERLINK("http://x")\nsecond line')]);
  const [head = '', ...rows] = text.split('\r\n');
  const row = rows.join('\r\n');
  expect(head.startsWith('\uFEFFflag,camera,file,')).toBe(true);
  expect(row).toContain(`,'@home,"a ""b"".mp4",2,3725.5,2026-10-25T01:00:01.000Z,`);
  expect(row).toContain(`"'=HYPERLINK(""http://x"")\nsecond line"`);
  expect(csvText([])).toBe(`${head}\r\n`);
});

test('subtitles stand in order, on lines of their own, with nothing that ends a cue', () => {
  const earlier = exported();
  const first = { ...earlier, flag: { ...earlier.flag, id: 'e'.repeat(64), start: 0, end: 1, verdict: null } };
  expect(webVttText([exported({}, 'a\n\nb'), first])).toBe(`WEBVTT

NOTE
@home · a "b".mp4
0 is 2026-10-25T00:59:59.000Z, 2026-10-25T02:59:59.000+02:00 (clock: file-name)

${'e'.repeat(64)}
00:00:00.000 --> 00:00:01.000
A fall · 0.50 · open
One --&gt; two lines &amp; &lt;b&gt;

${'f'.repeat(64)}
00:00:02.000 --> 01:02:05.500
A fall · 0.50 · confirm
One --&gt; two lines &amp; &lt;b&gt;
a b
`);
});

test('JSON tells what was found and what holds, with the source of every time', () => {
  const [flag] = (JSON.parse(flagsJson([exported()], 0)) as { flags: unknown[] }).flags;
  expect(flag).toEqual(JSON.parse(JSON.stringify(flagRecord(exported()))));
  expect(flag).toMatchObject({
    recording: { file: 'a "b".mp4', fingerprint: 'r' },
    found: { start: 1.25 },
    held: { start: 2, end: 3725.5, class: 'fall', state: 'confirm' },
    times: { zone: { source: 'camera' }, clock: { source: 'file-name', cameraCorrectionMs: 500 } },
  });
});

/** Rejected with `reason`, and tagged. */
function rejected(reason: string, tags: string[]): ExportedFlag {
  const { flag, ...rest } = exported();
  const verdict = {
    decision: 'reject',
    class: null,
    start: null,
    end: null,
    note: '',
    reason,
    decidedAtMs: 9,
  } as const;
  return {
    ...rest,
    flag: { ...flag, verdict, tags },
    verdicts: [{ ...verdict, id: 1, flag: flag.id, retracts: null }],
  };
}

test('a rejection goes out with its reason, and a flag with its tags', () => {
  const flags = [rejected('usual-here', ['night', 'to show']), rejected('=his own words', [])];
  const [head = '', first = '', second = ''] = csvText(flags).split('\r\n');
  const columns = head.split(',');
  // Nothing before the two columns has a comma in it but the quoted file name.
  expect(columns.slice(columns.indexOf('note'), columns.indexOf('found_start_seconds'))).toEqual([
    'note',
    'reason',
    'tags',
  ]);
  expect(first).toContain(',reject,0.5,rules,');
  expect(first).toContain(',,usual-here,night; to show,1.25,');
  expect(second).toContain(",,'=his own words,,1.25,");

  const records = (JSON.parse(flagsJson(flags, 0)) as { flags: unknown[] }).flags;
  expect(records[0]).toMatchObject({
    held: { state: 'reject', reason: 'usual-here', note: '' },
    tags: ['night', 'to show'],
    verdicts: [{ decision: 'reject', reason: 'usual-here' }],
  });
  expect(records[1]).toMatchObject({ held: { reason: '=his own words' }, tags: [] });
  expect((JSON.parse(flagsJson([exported()], 0)) as { flags: unknown[] }).flags[0]).toMatchObject({
    held: { reason: null },
    tags: [],
  });

  const captions = webVttText(flags);
  expect(captions).toContain(
    'A fall · 0.50 · reject (Usual here)\nOne --&gt; two lines &amp; &lt;b&gt;\n#night #to show\n',
  );
  expect(captions).toContain('reject (=his own words)');
});
