/** Small brightness pictures: what motion is measured on. */

/** Brightness (ITU-R BT.601) of a picture, `data` is `[height, width]`, row by row, 0 to 255. */
export interface LumaImage {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** The part of the video folder's FrameImage that is needed here. */
interface RgbImage {
  readonly width: number;
  readonly height: number;
  /** `[height, width, 3]` */
  readonly rgb: Uint8Array;
  readonly picture: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** The longer side of a luma image lies between this and twice this (less where the picture itself is smaller). */
const longSide = 96;

/**
 * The picture inside the letterbox, averaged over square blocks so that its longer side is about 100 pixels (a 416-wide
 * frame gives 104). Averaging takes most of the sensor's and the codec's noise away and keeps a person of 8 pixels.
 * Rows and columns that do not fill a block are left out.
 */
export function lumaFrom(image: RgbImage): LumaImage {
  const { rgb, picture } = image;
  const left = Math.max(0, Math.round(picture.x));
  const top = Math.max(0, Math.round(picture.y));
  const pictureWidth = Math.min(image.width - left, Math.round(picture.width));
  const pictureHeight = Math.min(image.height - top, Math.round(picture.height));
  const block = Math.max(
    1,
    Math.min(Math.floor(Math.max(pictureWidth, pictureHeight) / longSide), pictureWidth, pictureHeight),
  );
  const width = Math.max(0, Math.floor(pictureWidth / block));
  const height = Math.max(0, Math.floor(pictureHeight / block));
  const data = new Float32Array(width * height);
  const scale = 1 / (256 * block * block);
  const sums = new Uint32Array(width);
  for (let row = 0; row < height; row++) {
    sums.fill(0);
    for (let y = 0; y < block; y++) {
      let offset = ((top + row * block + y) * image.width + left) * 3;
      for (let column = 0; column < width; column++) {
        let sum = 0;
        for (let x = 0; x < block; x++, offset += 3) {
          sum += 77 * (rgb[offset] as number) + 150 * (rgb[offset + 1] as number) + 29 * (rgb[offset + 2] as number);
        }
        sums[column] = (sums[column] as number) + sum;
      }
    }
    for (let column = 0; column < width; column++) data[row * width + column] = (sums[column] as number) * scale;
  }
  return { width, height, data };
}
