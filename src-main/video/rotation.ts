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

/** Whether a display matrix asks for quarter turns and nothing else: no mirroring, no tilt, no scaling. */
export function isPlainTurn(matrix: Uint8Array | null): boolean {
  if (matrix === null) return true;
  const plain = displayMatrix(rotationOf(matrix));
  // The last row moves the picture back to where it was turned away from; the last column is no part of a turn.
  return [0, 4, 12, 16].every(
    (offset) => Buffer.compare(matrix.subarray(offset, offset + 4), plain.subarray(offset, offset + 4)) === 0,
  );
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
  const { start, right, down } = turnedSteps(width, height, rotation, targetStride, 3);
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

/** As `copyTurned`, for one plane of bytes from its first byte on: luma or chroma, [height, width]. */
export function copyPlaneTurned(
  source: Uint8Array,
  width: number,
  height: number,
  stride: number,
  rotation: 90 | 180 | 270,
  target: Uint8Array,
  targetStride: number,
): void {
  const { start, right, down } = turnedSteps(width, height, rotation, targetStride, 1);
  for (let y = 0; y < height; y++) {
    let to = start + y * down;
    const end = y * stride + width;
    for (let from = y * stride; from < end; from++, to += right) target[to] = source[from] ?? 0;
  }
}

/** Where pixel (0, 0) goes, and how far the target moves for one step right and one step down in the source; bytes. */
function turnedSteps(width: number, height: number, rotation: 90 | 180 | 270, stride: number, pixel: number) {
  return {
    90: { start: (height - 1) * pixel, right: stride, down: -pixel },
    180: { start: (height - 1) * stride + (width - 1) * pixel, right: -pixel, down: -stride },
    270: { start: (width - 1) * stride, right: -stride, down: pixel },
  }[rotation];
}
