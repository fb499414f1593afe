import { describe, expect, test } from 'vitest';
import { readFrameRanges } from './frame-ranges.ts';
import { textOf } from './label-error.ts';
import { frameLabels, type LabelledRecording } from './labelled-recording.ts';
import { readPed2Labels } from './ped2-labels.ts';
import { readTemporalAnnotations } from './temporal-annotations.ts';
import { readUbnormalList, readUbnormalTracks } from './ubnormal.ts';
import { readXdViolence, xdViolenceClass } from './xd-violence.ts';

const place = { file: 'labels.txt', line: 3 };
const recording = (start: number, end: number): LabelledRecording => ({
  ...{ name: 'gate.mp4', class: 'fight', frames: null, place },
  anomalies: [{ start, end }],
});

describe('frame labels', () => {
  test('an end beyond the recording is cut', () => {
    expect([...frameLabels(recording(2, 9), 4)]).toEqual([0, 0, 1, 1]);
  });

  test('an end far beyond it belongs to another video', () => {
    expect(() => frameLabels(recording(2, 35), 4)).toThrow(
      /^labels\.txt, line 3: an anomaly of gate\.mp4 ends with frame 34/,
    );
  });

  test('so does a start beyond it', () => {
    expect(() => frameLabels(recording(4, 9), 4)).toThrow(/^labels\.txt, line 3: an anomaly of gate\.mp4 begins at/);
  });
});

describe('UCF-Crime and MSAD', () => {
  test('frames count from 1 and the last one is part of the anomaly', () => {
    const text = 'Abuse028_x264.mp4  Abuse  165  240  -1  -1  \r\nA.mp4 Normal -1 -1 -1 -1\nB.mp4 Arson 1 2 5 5\n';
    const read = readTemporalAnnotations(text, 'f');
    expect(read.map(({ name, class: of, anomalies }) => [name, of, anomalies])).toEqual([
      ['Abuse028_x264.mp4', 'Abuse', [{ start: 164, end: 240 }]],
      ['A.mp4', 'normal', []],
      [
        'B.mp4',
        'Arson',
        [
          { start: 0, end: 2 },
          { start: 4, end: 5 },
        ],
      ],
    ]);
  });

  test.each([
    ['A.mp4 Abuse 1', /^f, line 2: there are 2 columns/],
    ['A.mp4 Abuse 1 x -1 -1', /^f, line 2: a frame is “x”, not a whole number/],
    ['A.mp4 Abuse 9 3', /^f, line 2: frames 9 to 3 are no range/],
    ['N.mp4 Abuse 1 2', /^f, line 2: N\.mp4 was named before/],
  ])('“%s” is refused by file, line and reason', (line, message) => {
    expect(() => readTemporalAnnotations(`N.mp4 Normal -1 -1\n${line}`, 'f')).toThrow(message);
  });
});

describe('Avenue and ShanghaiTech', () => {
  test('frames count from 0 and the last one is part of the anomaly', () => {
    const [read] = readFrameRanges('{"0": {"frames": 10, "anomalous0based": [[2, 3]]}}', 'f');
    expect([...frameLabels(read as LabelledRecording, 10)]).toEqual([0, 0, 1, 1, 0, 0, 0, 0, 0, 0]);
  });

  test.each([
    ['{', /^f, line 1: this is no JSON/],
    ['[]', /^f: an object by video is needed/],
    ['{"0": {"anomalous0based": []}}', /^f: 0 has no `frames`/],
    ['{"0": {"frames": 5}}', /^f: 0 has no list/],
    ['{"0": {"frames": 5, "anomalous0based": [[1]]}}', /^f: 0 has a range without two frames/],
    ['{"0": {"frames": 5, "anomalous0based": [[1, 5]]}}', /^f: an anomaly of 0 ends with frame 5 of 5/],
  ])('%s is refused', (text, message) => expect(() => readFrameRanges(text, 'f')).toThrow(message));
});

describe('XD-Violence', () => {
  test('frames count from 0 and the end is no part of the anomaly', () => {
    const [read] = readXdViolence('v=a__#1_label_B4-0-0 0 3 5 6', 'f');
    expect([...frameLabels(read as LabelledRecording, 7)]).toEqual([1, 1, 1, 0, 0, 1, 0]);
  });

  test.each([
    ['a_label_A', 'normal'],
    ['a_label_B1-0-0.mp4', 'fighting'],
    ['a_label_G-B2-B6', 'explosion-shooting-car accident'],
    ['a_label_B1-B1-0', 'fighting'],
    ['gate.mp4', null],
  ])('%s is of class %s', (name, expected) => {
    expect(xdViolenceClass(name, place)).toBe(expected);
  });

  test.each([
    ['v=b 1 2', /^f, line 2: v=b has no `_label_` part/],
    ['v=b_label_B3-0-0 1 2', /^f, line 2: v=b_label_B3-0-0 has the class letter “B3”/],
    ['v=b_label_B1-0-0', /^f, line 2: there are 0 frames/],
    ['v=b_label_B1-0-0 1', /^f, line 2: there are 1 frames/],
    ['v=b_label_B1-0-0 1 x', /^f, line 2: a frame is “x”/],
    ['v=b_label_B1-0-0 5 5', /^f, line 2: frames 5 to 5 are no range/],
    ['v=a_label_G-0-0.mp4 1 2', /^f, line 2: v=a_label_G-0-0 was named before/],
  ])('“%s” is refused by file, line and reason', (line, message) => {
    expect(() => readXdViolence(`v=a_label_G-0-0 1 2\n${line}`, 'f')).toThrow(message);
  });
});

describe('UBnormal', () => {
  test('frames of a track count from 0 and the last one is part of the anomaly', () => {
    expect(readUbnormalTracks('3,2,3\n4, 0.000e+00, 0\n', 'f')).toEqual([
      { start: 2, end: 4 },
      { start: 0, end: 1 },
    ]);
  });

  test.each([
    ['1,2', /^f, line 1: there are 2 columns/],
    ['1,2,x', /^f, line 1: a frame is no whole number/],
    ['1,2,2.5', /^f, line 1: a frame is no whole number/],
    ['1,9,3', /^f, line 1: frames 9 to 3 are no range/],
  ])('track “%s” is refused', (line, message) => expect(() => readUbnormalTracks(line, 'f')).toThrow(message));

  test('a list names its videos by their kind', () => {
    const listed = readUbnormalList('normal_scene_1_scenario_2_fog\n\nabnormal_scene_1_scenario_1\n', 'f');
    expect(listed.map(({ isNormal }) => isNormal)).toEqual([true, false]);
    expect(() => readUbnormalList('normal_scene_1\n01.mp4', 'f')).toThrow(/^f, line 2: “01\.mp4” is no name/);
  });
});

describe('Ped2', () => {
  test('frames count from 0 and the last one is part of the anomaly', () => {
    const { framesPerSecond, recordings } = readPed2Labels('{"fps": 10, "anomalies": {"a": [[1, 2]], "b": []}}', 'f');
    expect([framesPerSecond, ...frameLabels(recordings[0] as LabelledRecording, 4)]).toEqual([10, 0, 1, 1, 0]);
    expect(recordings.map((each) => each.class)).toEqual(['anomalous', 'normal']);
  });

  test.each([
    ['{"anomalies": {}}', /^f: `fps` is missing/],
    ['{"fps": 0, "anomalies": {}}', /^f: `fps` is missing or no rate/],
    ['{"fps": 1}', /^f: `anomalies` is missing/],
    ['{"fps": 1, "anomalies": {"a": 3}}', /^f: a has no list/],
    ['{"fps": 1, "anomalies": {"a": [[1, 2, 3]]}}', /^f: a has a range without two frames/],
    ['{"fps": 1, "anomalies": {"a": [[3, 2]]}}', /^f: frames 3 to 2 are no range/],
    ['3', /^f: an object with `fps`/],
  ])('%s is refused', (text, message) => expect(() => readPed2Labels(text, 'f')).toThrow(message));
});

test('bytes that are no UTF-8 are refused by line', () => {
  const bytes = Uint8Array.from([...new TextEncoder().encode('a\nb'), 0xff]);
  expect(() => textOf(bytes, 'f')).toThrow(/^f, line 2: the text is not UTF-8/);
  expect(() => textOf(Buffer.from('a\nb', 'utf16le'), 'f')).toThrow(/^f, line 1: the text is not UTF-8/);
  expect(textOf(new TextEncoder().encode('\uFEFFa'), 'f')).toBe('a');
});
