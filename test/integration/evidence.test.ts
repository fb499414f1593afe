/** Evidence out of a real archive, by the command line and the contract: what is written, that it holds, and what is logged. */
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditExcerpt } from '../../src-main/contract/evidence.ts';
import type { Flag } from '../../src-main/contract/flag.ts';
import type { Client } from '../../src-main/contract/service.ts';
import { readCvat } from '../../src-main/evaluation/exports/index.ts';
import { connectCore } from '../../src-main/hosts/connect-core.ts';
import { entries } from '../../src-main/hosts/entries.ts';
import { openVideo } from '../../src-main/video/index.ts';
import { alterDatabase } from '../support/alter-database.ts';
import { createWorkspace, killAndWait, until, type Workspace } from '../support/cli.ts';
import { commotion } from '../support/commotion.ts';

let workspace: Workspace;
let client: Client;
/** Of two recordings, the first decided on. */
let flags: readonly Flag[];
let video: string;
const at = (...names: string[]) => join(workspace.root, ...names);

async function ended(id: string): Promise<string> {
  let state = '';
  await until(async () => {
    state = (await client.jobs.list()).items.find((job) => job.id === id)?.state ?? '';
    return ['done', 'failed', 'paused'].includes(state);
  }, 90_000);
  return state;
}

beforeAll(async () => {
  workspace = await createWorkspace();
  const archive = at('archive');
  await mkdir(archive);
  await mkdir(at('out'));
  video = await commotion(join(archive, 'Yard_20260314_080000.mp4'));
  await commotion(join(archive, '=Gate_20260714_070000.mp4'), { seed: 2, from: 5, to: 12, seconds: 20 });
  ({ client } = await connectCore({ dataFolder: workspace.dataFolder, entries }));
  await client.settings.set({ settings: { timeZone: 'Europe/Berlin' } });
  const { job } = await client.scan.start({ folders: [archive], policy: 'rules' });
  expect(await ended(job.id)).toBe('done');
  const found = (await client.flags.list()).items;
  const yard = found.find(({ path }) => path === video) ?? expect.unreachable();
  const gate = found.find(({ path }) => path !== video) ?? expect.unreachable();
  await client.verdicts.decide({ flag: yard.id, decision: 'reject', note: 'too quick' });
  await client.verdicts.undo({ flag: yard.id });
  await client.verdicts.decide({
    flag: yard.id,
    decision: 'confirm',
    class: 'fight',
    start: 17,
    end: 21.5,
    note: 'a “row”, <loud>',
  });
  flags = (await client.flags.rows({ ids: [yard.id, gate.id] })).items;
}, 120_000);

afterAll(async () => {
  client.close();
  await workspace[Symbol.asyncDispose]();
});

const yard = () => flags[0] ?? expect.unreachable();
const gate = () => flags[1] ?? expect.unreachable();

/** The files of a package, found by its directory. */
function filesOf(archive: Buffer): ReadonlyMap<string, Buffer> {
  const end = archive.length - 22;
  let position = archive.readUInt32LE(end + 16);
  const files = new Map<string, Buffer>();
  for (let count = archive.readUInt16LE(end + 10); count > 0; count--) {
    const name = archive.subarray(position + 46, position + 46 + archive.readUInt16LE(position + 28)).toString('utf8');
    const from = archive.readUInt32LE(position + 42) + 30 + Buffer.byteLength(name);
    files.set(name, archive.subarray(from, from + archive.readUInt32LE(position + 24)));
    position += 46 + Buffer.byteLength(name) + archive.readUInt16LE(position + 30);
  }
  return files;
}

async function shownTimes(path: string): Promise<number[]> {
  await using reader = await openVideo(path);
  return [...(await reader.scanPackets()).times];
}

describe('an evidence package', () => {
  test('holds all there is about a flag, and says so itself', async () => {
    const written = await workspace.cli(['export', yard().id, '--out', 'out/yard.zip', '--whole', '--json']);
    expect(written).toMatchObject({
      code: 0,
      lines: [{ type: 'export', format: 'package', out: at('out', 'yard.zip') }],
    });
    const key = await workspace.cli(['audit', '--public-key', 'out/key.pem', '--json']);
    const fingerprint = String(key.lines[0]?.['fingerprint']);
    expect(written.stderr).toContain(fingerprint);

    const files = filesOf(await readFile(at('out', 'yard.zip')));
    const folder = `flags/01-${yard().id.slice(0, 12)}`;
    expect([...files.keys()]).toEqual([
      ...['README.txt', 'audit.json'],
      ...['flag.json', 'explanation.txt', 'times.json', 'verdicts.json', 'trajectory.json', 'footage.json'].map(
        (name) => `${folder}/${name}`,
      ),
      ...[`${folder}/clip.mp4`, `${folder}/viewing.mp4`, `originals/${yard().recording}.mp4`],
      ...['manifest.json', 'signature.json'],
    ]);
    const json = (name: string) => JSON.parse(files.get(name)?.toString() ?? 'null') as Record<string, unknown>;
    expect(files.get(`originals/${yard().recording}.mp4`)?.equals(await readFile(video))).toBe(true);
    expect(json(`${folder}/verdicts.json`)).toMatchObject([
      { decision: 'reject', note: 'too quick' },
      { decision: 'retract' },
      { decision: 'confirm', class: 'fight', start: 17, end: 21.5 },
    ]);
    // 14 March is still winter in Berlin.
    expect(json(`${folder}/times.json`)).toMatchObject({
      start: { seconds: 17, utc: '2026-03-14T07:00:17.000Z', local: '2026-03-14T08:00:17.000+01:00' },
      clock: { source: 'file-name' },
      zone: { name: 'Europe/Berlin', source: 'setting' },
    });
    expect(files.get(`${folder}/explanation.txt`)?.toString()).toContain(yard().explanation);
    expect(json(`${folder}/trajectory.json`)).toEqual(
      (await client.trajectories.get({ id: yard().trajectory })).trajectory,
    );
    expect(json(`${folder}/footage.json`)).toMatchObject({
      clip: { pictures: 'copied', start: 16, firstFrame: 16, end: expect.closeTo(21.5, 1) },
      viewing: { start: 16, end: expect.closeTo(21.5, 1) },
    });
    const audit = json('audit.json') as unknown as AuditExcerpt;
    expect(audit.rows.map(({ kind, subject }) => [kind, subject])).toEqual([1, 2, 3].map(() => ['verdict', yard().id]));

    for (const name of ['clip', 'viewing']) {
      const path = at('out', `${name}.mp4`);
      await writeFile(path, files.get(`${folder}/${name}.mp4`) ?? '');
      const times = await shownTimes(path);
      expect(times.length).toBeGreaterThanOrEqual(5.5 * 15);
      expect(times.at(-1)).toBeGreaterThan(5.4);
    }
  });

  test('is checked without data folder or core, with the key and without', async () => {
    await using elsewhere = await createWorkspace();
    const unsigned = await elsewhere.cli(['verify', at('out', 'yard.zip')]);
    expect(unsigned.code).toBe(0);
    expect(unsigned.stdout).toMatch(
      /^Unaltered since signed by SHA256:\S{43}, signer not verified \(13 files, 1 flag\)\.\n$/,
    );
    const signed = await elsewhere.cli(['verify', at('out', 'yard.zip'), '--key', at('out', 'key.pem')]);
    expect(signed.code).toBe(0);
    expect(signed.stdout).toMatch(/^Unaltered since signed by the holder of .*key\.pem, SHA256:/);
    await expect(stat(elsewhere.dataFolder)).rejects.toThrow('ENOENT');
    const { verification } = await client.evidence.verify({ path: at('out', 'yard.zip'), key: at('out', 'key.pem') });
    expect(verification).toMatchObject({ holds: true, signerVerified: true, flags: [yard().id], files: 13 });
  });

  test('with one bit changed anywhere is refused with exit code 1 and the reason', async () => {
    const bytes = await readFile(at('out', 'yard.zip'));
    const file = bytes.indexOf('clip.mp4') + 500;
    bytes[file] = (bytes[file] ?? 0) ^ 1;
    await writeFile(at('out', 'altered.zip'), bytes);
    const found = await workspace.cli(['verify', 'out/altered.zip', '--json']);
    expect(found.code).toBe(1);
    expect(found.lines[0]).toMatchObject({
      holds: false,
      faults: [
        { fault: 'content-altered' },
        { fault: 'content-altered', entry: `flags/01-${yard().id.slice(0, 12)}/clip.mp4` },
      ],
    });
    const none = await workspace.cli(['verify', 'archive/Yard_20260314_080000.mp4']);
    expect([none.code, none.stdout]).toEqual([1, expect.stringContaining('does not begin as an evidence package')]);
    expect((await workspace.cli(['verify', 'out/none.zip'])).code).toBe(1);
    expect((await workspace.cli(['verify', 'out/yard.zip', '--key', 'out/yard.zip'])).code).toBe(2);
  });

  test('of several flags holds each of them, and leaves the originals out where they were not asked for', async () => {
    const written = await workspace.cli(['export', yard().id, gate().id, '--out', 'out/both.zip']);
    expect(written.code).toBe(0);
    const names = [...filesOf(await readFile(at('out', 'both.zip'))).keys()];
    expect(names.filter((name) => name.endsWith('/flag.json'))).toHaveLength(2);
    expect(names.some((name) => name.startsWith('originals/'))).toBe(false);
    expect((await workspace.cli(['verify', 'out/both.zip'])).code).toBe(0);
  });
});

describe('other forms', () => {
  test('a clip begins at its keyframe, or exactly where it is asked to', async () => {
    const plain = await workspace.cli(['export', yard().id, '--out', 'out/plain.mp4', '--format', 'clip']);
    expect(plain).toMatchObject({ code: 0, stderr: expect.stringContaining('begins with the keyframe before') });
    expect((await shownTimes(at('out', 'plain.mp4'))).length).toBe(Math.ceil(5.5 * 15));
    await workspace.cli(['export', yard().id, '--out', 'out/exact.mp4', '--format', 'clip', '--exact']);
    expect((await shownTimes(at('out', 'exact.mp4'))).length).toBe(Math.ceil(4.5 * 15));
    const folder = await workspace.cli(['export', yard().id, gate().id, '--out', 'out/clips', '--format', 'clip']);
    expect(folder.code).toBe(0);
    expect((await readdir(at('out', 'clips'))).toSorted()).toEqual([
      expect.stringMatching(/^Yard_20260314_080000-[0-9a-f]{6}-[0-9a-f]{8}\.mp4$/),
      expect.stringMatching(/^_Gate_20260714_070000-[0-9a-f]{6}-[0-9a-f]{8}\.mp4$/),
    ]);
  });

  test('lists for other programs hold what holds after review', async () => {
    const all = [yard().id, gate().id];
    for (const [format, file] of [
      ['csv', 'flags.csv'],
      ['json', 'flags.json'],
      ['webvtt', 'subtitles'],
      ['cvat', 'annotations'],
    ] as const) {
      expect((await workspace.cli(['export', ...all, '--out', `out/${file}`, '--format', format])).code).toBe(0);
    }
    const [head = '', first = '', second = ''] = (await readFile(at('out', 'flags.csv'), 'utf8')).split('\r\n');
    expect(head).toMatch(/^\uFEFFflag,camera,file,start_seconds/);
    expect(first).toContain(`${yard().id},Yard,Yard_20260314_080000.mp4,17,21.5,2026-03-14T07:00:17.000Z,`);
    expect(first).toContain('"a “row”, <loud>"');
    // A name that a spreadsheet would compute; July is summer in Berlin.
    expect(second).toContain("'=Gate_20260714_070000.mp4");
    expect(second).toContain('+02:00');
    const json = JSON.parse(await readFile(at('out', 'flags.json'), 'utf8')) as { flags: { held: unknown }[] };
    expect(json.flags.map(({ held }) => held)).toEqual([
      { start: 17, end: 21.5, class: 'fight', state: 'confirm', reason: null, note: 'a “row”, <loud>' },
      { start: gate().start, end: gate().end, class: gate().class, state: 'open', reason: null, note: '' },
    ]);
    const [subtitles = ''] = (await readdir(at('out', 'subtitles'))).filter((name) => name.startsWith('Yard'));
    const vtt = await readFile(at('out', 'subtitles', subtitles), 'utf8');
    expect(vtt).toMatch(/^WEBVTT\n\nNOTE\nYard · Yard_20260314_080000\.mp4\n0 is 2026-03-14T07:00:00\.000Z/);
    expect(vtt).toContain('00:00:17.000 --> 00:00:21.500\n');
    expect(vtt).toContain('a “row”, &lt;loud&gt;');
    const [annotations = ''] = (await readdir(at('out', 'annotations'))).filter((name) => name.startsWith('Yard'));
    const cvat = readCvat(await readFile(at('out', 'annotations', annotations), 'utf8'), annotations, 15);
    expect(cvat.segments).toEqual([{ start: 17, end: expect.closeTo(21.5, 0), label: 'fight' }]);
  });

  test('a report is one page with its pictures in it', async () => {
    expect((await workspace.cli(['export', yard().id, '--out', 'out/report.html', '--format', 'html'])).code).toBe(0);
    const page = await readFile(at('out', 'report.html'), 'utf8');
    expect(page).toContain('a “row”, &lt;loud&gt;');
    expect(page.match(/<img src="data:image\/jpeg;base64,\/9j\//g)?.length).toBeGreaterThanOrEqual(2);
    expect(page.replaceAll(/data:[^"]*/g, '')).not.toMatch(/https?:|src="[^"]|<script/);
  });
});

describe('an export', () => {
  test.each([
    ['over a file that is there', { out: 'out/yard.zip' }, /already/],
    ['into a folder that is not there', { out: 'nowhere/a.zip' }, /no folder/],
    ['of a clip under a name of another kind', { out: 'out/a.avi', format: 'clip' }, /is a \.mp4 file/],
    ['of several clips into a file', { out: 'out/yard.zip', format: 'clip', both: true }, /name a folder/],
    ['in no known form', { out: 'out/a.odt', format: 'odt' }, /--format is one of/],
  ] as const)('%s is refused before anything is written', async (_, { out, ...options }, words) => {
    const before = await readdir(at('out'));
    const ids = 'both' in options ? [yard().id, gate().id] : [yard().id];
    const format = 'format' in options ? ['--format', options.format] : [];
    const { code, stderr } = await workspace.cli(['export', ...ids, '--out', out, ...format]);
    expect([code === 0, stderr]).toEqual([false, expect.stringMatching(words)]);
    expect(await readdir(at('out'))).toEqual(before);
  });

  test('that is stopped leaves nothing behind, and goes on when it is resumed', async () => {
    const out = at('out', 'stopped.zip');
    const before = await readdir(at('out'));
    const { job } = await client.evidence.export({
      flags: [yard().id, gate().id],
      format: 'package',
      out,
      whole: true,
    });
    await until(async () =>
      (await client.jobs.list()).items.some(({ id, state }) => id === job.id && state === 'running'),
    );
    await client.jobs.cancel({ job: job.id });
    expect(await ended(job.id)).toBe('paused');
    expect(await readdir(at('out'))).toEqual(before);
    await client.jobs.resume({ job: job.id });
    expect(await ended(job.id)).toBe('done');
    expect((await workspace.cli(['verify', 'out/stopped.zip'])).code).toBe(0);
  });
});

test('an export whose core is killed goes on in the next, and leaves nothing half-written', async () => {
  const out = at('out', 'killed.zip');
  const { job } = await client.evidence.export({ flags: [yard().id, gate().id], format: 'package', out });
  await until(async () =>
    (await client.jobs.list()).items.some(({ id, state }) => id === job.id && state === 'running'),
  );
  client.close();
  await killAndWait(Number(await workspace.corePid()));
  ({ client } = await connectCore({ dataFolder: workspace.dataFolder, entries }));
  expect(await ended(job.id)).toBe('done');
  expect((await workspace.cli(['verify', 'out/killed.zip'])).code).toBe(0);
  expect((await readdir(at('out'))).filter((name) => name.startsWith('.'))).toEqual([]);
});

describe('the audit log', () => {
  test('has a row for every export, and is whole', async () => {
    const { items } = await client.audit.list({ limit: 1000 });
    const exported = items.filter(({ kind, subject }) => kind === 'export' && subject === yard().id);
    const files = exported.map(({ details }) => String(details['file']));
    expect(files).toEqual(
      expect.arrayContaining(['yard.zip', 'both.zip', 'plain.mp4', 'flags.csv', 'report.html', 'stopped.zip']),
    );
    expect(await client.audit.head()).toMatchObject({ head: { number: items[0]?.number }, fault: null });
    const printed = await workspace.cli(['audit', '--list', '--json']);
    expect(printed.code).toBe(0);
    expect(printed.lines.filter(({ type }) => type === 'row')).toHaveLength(items.length);
    const pages = [await client.audit.list({ limit: 2 })];
    pages.push(await client.audit.list({ limit: 2, after: pages[0]?.next ?? '' }));
    expect(pages.flatMap((page) => page.items)).toEqual(items.slice(0, 4));
  });

  test('is known to be the one that a package was taken from', async () => {
    expect((await workspace.cli(['audit', '--holds', 'out/yard.zip'])).code).toBe(0);
    await using other = await createWorkspace();
    const anew = await other.cli(['audit', '--holds', at('out', 'yard.zip')]);
    expect([anew.code, anew.stderr]).toEqual([1, expect.stringMatching(/has no row \d+ as .* it is another log/)]);
  });

  test('that was changed behind the program’s back names the row', async () => {
    const { items } = await client.audit.list({ limit: 100 });
    const row = items.findLast(({ kind }) => kind === 'verdict')?.number;
    client.close();
    await killAndWait(Number(await workspace.corePid()));
    alterDatabase(
      workspace.dataFolder,
      `DROP TRIGGER audit_log_keeps_contents;
       UPDATE audit_log SET details = replace(details, 'too quick', 'too slow') WHERE kind = 'verdict'`,
    );
    const found = await workspace.cli(['audit', '--json']);
    expect(found.code).toBe(1);
    expect(found.lines[0]).toMatchObject({
      fault: { fault: 'altered', reason: expect.stringContaining(`Row ${String(row)} of the audit log was altered`) },
    });
  });
});
