import { mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readNpy } from './npy.ts';
import { readScores } from './read-scores.ts';
import { scoresForFrames, type SampledScores } from './sampled-scores.ts';

/** As `numpy.save` writes version 1: the head ends with a line feed at a multiple of 64. */
function npy(type: string, data: Uint8Array, shape = `(${data.length / Number(type.at(-1))},)`): Uint8Array {
  const dictionary = `{'descr': '${type}', 'fortran_order': False, 'shape': ${shape}, }`;
  const head = `${dictionary.padEnd(Math.ceil((dictionary.length + 11) / 64) * 64 - 11)}\n`;
  return Buffer.concat(
    [Buffer.from('\x93NUMPY\x01\0', 'latin1'), Uint16Array.of(head.length), Buffer.from(head), data].map((part) =>
      Buffer.from(part.buffer, part.byteOffset, part.byteLength),
    ),
  );
}
const bytesOf = (array: Float32Array | Float64Array | Int16Array | BigInt64Array) => new Uint8Array(array.buffer);
const floats = (...values: number[]) => npy('<f4', bytesOf(Float32Array.from(values)));

describe('.npy', () => {
  test('every kind of number', () => {
    expect([...readNpy(floats(0.5, -2), 'f')]).toEqual([0.5, -2]);
    expect([...readNpy(npy('<f8', bytesOf(Float64Array.of(0.1))), 'f')]).toEqual([0.1]);
    expect([...readNpy(npy('<i2', bytesOf(Int16Array.of(-3, 7))), 'f')]).toEqual([-3, 7]);
    expect([...readNpy(npy('<i8', bytesOf(BigInt64Array.of(-3n))), 'f')]).toEqual([-3]);
    expect([...readNpy(npy('|b1', Uint8Array.of(1, 0)), 'f')]).toEqual([1, 0]);
    expect([...readNpy(npy('<f2', Uint8Array.of(0, 0x38)), 'f')]).toEqual([0.5]);
    expect([...readNpy(npy('<f4', bytesOf(Float32Array.of(1, 2)), '(2, 1)'), 'f')]).toEqual([1, 2]);
  });

  // `numpy.save(f, numpy.array([0.25, 1.0], dtype='<f4'))` of NumPy 2.4.6.
  test('a file of NumPy itself', () => {
    const file =
      'k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAIA+AACAPw==';
    expect([...readNpy(Buffer.from(file, 'base64'), 'f')]).toEqual([0.25, 1]);
  });

  test.each<[string, Uint8Array, RegExp]>([
    ['text', Buffer.from('0.1, 0.2, 0.3'), /^f: this is no \.npy file/],
    ['a head cut short', floats(1).subarray(0, 40), /^f: the file breaks off in its head/],
    ['data cut short', floats(1, 2).subarray(0, -1), /^f: 2 values take 8 bytes, and the file has 7/],
    ['objects', npy('|O', new Uint8Array(0), '(2,)'), /^f: its type is \|O; save it with/],
    ['big-endian numbers', npy('>f4', new Uint8Array(4)), /^f: its type is >f4/],
    ['a table', npy('<f4', new Uint8Array(24), '(2, 3)'), /^f: its shape is \(2, 3\)/],
    ['a single number', npy('<f4', new Uint8Array(4), '()'), /^f: its shape is \(\)/],
    ['NaN', floats(1, Number.NaN), /^f: score 1 is NaN/],
    [
      'several fields',
      npy("<f4'), ('b", new Uint8Array(4), '(1,)').fill(0x20, 10, 20),
      /^f: its head names no single type/,
    ],
  ])('%s is refused', (_, bytes, message) => expect(() => readNpy(bytes, 'f')).toThrow(message));
});

describe('scores for each frame', () => {
  const sampled = (scores: number[], frames: number[] | null = null): SampledScores => ({
    ...{ scores, frames, place: { file: 'f', line: null } },
  });

  test('a score of every 16th frame holds to the next, the last to the end', () => {
    const scores = scoresForFrames(sampled([1, 2, 3], [0, 16, 20]), 'a', 24);
    expect([...scores]).toEqual([
      ...Array<number>(16).fill(1),
      ...Array<number>(4).fill(2),
      ...Array<number>(4).fill(3),
    ]);
    expect([...scoresForFrames(sampled([5], [2]), 'a', 4)]).toEqual([5, 5, 5, 5]);
  });

  test('scores without frames are of frames or of snippets, whichever fits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (frames) => {
        const perFrame = Array.from({ length: frames }, (_, frame) => frame);
        expect([...scoresForFrames(sampled(perFrame), 'a', frames)]).toEqual(perFrame);
        const snippets = Math.ceil(frames / 16);
        const perSnippet = Array.from({ length: snippets }, (_, snippet) => snippet);
        // Up to 16 frames, a single score can be either, and means the same.
        expect([...scoresForFrames(sampled(perSnippet), 'a', frames)]).toEqual(
          perFrame.map((frame) => Math.floor(frame / 16)),
        );
      }),
    );
  });

  test('up to two snippets may be missing at the end, one too many is cut', () => {
    expect([...scoresForFrames(sampled([1, 2]), 'a', 63)].slice(14)).toEqual([1, 1, ...Array<number>(47).fill(2)]);
    expect(scoresForFrames(sampled(Array<number>(110).fill(1)), 'a', 100)).toHaveLength(100);
    expect(() => scoresForFrames(sampled([1, 2]), 'a', 65)).toThrow(/^f: a has 2 scores for 65 frames/);
    expect(() => scoresForFrames(sampled(Array<number>(117).fill(1)), 'a', 100)).toThrow(/^f: a has 117 scores/);
    expect(() => scoresForFrames(sampled([]), 'a', 9)).toThrow(/^f: a has no scores/);
    expect(() => scoresForFrames(sampled([1], [30]), 'a', 9)).toThrow(/^f: a score of a is of frame 30/);
  });
});

describe('files of scores', () => {
  let folder: ReturnType<typeof mkdtempDisposableSync>;
  beforeEach(() => {
    folder = mkdtempDisposableSync(join(tmpdir(), 'anom-pi-scores-'));
  });
  afterEach(() => folder.remove());
  const write = (name: string, content: string | Uint8Array) => {
    const path = join(folder.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  };
  const recordings = [
    { name: 'x/A.mp4', frames: 40 },
    { name: 'b', frames: 3 },
  ];
  const read = async (path: string) => {
    const { scores, missing, convention } = await readScores(path, recordings);
    return { a: [...(scores.get('x/A.mp4') ?? [])], b: [...(scores.get('b') ?? [])], missing, convention };
  };
  const steps = [...Array<number>(16).fill(1), ...Array<number>(16).fill(2), ...Array<number>(8).fill(3)];

  test('a file for each recording, in any form (LAVAD, VERA)', async () => {
    write('all/a.json', '{"0": 1, "16": {"score": 2, "end": 32}, "32": {"score": 3, "end": 40}}');
    write('all/b.npy', floats(7, 8, 9));
    expect(await read(join(folder.path, 'all'))).toEqual({ a: steps, b: [7, 8, 9], missing: [], convention: null });
  });

  test('one file that names its recordings, of which one is missing', async () => {
    const path = write('s.json', '{"a.mp4": [1, 2, 3]}');
    expect(await read(path)).toMatchObject({
      a: steps,
      missing: [{ name: 'b', reason: `${path} has no scores of it.` }],
    });
    const table = write('s.csv', 'video,frame,score\nb,0,7\nb,1,8\nb,2,9\nA,32,3\nA,0,1\nA,16,2\n');
    expect(await read(table)).toMatchObject({ a: steps, b: [7, 8, 9], missing: [] });
  });

  test('one array over all, in the order of the labels (VadCLIP)', async () => {
    expect(await read(write('s.npy', floats(1, 2, 3, 7)))).toMatchObject({
      ...{ a: steps, b: [7, 7, 7] },
      convention: 'a score for each snippet, the last one padded',
    });
    expect(await read(write('s.npy', floats(1, 2)))).toMatchObject({
      b: [0, 0, 0],
      convention: 'a score for each whole snippet',
    });
    expect((await read(write('s.npy', floats(...steps, 7, 8, 9)))).b).toEqual([7, 8, 9]);
    await expect(read(write('s.npy', floats(1, 2, 3, 4, 5)))).rejects.toThrow(
      /there are 5 scores; .* must be 43 \(a score for each frame\), 32 /,
    );
  });

  test.each([
    ['s.json', '{"c": [1]}', /s\.json: c is no recording of the data set/],
    ['s.json', '{"b": [1, "2"]}', /s\.json: b: the score of position 1 is "2"/],
    ['s.json', '{"b": {"0": {"end": 3}}}', /s\.json: b: the score of frame 0 is missing/],
    ['s.json', '{"b": 3}', /s\.json: b has neither a list/],
    ['s.json', '3', /s\.json: an object by video/],
    ['s.json', '{\n"b": [1,]}', /s\.json, line 2: this is no JSON/],
    ['s.csv', 'video,score\n', /s\.csv, line 1: the column frame is missing/],
    ['s.csv', 'video,frame,score\nb,0,\n', /s\.csv, line 2: the score is “”/],
    ['s.csv', 'video,frame,score\nb,x,1\n', /s\.csv, line 2: the frame is “x”/],
    ['s.csv', 'video,frame,score\nb,-1,1\n', /s\.csv, line 2: the frame is -1/],
    ['s.csv', 'video,frame,score\nb,1,1\nb,1,2\n', /s\.csv, line 2: frame 1 has two scores/],
    ['s.csv', 'video,frame,score\nb,1,1\nz,1,2\n', /s\.csv, line 3: z is no recording/],
    ['s.txt', '1 2 3', /s\.txt: scores come as/],
    ['s.pkl/c.json', '[1]', /c\.json: c is no recording/],
  ])('%s with %j is refused', async (name, text, message) => {
    const path = write(name, text);
    await expect(read(name.includes('/') ? dirname(path) : path)).rejects.toThrow(message);
  });

  test('what is not there, or holds nothing, is named', async () => {
    await expect(read(join(folder.path, 'gone.json'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(read(folder.path)).rejects.toThrow(/there is no file of scores/);
  });
});
