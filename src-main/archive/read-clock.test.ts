/** Which of a recording's times is taken, and what a camera's correction does to it. */
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../store/index.ts';
import { setCameraClock } from './camera-clock.ts';
import { cameraName } from './camera-name.ts';
import { readName } from './name-pattern.ts';
import { type ClockEvidence, readClock, rereadClock } from './read-clock.ts';
import { recorderPatterns } from './recorder-patterns.ts';

const MTIME_MS = Date.parse('2024-05-01T12:00:00Z');
const evidence = (file: string, over: Partial<ClockEvidence> = {}): ClockEvidence => ({
  reading: readName(file, recorderPatterns),
  createdAt: '2024-04-30T10:00:00.000000Z',
  mtimeMs: MTIME_MS,
  seconds: 60,
  timeZone: 'Europe/Berlin',
  ...over,
});
const clock = (file: string, over?: Partial<ClockEvidence>) => {
  const { utcMs, ...rest } = readClock(evidence(file, over));
  return { ...rest, utc: utcMs === null ? null : new Date(utcMs).toISOString() };
};

describe('readClock', () => {
  it('takes the name before the container, and keeps the camera’s own reading', () => {
    expect(clock('/x/Cam1.20240102_030405.mp4')).toEqual({
      utc: '2024-01-02T02:04:05.000Z',
      source: 'file-name',
      text: '20240102_030405',
      local: '2024-01-02T03:04:05.000',
    });
  });

  it('says where a folder’s name took part', () => {
    expect(clock('/x/Yard/2024-01-02/03-04-05.mp4')).toMatchObject({
      source: 'folder-name',
      text: '2024-01-02/03-04-05',
    });
  });

  it('takes the container before the file, unless the container knows no date', () => {
    expect(clock('/x/a.mp4')).toEqual({
      utc: '2024-04-30T10:00:00.000Z',
      source: 'container',
      text: '2024-04-30T10:00:00.000000Z',
      local: null,
    });
    const fromFile = {
      utc: '2024-05-01T11:59:00.000Z',
      source: 'file-time',
      text: '2024-05-01T12:00:00.000Z',
      local: null,
    };
    for (const createdAt of [null, '1904-01-01T00:00:00Z', '1970-01-01T00:00:00Z', 'yesterday', '']) {
      expect(clock('/x/a.mp4', { createdAt })).toEqual(fromFile);
    }
  });

  it('knows when it knows nothing', () => {
    expect(clock('/x/a.mp4', { createdAt: null, mtimeMs: 0 })).toEqual({
      utc: null,
      source: 'none',
      text: '',
      local: null,
    });
  });
});

it('reads a camera’s own time anew in another zone, and leaves UTC alone', () => {
  const local = readClock(evidence('/x/Cam1.20240102_030405.mp4'));
  expect(rereadClock(local, 'America/New_York')).toBe(Date.parse('2024-01-02T08:04:05Z'));
  const utc = readClock(evidence('/x/Cam1.20240102T030405Z.mp4'));
  expect(rereadClock(utc, 'America/New_York')).toBe(Date.parse('2024-01-02T03:04:05Z'));
  const none = readClock(evidence('/x/a.mp4', { createdAt: null, mtimeMs: 0 }));
  expect(rereadClock(none, 'America/New_York')).toBeNull();
});

it('corrects all recordings of a camera and no others', () => {
  using folder = mkdtempDisposableSync(path.join(tmpdir(), 'anom-pi-clock-'));
  using store = openStore(folder.path);
  const add = (digit: string, camera: string, file: string) => {
    store.cameras.ensure(camera);
    const video = {
      seconds: 1,
      width: 1,
      height: 1,
      rotation: 0,
      frameRate: null,
      codec: 'h264',
      container: 'mp4',
    } as const;
    const id = digit.repeat(64);
    store.recordings.add(
      { id, camera, bytes: 1, clock: readClock(evidence(file)), video, addedAtMs: 0 },
      { path: file, bytes: 1, mtimeMs: 0 },
    );
    return () => new Date(store.recordings.get(id)?.clock.utcMs ?? NaN).toISOString();
  };
  const local = add('1', 'gate', '/x/gate.20240102_030405.mp4');
  const utc = add('2', 'gate', '/x/gate.20240102T030405Z.mp4');
  const other = add('3', 'yard', '/x/yard.20240102_030405.mp4');
  setCameraClock(store, 'gate', { clockOffsetMs: -90_000, timeZone: 'Asia/Tokyo' });
  expect([local(), utc(), other()]).toEqual([
    '2024-01-01T18:02:35.000Z',
    '2024-01-02T03:02:35.000Z',
    '2024-01-02T02:04:05.000Z',
  ]);
  setCameraClock(store, 'gate', { clockOffsetMs: 0, timeZone: null }, 'Europe/Berlin');
  expect(local()).toBe('2024-01-02T02:04:05.000Z');

  const set = (camera: string, clockOffsetMs: number, timeZone: string) => () =>
    setCameraClock(store, camera, { clockOffsetMs, timeZone });
  expect(set('nobody', 0, 'UTC')).toThrow(expect.objectContaining({ code: 'not-found' }));
  expect(set('gate', 0, 'Mars/Olympus')).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
  expect(set('gate', 0.5, 'UTC')).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
});

describe('cameraName', () => {
  it.each([
    ['/data/events/RoadAccidents133_x264_270_451.mp4', 'events'],
    ['/archive/Loading dock/2024/01/02/clip.mp4', 'Loading dock'],
    ['/archive/Loading dock/2024-01-02/recordings/mp4/clip.mp4', 'Loading dock'],
    ['C:\\Video\\clip.mp4', 'unknown'],
    ['/clip.mp4', 'unknown'],
    ['clip.mp4', 'unknown'],
  ])('%s: %s', (file, camera) => {
    expect(cameraName(file, readName(file, recorderPatterns))).toBe(camera);
  });
});
