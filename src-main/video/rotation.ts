/** The container's display matrix and turning RGB pictures upright; pure. */

/** Clockwise quarter turns, in degrees. */
export type Rotation = 0 | 90 | 180 | 270;

/**
 * The 3×3 display matrix (nine little-endian int32, 16.16 and in its last column 2.30 fixed point) that asks for a
 * clockwise turn. Source: FFmpeg libavutil/display.h, av_display_rotation_set, whose angle is clockwise too.
 */
export function displayMatrix(rotation: Rotation): Buffer {
  const one = 1 << 16;
  const [cos, sin] = ({ 0: [1, 0], 90: [0, 1], 180: [-1, 0], 270: [0, -1] } as const)[rotation];
  const matrix = Buffer.alloc(36);
  [cos * one, sin * one, 0, -sin * one, cos * one, 0, 0, 0, 1 << 30].forEach((value, index) => {
    matrix.writeInt32LE(value, index * 4);
  });
  return matrix;
}

/** The clockwise turn that a display matrix asks for, to the nearest quarter; 0 where it is none or not a turn. */
export function rotationOf(matrix: Uint8Array | null): Rotation {
  if (matrix === null || matrix.length < 36) return 0;
  const view = new DataView(matrix.buffer, matrix.byteOffset, matrix.length);
  const [a, b] = [view.getInt32(0, true), view.getInt32(4, true)];
  if (a === 0 && b === 0) return 0;
  const quarters = Math.round(Math.atan2(b, a) / (Math.PI / 2));
  return ((((quarters % 4) + 4) % 4) * 90) as Rotation;
}

/**
 * Copies a picture, turned clockwise, into a rectangle of a larger one.
 * @param source [height, width, 3] with `stride` bytes a row.
 * @param target RGB with `targetStride` bytes a row, written from byte `offset` on.
 */
export function copyTurned(
  source: Uint8Array,
  width: number,
  height: number,
  stride: number,
  rotation: Rotation,
  target: Uint8Array,
  targetStride: number,
  offset: number,
): void {
  if (rotation === 0) {
    for (let y = 0; y < height; y++) {
      target.set(source.subarray(y * stride, y * stride + width * 3), offset + y * targetStride);
    }
    return;
  }
  // Where pixel (0, 0) goes, and how far the target moves for one step right and one step down in the source.
  const [start, right, down] = {
    90: [(height - 1) * 3, targetStride, -3],
    180: [(height - 1) * targetStride + (width - 1) * 3, -3, -targetStride],
    270: [(width - 1) * targetStride, -targetStride, 3],
  }[rotation] as [number, number, number];
  for (let y = 0; y < height; y++) {
    let to = offset + start + y * down;
    let from = y * stride;
    for (let x = 0; x < width; x++, to += right, from += 3) {
      target[to] = source[from] ?? 0;
      target[to + 1] = source[from + 1] ?? 0;
      target[to + 2] = source[from + 2] ?? 0;
    }
  }
}
