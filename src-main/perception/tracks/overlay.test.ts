import { describe, expect, test } from 'vitest';
import { overlaySchema } from '../../contract/overlay.ts';
import { parseAs } from '../../contract/validate.ts';
import { frameAt, posedAt, thingAt } from '../testing/frames.ts';
import { overlayOf } from './overlay.ts';

describe('overlay', () => {
  const walker = (time: number) => posedAt(0.2 + 0.1 * time, 0.5, 0.4);
  const frames = [0, 1, 2, 3].map((index) =>
    frameAt(index / 8, {
      persons: index === 2 ? [] : [walker(index / 8)],
      objects: index === 1 ? [thingAt(2, 0.8, 0.5, 0.2)] : [],
    }),
  );

  test('says who is who, and what was seen only once', () => {
    const seen = overlayOf(frames.toReversed());
    expect(seen.map(({ time }) => time)).toEqual([0, 0.125, 0.25, 0.375]);
    expect(seen.map(({ items }) => items.map(({ track, kind }) => [track, kind]))).toEqual([
      [[1, 'person']],
      [
        [1, 'person'],
        [null, 'vehicle'],
      ],
      [],
      [[1, 'person']],
    ]);
    expect(seen[0]?.items[0]?.box).toEqual(walker(0).box);
    expect(seen[0]?.items[0]?.keypoints).toHaveLength(51);
    expect(seen[1]?.items[1]?.keypoints).toBeNull();
  });

  test('is what the contract says', () => {
    const sent: unknown = JSON.parse(JSON.stringify({ frames: overlayOf(frames) }));
    expect(parseAs(overlaySchema, sent, 'overlay')).toEqual(sent);
  });

  test('leaves out what is faint and belongs to nobody', () => {
    expect(overlayOf([frameAt(0, { persons: [posedAt(0.5, 0.5, 0.4, { score: 0.22 })] })])).toEqual([
      { time: 0, items: [] },
    ]);
  });
});
