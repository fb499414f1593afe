import { describe, expect, test } from 'vitest';
import { readFrameRanges } from './frame-ranges.ts';
import { textOf } from './label-error.ts';
import { frameLabels, type LabelledRecording } from './labelled-recording.ts';
import { readTemporalAnnotations } from './temporal-annotations.ts';

const place = { file: 'labels.txt', line: 3 };
const recording = (start: number, end: number): LabelledRecording => ({
  ...{ name: 'gate.mp4', class: 'fight', frames: null, place },
  anomalies: [{ start, end }],
});

describe('frame labels', () => {
  test('an end beyond the recording is cut', () => {
    expect([...frameLabels(recording(2, 9), 4)]).toEqual([0, 0, 1, 1]);
  });

  test('a start beyond it belongs to another video', () => {
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
    ['{', /^f: this is no JSON/],
    ['[]', /^f: an object by video is needed/],
    ['{"0": {"anomalous0based": []}}', /^f: 0 has no `frames`/],
    ['{"0": {"frames": 5}}', /^f: 0 has no list/],
    ['{"0": {"frames": 5, "anomalous0based": [[1]]}}', /^f: 0 has a range without two frames/],
  ])('%s is refused', (text, message) => expect(() => readFrameRanges(text, 'f')).toThrow(message));
});

test('bytes that are no UTF-8 are refused by line', () => {
  const bytes = Uint8Array.from([...new TextEncoder().encode('a\nb'), 0xff]);
  expect(() => textOf(bytes, 'f')).toThrow(/^f, line 2: the text is not UTF-8/);
  expect(textOf(new TextEncoder().encode('\uFEFFa'), 'f')).toBe('a');
});
