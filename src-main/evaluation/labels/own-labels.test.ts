import { describe, expect, test } from 'vitest';
import { labelsOf, type DataSetRecording } from './data-set.ts';
import { readOwnCsv, readOwnJson } from './own-labels.ts';

const header = 'video,start,end,class,unit\n';

describe("labels of one's own", () => {
  test('seconds are half open, a quoted name keeps its comma, a recording has the classes of all its rows', () => {
    const text = `${header}"yard, north.mp4",1.5,2,"a ""fight""",\ngate.mp4,,,Normal,\n"yard, north.mp4",3,4,fall,seconds\n`;
    const { recordings, framesPerSecond } = readOwnCsv(text, 'f');
    expect(framesPerSecond).toBe(1000);
    expect(recordings.map(({ name, class: of, anomalies }) => [name, of, anomalies])).toEqual([
      [
        'yard, north.mp4',
        'a "fight"-fall',
        [
          { start: 1500, end: 2000 },
          { start: 3000, end: 4000 },
        ],
      ],
      ['gate.mp4', 'normal', []],
    ]);
  });

  test('frames count from 0, the last one included', () => {
    const { recordings, framesPerSecond } = readOwnCsv(`${header}a,2,2,x,frames\nb,,,normal,\n`, 'f');
    expect([recordings[0]?.anomalies, framesPerSecond]).toEqual([[{ start: 2, end: 3 }], null]);
  });

  test('semicolons, whatever the order of columns', () => {
    expect(readOwnCsv('end;start;class;video\r\n2;1;x;a\r\n', 'f').recordings[0]).toMatchObject({
      name: 'a',
      class: 'x',
    });
  });

  test('JSON has the same columns', () => {
    const text =
      '[{"video": "a", "start": 1, "end": 2, "class": "x"}, {"video": "b", "class": "normal", "start": null}]';
    expect(readOwnJson(text, 'f').recordings.map(({ anomalies }) => anomalies)).toEqual([
      [{ start: 1000, end: 2000 }],
      [],
    ]);
  });

  test.each([
    ['', /^f: there is no header/],
    ['video,start,end\n', /^f, line 1: the column class is missing; the header names video, start, end/],
    ['video,start,end,class,end\n', /^f, line 1: the column end is there twice/],
    [header, /^f: there is no row/],
    [`${header}a,1,2,x\n`, /^f, line 2: there are 4 values for 5 columns/],
    [`${header}\n"a\nb",1,2,x,\nc,1,2,x,y,z\n`, /^f, line 5: there are 6 values/],
    [`${header}"a,1,2,x,\n`, /^f, line 2: a quote is not closed/],
    [`${header}"a"b,1,2,x,\n`, /^f, line 2: a quoted value goes on after its quote with “b,1,2,x,”/],
    [`${header},1,2,x,\n`, /^f, line 2: the video is missing/],
    [`${header}a,one,2,x,\n`, /^f, line 2: start is “one”, no number/],
    [`${header}a,1,,x,\n`, /^f, line 2: end is missing/],
    [`${header}a,,,x,\n`, /^f, line 2: class x needs start and end/],
    [`${header}a,1,2,,\n`, /^f, line 2: the class is missing/],
    [`${header}a,1,2,normal,\n`, /^f, line 2: a normal recording has no start and end/],
    [`${header}a,2,2,x,\n`, /^f, line 2: seconds 2 to 2 are no range/],
    [`${header}a,-1,2,x,\n`, /^f, line 2: seconds -1 to 2 are no range/],
    [`${header}a,1.5,2,x,frames\n`, /^f, line 2: frames 1\.5 to 2 are no whole numbers/],
    [`${header}a,1,2,x,minutes\n`, /^f, line 2: the unit is “minutes”/],
    [`${header}a,1,2,x,\na,1,2,x,frames\n`, /^f, line 3: the unit is frames, and above it was seconds/],
    [`${header}a,1,2,x,\na,,,normal,\n`, /^f, line 3: a is normal here and has another row/],
  ])('CSV %j is refused by file, line and reason', (text, message) => {
    expect(() => readOwnCsv(text, 'f')).toThrow(message);
  });

  test.each([
    ['{}', /^f: a list of rows is needed/],
    ['[3]', /^f: row 1: an object is needed/],
    ['[{"start": 1}]', /^f: row 1: `video` is missing or no text/],
    ['[{"video": "a", "start": "1", "end": 2, "class": "x"}]', /^f: row 1: `start` is no number/],
    ['[\n{"video" 1}]', /^f, line 2: this is no JSON from column 10 on/],
    ['[\n{"video": 1},\n]', /^f, line 3: this is no JSON from column 1 on/],
    ['[', /^f, line 1: this is no JSON/],
  ])('JSON %s is refused', (text, message) => expect(() => readOwnJson(text, 'f')).toThrow(message));
});

describe('labels for the frames of a video', () => {
  const recordingAt = (framesPerSecond: number | null, start: number, end: number): DataSetRecording => ({
    ...{ name: 'a', path: null, level: 'frames', framesPerSecond, replay: null, twin: null },
    labelled: { name: 'a', class: 'x', anomalies: [{ start, end }], frames: null, place: { file: 'f', line: 2 } },
  });
  const anomalous = (recording: DataSetRecording, frames: number, framesPerSecond: number) =>
    [...(labelsOf(recording, { frames, framesPerSecond }) ?? [])].flatMap((label, frame) =>
      label === 1 ? [frame] : [],
    );

  test('an instant decides where rates differ', () => {
    // 1.04 s is when frame 26 of 25 a second begins, 1.12 s when frame 28 does.
    expect(anomalous(recordingAt(1000, 1040, 1120), 50, 25)).toEqual([26, 27]);
    expect(anomalous(recordingAt(24, 24, 36), 40, 12)).toEqual([12, 13, 14, 15, 16, 17]);
  });

  test('frames are frames where the rates are alike', () => {
    expect(anomalous(recordingAt(24, 1000, 1002), 2000, 23.976)).toEqual([1000, 1001]);
    expect(anomalous(recordingAt(null, 3, 5), 10, 17)).toEqual([3, 4]);
  });

  test('what begins or ends beyond the recording is refused by file and line', () => {
    const at = (start: number, end: number) => () =>
      labelsOf(recordingAt(1000, start, end), { frames: 50, framesPerSecond: 25 });
    expect(at(2000, 2500)).toThrow('f, line 2: an anomaly of a begins at 2 s, and the recording is 2 s long.');
    expect(at(1000, 9000)).toThrow('f, line 2: an anomaly of a ends at 9 s, and the recording is 2 s long.');
    expect(at(1000, 2900)()).toHaveLength(50);
  });

  test('a class alone labels no frame', () => {
    const recording = { ...recordingAt(null, 0, 1), level: 'recording' as const };
    expect(labelsOf(recording, { frames: 3, framesPerSecond: 25 })).toBeNull();
  });
});
