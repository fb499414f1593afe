import { expect, test } from 'vitest';
import { estimatedBytes } from './estimate.ts';
import { extensionOf, makesFolder, suggestedName } from './request.ts';

const video = {
  seconds: 100,
  width: 1000,
  height: 500,
  rotation: 0,
  frameRate: 25,
  codec: 'h264',
  container: 'mp4',
} as const;
const plainStyle = { draw: [], beside: false, heads: false, regions: [] };
const recording = (id: string, codec = 'h264') => ({
  ...{ id, path: `/archive/Yard ${id}.avi`, bytes: 1_000_000, video: { ...video, codec } },
});
const part = (id = 'a', start = 10, end = 18) => ({ recording: recording(id), span: { start, end } });
const request = { cut: 'keyframe', whole: false, viewing: plainStyle } as const;

test('a clip is as large as its share of the recording, with what leads up to it', () => {
  expect(estimatedBytes({ ...request, format: 'clip' }, [part()])).toBe(100_000);
  expect(estimatedBytes({ ...request, format: 'clip', cut: 'smart' }, [part()])).toBe(80_000);
  expect(estimatedBytes({ ...request, format: 'clip' }, [part('a', 0, 100)])).toBe(1_000_000);
});

test('a package holds clip and copy of each flag, and each original once', () => {
  const one = estimatedBytes({ ...request, format: 'package' }, [part()]);
  const two = estimatedBytes({ ...request, format: 'package' }, [part(), part()]);
  expect(two).toBeCloseTo(2 * one, 3);
  expect(estimatedBytes({ ...request, format: 'package', whole: true }, [part(), part()]) - two).toBe(1_000_000);
});

test('what is drawn makes a copy larger', () => {
  const plain = estimatedBytes({ ...request, format: 'viewing' }, [part()]);
  const viewing = { ...plainStyle, draw: ['boxes' as const] };
  const drawn = { ...request, format: 'viewing', viewing } as const;
  expect(plain).toBeGreaterThan(500_000);
  expect(estimatedBytes(drawn, [part()])).toBeGreaterThan(plain);
});

test('lists are small', () => {
  for (const format of ['csv', 'json', 'webvtt', 'cvat'] as const) {
    expect(estimatedBytes({ ...request, format }, [part()])).toBeLessThan(10_000);
  }
});

test('names say what is in the file, and fit what is made', () => {
  const day = Date.UTC(2026, 2, 14);
  const asked = { ...request, of: [recording('a')] };
  expect(suggestedName({ ...asked, format: 'package' }, day)).toBe('Yard_a-evidence.zip');
  expect(suggestedName({ ...asked, format: 'clip', of: [recording('a', 'mjpeg')] }, day)).toBe('Yard_a-clip.mkv');
  expect(suggestedName({ ...asked, format: 'pdf', of: [recording('a'), recording('b')] }, day)).toBe(
    '2-flags-2026-03-14-report.pdf',
  );
  expect(suggestedName({ ...asked, format: 'viewing', viewing: { ...plainStyle, beside: true } }, day)).toBe(
    'Yard_a-viewing',
  );
  expect(extensionOf({ format: 'clip', cut: 'smart' }, recording('a', 'mjpeg'))).toBe('.mp4');
  expect(makesFolder({ ...asked, format: 'clip', of: [recording('a'), recording('b')] })).toBe(true);
  expect(makesFolder({ ...asked, format: 'webvtt', of: [recording('a'), recording('a')] })).toBe(false);
});
