/** Small brightness pictures: what motion is measured on. */

/** Brightness (ITU-R BT.601) of a picture, `data` is `[height, width]`, row by row, 0 to 255. */
export interface LumaImage {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
  /** The same picture in twice as many columns and rows, where there is one: for what takes fractions of a pixel. */
  readonly finer?: LumaImage;
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
 * Rows and columns that do not fill a block are left out. Where the blocks have an even side, the same picture in half
 * blocks is there as well.
 */
export function lumaFrom(image: RgbImage): LumaImage {
  const { picture } = image;
  const left = Math.max(0, Math.round(picture.x));
  const top = Math.max(0, Math.round(picture.y));
  const pictureWidth = Math.min(image.width - left, Math.round(picture.width));
  const pictureHeight = Math.min(image.height - top, Math.round(picture.height));
  const block = Math.max(
    1,
    Math.min(Math.floor(Math.max(pictureWidth, pictureHeight) / longSide), pictureWidth, pictureHeight),
  );
  const part = { left, top, width: pictureWidth, height: pictureHeight };
  if (block % 2 === 1) return averaged(image, part, block);
  const finer = averaged(image, part, block / 2);
  return { ...halved(finer), finer };
}

/** Means of 2 × 2 pixels; a last odd column or row is left out. */
function halved({ width: from, height: rows, data }: LumaImage): LumaImage {
  const [width, height] = [from >> 1, rows >> 1];
  const half = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    let at = 2 * y * from;
    for (let x = 0; x < width; x++, at += 2) {
      const upper = (data[at] as number) + (data[at + 1] as number);
      half[y * width + x] = (upper + (data[at + from] as number) + (data[at + from + 1] as number)) / 4;
    }
  }
  return { width, height, data: half };
}

interface Part {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Means of the brightness over square blocks of a part of the image. */
function averaged({ width: imageWidth, rgb }: RgbImage, part: Part, block: number): LumaImage {
  const { left, top } = part;
  const width = Math.max(0, Math.floor(part.width / block));
  const height = Math.max(0, Math.floor(part.height / block));
  const data = new Float32Array(width * height);
  const scale = 1 / (256 * block * block);
  const sums = new Uint32Array(width);
  for (let row = 0; row < height; row++) {
    sums.fill(0);
    for (let y = 0; y < block; y++) {
      let offset = ((top + row * block + y) * imageWidth + left) * 3;
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
