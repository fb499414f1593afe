/** Whole data sets in folders of empty files: which labels meet which videos, and what is said of the rest. */
import { mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DataSetFormat } from './data-set.ts';
import { readDataSet, type ReadDataSetOptions } from './read-data-set.ts';

let folder: ReturnType<typeof mkdtempDisposableSync>;
beforeEach(() => {
  folder = mkdtempDisposableSync(join(tmpdir(), 'anom-pi-labels-'));
});
afterEach(() => folder.remove());

function write(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

const read = (format: DataSetFormat | null = null, options?: ReadDataSetOptions, root = '') =>
  readDataSet(join(folder.path, root), format, options);
const summary = async (...args: Parameters<typeof read>) => {
  const { format, recordings, missing } = await read(...args);
  return {
    format,
    recordings: recordings.map(({ name, path, labelled, level }) => [
      ...[name, path?.slice(folder.path.length + 1) ?? null, labelled.class, level],
      ...labelled.anomalies.map(({ start, end }) => `${start}-${end}`),
    ]),
    missing: missing.map(({ name, reason }) => `${name}: ${reason.replaceAll(`${folder.path}/`, '')}`),
  };
};

describe('the format is told from what is there', () => {
  test('clips by class', async () => {
    write({ 'fight/a.mp4': '', 'Normal/b/c.avi': '', 'stray.mp4': '', 'readme.txt': 'words' });
    expect(await summary()).toEqual({
      format: 'clips',
      recordings: [
        ['Normal/b/c.avi', 'Normal/b/c.avi', 'normal', 'recording'],
        ['fight/a.mp4', 'fight/a.mp4', 'fight', 'recording'],
      ],
      missing: [`stray.mp4: it lies in no class's folder of ${folder.path}.`],
    });
  });

  test('ActivityNet, with and without its v_', async () => {
    write({ 'a.mp4': '', 'b.mp4': '', 'c.mp4': '' });
    const database = {
      a: { subset: 'testing', annotations: [{ segment: [1.5, 4], label: 'fight' }] },
      v_b: { annotations: [{ segment: [0, 9], label: 'Normal' }] },
      d: { annotations: [] },
    };
    write({ 'annotations.json': JSON.stringify({ version: '1.3', database }) });
    expect(await summary()).toEqual({
      format: 'activitynet',
      recordings: [
        ['a', 'a.mp4', 'fight', 'frames', '1500-4000'],
        ['v_b', 'b.mp4', 'normal', 'frames'],
      ],
      missing: [`d: annotations.json: d is not in ${folder.path}.`, 'c.mp4: annotations.json has no label for it.'],
    });
  });

  test('CVAT, a file for each video', async () => {
    const cvat = (name: string, tracks: string) =>
      `<annotations><version>1.1</version><meta><task><size>50</size><source>${name}</source></task></meta>${tracks}</annotations>`;
    const track = '<track id="0" label="fall"><box frame="5" outside="0"/><box frame="9" outside="1"/></track>';
    write({ 'a.mp4': '', 'b.mp4': '', 'a.xml': cvat('a.mp4', track), 'b.xml': cvat('b.mp4', '') });
    expect(await summary()).toEqual({
      format: 'cvat',
      recordings: [
        ['a.mp4', 'a.mp4', 'fall', 'frames', '5-9'],
        ['b.mp4', 'b.mp4', 'normal', 'frames'],
      ],
      missing: [],
    });
    write({ 'c.xml': cvat('a.mp4', '') });
    await expect(read()).rejects.toThrow(/c\.xml: a\.mp4 is annotated in .*a\.xml already/);
  });

  test('Ped2, one folder below', async () => {
    write({ 'train/01.mp4': '', 'test/01.mp4': '', 'test/03.mp4': '' });
    write({ 'test/labels.json': '{"fps": 10, "anomalies": {"01.mp4": [[6, 7]], "02.mp4": []}}' });
    expect(await summary()).toEqual({
      format: 'ped2',
      recordings: [['01.mp4', 'test/01.mp4', 'anomalous', 'frames', '6-8']],
      missing: [
        `02.mp4: test/labels.json: 02.mp4 is not in ${folder.path}/test.`.replaceAll(`${folder.path}/`, ''),
        '03.mp4: test/labels.json has no label for it.',
      ],
    });
  });

  test('UCF-Crime and MSAD, which share their form', async () => {
    write({ 'Abuse/Abuse028_x264.mp4': '', 'list.txt': 'Abuse028_x264.mp4  Abuse  165  240  -1  -1  \n' });
    expect((await summary()).recordings).toEqual([
      ['Abuse028_x264.mp4', 'Abuse/Abuse028_x264.mp4', 'Abuse', 'frames', '164-240'],
    ]);
    write({ 'msad/MSAD_normal_testing_1.mp4': '', 'msad/m.txt': 'MSAD_normal_testing_1.mp4  MSAD  -1  -1  -1  -1\n' });
    expect(await summary(null, {}, 'msad')).toMatchObject({
      format: 'msad',
      recordings: [['MSAD_normal_testing_1.mp4', 'msad/MSAD_normal_testing_1.mp4', 'normal', 'frames']],
    });
  });

  test('XD-Violence: names without extension, normal videos without a line', async () => {
    write({ 'v/City.of.God.2002__#01-24-10_label_B2-G-0.mp4': '', 'v/v=x__#1_label_A.mp4': '' });
    write({ 'annotations.txt': 'City.of.God.2002__#01-24-10_label_B2-G-0 340 1090\nv=y__#1_label_B1-0-0.mp4 1 2\n' });
    expect(await summary()).toEqual({
      format: 'xd-violence',
      recordings: [
        [
          ...['City.of.God.2002__#01-24-10_label_B2-G-0', 'v/City.of.God.2002__#01-24-10_label_B2-G-0.mp4'],
          ...['shooting-explosion', 'frames', '340-1090'],
        ],
        ['v=x__#1_label_A', 'v/v=x__#1_label_A.mp4', 'normal', 'frames'],
      ],
      missing: [`v=y__#1_label_B1-0-0: annotations.txt, line 2: v=y__#1_label_B1-0-0 is not in ${folder.path}.`],
    });
  });

  test('UBnormal: frames where there are tracks, else the class', async () => {
    const [a, b, n] = ['abnormal_scene_1_scenario_1', 'abnormal_scene_1_scenario_2_fog', 'normal_scene_1_scenario_1'];
    write({ [`Scene1/${a}.mp4`]: '', [`Scene1/${b}.mp4`]: '', [`Scene1/${n}.mp4`]: '' });
    write({ [`Scene1/${a}_annotations/${a}_tracks.txt`]: '1,10,12\n2.000e+00,11,20\n' });
    write({ 'abnormal_test_video_names.txt': `${a}\n${b}`, 'normal_test_video_names.txt': `${n}\n` });
    const recordings = [
      [a, `Scene1/${a}.mp4`, 'anomalous', 'frames', '10-13', '11-21'],
      [b, `Scene1/${b}.mp4`, 'anomalous', 'recording'],
      [n, `Scene1/${n}.mp4`, 'normal', 'frames'],
    ];
    expect(await summary()).toEqual({ format: 'ubnormal', recordings, missing: [] });
    expect((await summary('ubnormal', {}, 'Scene1')).recordings).toEqual(recordings);
  });

  test('Avenue counts its clips from 0, its videos from 1', async () => {
    write({ '01.avi': '', '0.json': '{"0": {"frames": 9, "anomalous0based": [[2, 8]]}}' });
    expect((await summary()).recordings).toEqual([['0', '01.avi', 'anomalous', 'frames', '2-9']]);
    write({ 's/01_0014.avi': '', 's/l.json': '{"01_0014": {"frames": 9, "anomalous0based": []}}' });
    expect(await summary(null, {}, 's')).toMatchObject({
      format: 'shanghaitech',
      recordings: [['01_0014', 's/01_0014.avi', 'normal', 'frames']],
    });
  });

  test("a table of one's own, also by naming it", async () => {
    write({ 'gate.mp4': '', 'labels.csv': 'video,start,end,class\ngate,1.5,3,fight\n' });
    expect((await summary()).recordings).toEqual([['gate', 'gate.mp4', 'fight', 'frames', '1500-3000']]);
    expect((await summary(null, {}, 'labels.csv')).recordings).toHaveLength(1);
    write({ 'elsewhere/l.csv': 'video,start,end,class\ngate.mp4,,,normal\n' });
    expect((await read(null, { labels: join(folder.path, 'elsewhere/l.csv') })).recordings).toHaveLength(1);
  });

  test('a replay, whose normal videos have no class', async () => {
    const line = { video: 'A', fps: 30, frames: 6, class: 'Normal', anomalies: [], levels: { coarse: [], fine: [] } };
    write({ 'set.jsonl': JSON.stringify(line) });
    const { name, recordings } = await read(null, {}, 'set.jsonl');
    expect([name, recordings[0]?.labelled.class, recordings[0]?.replay?.frames]).toEqual(['set', 'normal', 6]);
  });

  test('a simulated archive, of which a recording is not rendered and another is gone', async () => {
    const recording = (file: string) => ({
      ...{
        file,
        framesFile: `${file}.jsonl`,
        key: 'k',
        frameRate: 10,
        frames: 50,
        notes: { twin: 'pair-1', kind: 'cued', rate: 0.25 },
      },
      incidents: [{ class: 'fight', start: 0.3, end: 9, participants: [] }],
    });
    const recordings = [recording('cam/a.mp4'), recording('cam/b.mp4')];
    const files = ['cam/a.mp4', 'cam/b.mp4', 'cam/c.mp4'];
    write({ 'ground-truth.json': JSON.stringify({ format: 'anom-pi-simulated-archive', files, recordings }) });
    write({ 'cam/a.mp4': '' });
    expect((await read()).recordings[0]?.twin).toEqual({ name: 'pair-1', kind: 'cued', rate: 0.25 });
    expect(await summary()).toEqual({
      format: 'simulated',
      recordings: [['cam/a.mp4', 'cam/a.mp4', 'fight', 'frames', '3-50']],
      missing: [
        'cam/c.mp4: it was not rendered yet.',
        `cam/b.mp4: ground-truth.json: cam/b.mp4 is not in ${folder.path}.`,
      ],
    });
  });
});

test('labels can be read without videos', async () => {
  write({ 'l.txt': 'A_x264.mp4 Abuse 1 2 -1 -1\n' });
  const { recordings } = await read('ucf-crime', { videos: 'none' }, 'l.txt');
  expect(recordings[0]).toMatchObject({ name: 'A_x264.mp4', path: null, level: 'frames' });
});

test.each<[string, Readonly<Record<string, string | Uint8Array>>, DataSetFormat | null, RegExp]>([
  [
    'a missing column',
    { 'a.mp4': '', 'l.csv': 'video,start,end\na,1,2\n' },
    null,
    /l\.csv, line 1: the column class is missing/,
  ],
  [
    'an unknown video',
    { 'a.mp4': '', 'l.csv': 'video,start,end,class\n\nb,1,2,x\n' },
    null,
    /l\.csv, line 3: b is not in/,
  ],
  [
    'Latin-1',
    { 'a.mp4': '', 'l.csv': Buffer.from('video,start,end,class\na,1,2,Einbr\xfcche\n', 'latin1') },
    null,
    /l\.csv, line 2: the text is not UTF-8/,
  ],
  [
    'UTF-16',
    { 'l.csv': Buffer.from('video,start,end,class\n', 'utf16le') },
    null,
    /l\.csv, line 1: the text is not UTF-8/,
  ],
  ['JSON that breaks off', { 'labels.json': '[\n{"video":' }, null, /labels\.json, line 2: this is no JSON/],
  ['a line cut short', { 'l.txt': 'A.mp4 Abuse\n' }, 'ucf-crime', /l\.txt, line 1: there are 1 columns/],
  [
    'labels of nothing that is there',
    { 'l.txt': 'A_x264.mp4 Abuse 1 2 -1 -1\n' },
    null,
    /none of its 1 videos is in .* \(the first is A_x264\.mp4\)/,
  ],
  [
    'several formats',
    { 'l.txt': 'A_x264.mp4 Abuse 1 2 -1 -1\n', 'l.csv': 'video,start,end,class' },
    null,
    /several formats \(labels, ucf-crime\); name one with --format/,
  ],
  [
    'several files',
    { 'l.csv': 'video,start,end,class', 'm.csv': 'video,start,end,class' },
    null,
    /\(l\.csv, m\.csv\); name one/,
  ],
  ['nothing', { 'a.mp4': '' }, null, /no label file and there are no folders of clips/],
  ['a format without its file', { 'a.mp4': '' }, 'msad', /there is no label file of msad; name it with --labels/],
  [
    'classes of which none is normal',
    { 'x/a.mp4': '', 'y/b.mp4': '' },
    null,
    /which class is normal cannot be told; name one of x, y/,
  ],
  ['one class', { 'normal/a.mp4': '' }, 'clips', /normal is the only class/],
  [
    'a name that fits two',
    { 'x/a.mp4': '', 'y/a.mp4': '', 'l.csv': 'video,start,end,class\na.mp4,1,2,x' },
    null,
    /a\.mp4 could be x\/a\.mp4 or y\/a\.mp4/,
  ],
])('%s is refused', async (_, files, format, message) => {
  write(files);
  await expect(read(format)).rejects.toThrow(message);
});

test('a folder that is not there is named', async () => {
  await expect(read(null, {}, 'nowhere')).rejects.toMatchObject({ code: 'not-found' });
});
