/** From pixels of the letterboxed image to coordinates of the picture, and perception with no nets at all. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxInPicture, keypointsInPicture, openPerceptionNets } from './nets.ts';

const picture = { x: 0, y: 11, width: 416, height: 234 };

describe('boxInPicture', () => {
  it('undoes the letterbox for any box inside the picture', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(share, share), fc.tuple(share, share), ([x1, x2], [y1, y2]) => {
        const box = { x: Math.min(x1, x2), y: Math.min(y1, y2), width: Math.abs(x1 - x2), height: Math.abs(y1 - y2) };
        fc.pre(box.width > 1e-6 && box.height > 1e-6);
        const inImage = {
          x: picture.x + box.x * picture.width,
          y: picture.y + box.y * picture.height,
          width: box.width * picture.width,
          height: box.height * picture.height,
        };
        const back = boxInPicture(inImage, picture);
        expect(back?.x).toBeCloseTo(box.x, 9);
        expect(back?.y).toBeCloseTo(box.y, 9);
        expect(back?.width).toBeCloseTo(box.width, 9);
        expect(back?.height).toBeCloseTo(box.height, 9);
      }),
    );
  });

  it('cuts a box at the edges and drops one that lies in the letterbox alone', () => {
    expect(boxInPicture({ x: -20, y: 0, width: 1000, height: 22 }, picture)).toEqual({
      x: 0,
      y: 0,
      width: 1,
      height: 11 / 234,
    });
    expect(boxInPicture({ x: 10, y: 0, width: 50, height: 11 }, picture)).toBeNull();
    expect(boxInPicture({ x: 10, y: 246, width: 50, height: 9 }, picture)).toBeNull();
    expect(boxInPicture({ x: 10, y: 50, width: 0, height: 9 }, picture)).toBeNull();
  });
});

describe('keypointsInPicture', () => {
  it('maps places, keeps scores, and puts what lies outside at the edge', () => {
    const keypoints = Float32Array.of(208, 128, 0.5, -3, 250, 0.25);
    expect([...keypointsInPicture(keypoints, picture)]).toEqual([0.5, 0.5, 0.5, 0, 1, 0.25]);
  });
});

describe('openPerceptionNets', () => {
  it('works without models and says so', async () => {
    const models = { folder: '', nanodet: null, movenet: null, id: '' };
    await using nets = await openPerceptionNets(models, { provider: 'cpu', threads: 1 });
    expect(nets).toMatchObject({ id: '', level: 'none' });
    const image = {
      width: 32,
      height: 32,
      rgb: new Uint8Array(32 * 32 * 3),
      picture: { x: 0, y: 0, width: 32, height: 32 },
    };
    expect(await nets.detect(image)).toEqual({ objects: null, persons: null });
    await expect(nets.detect({ ...image, width: 33 })).rejects.toThrow(/33 x 32/);
    await expect(nets.detect({ ...image, rgb: new Uint8Array(5) })).rejects.toThrow(RangeError);
  });
});
