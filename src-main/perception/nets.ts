/** The neural part of perception: both nets on one image, decoded, in coordinates of the displayed picture. */
import {
  levelOf,
  type ModelLevel,
  openSession,
  type ModelSet,
  type ProviderName,
  type Session,
  type TensorData,
} from '../inference/index.ts';
import type { FrameImage } from '../video/index.ts';
import type { Box, Detection, Person } from './detection.ts';
import { decodeMovenet } from './movenet.ts';
import { decodeNanodet } from './nanodet.ts';

/** What the nets need of a frame: `[height, width, 3]` bytes, both sizes multiples of 32, and where the picture lies. */
export type NetImage = Pick<FrameImage, 'width' | 'height' | 'rgb' | 'picture'>;

export interface NetFindings {
  /** Best first; null without the object net. */
  readonly objects: readonly Detection[] | null;
  /** Best first; null without the pose net. */
  readonly persons: readonly Person[] | null;
}

export interface PerceptionNets extends AsyncDisposable {
  /** The model set's id: part of the key of what is cached. */
  readonly id: string;
  readonly level: ModelLevel;
  /** Throws RangeError for an image whose sizes are no multiples of 32, AppError where a session fails. */
  detect(image: NetImage, options?: { readonly signal?: AbortSignal }): Promise<NetFindings>;
}

export interface PerceptionNetOptions {
  readonly provider: ProviderName;
  /**
   * Threads of one run. The nets run at the same time, so 1 is best where several images or several workers are under
   * way (measured on 2 cores with two 416 x 256 images in flight: 30 ms an image with 1, 37 with 2).
   */
  readonly threads: number;
  readonly threadEntry?: URL | string;
}

/** Opens what `models` has, which may be nothing. Disposing waits for the runs under way. */
export async function openPerceptionNets(models: ModelSet, options: PerceptionNetOptions): Promise<PerceptionNets> {
  await using opening = new AsyncDisposableStack();
  const open = async (path: string | null) => (path === null ? null : opening.use(await openSession(path, options)));
  const nanodet = await open(models.nanodet);
  const movenet = await open(models.movenet);
  const sessions = opening.move();
  return {
    id: models.id,
    level: levelOf({ nanodet, movenet }),
    async detect(image, { signal } = {}) {
      checkSize(image);
      const tensor: TensorData = { type: 'uint8', dims: [1, image.height, image.width, 3], data: image.rgb };
      const run = (session: Session) => session.run({ image: tensor }, { ...(signal !== undefined && { signal }) });
      const objects = nanodet === null ? null : run(nanodet).then((outputs) => decodedObjects(outputs, image));
      const persons = movenet === null ? null : run(movenet).then((outputs) => decodedPersons(outputs, image));
      const [foundObjects, foundPersons] = await Promise.all([objects, persons]);
      return { objects: foundObjects, persons: foundPersons };
    },
    [Symbol.asyncDispose]: () => sessions.disposeAsync(),
  };
}

function checkSize({ width, height, rgb }: NetImage): void {
  if (width % 32 !== 0 || height % 32 !== 0 || rgb.length !== width * height * 3) {
    throw new RangeError(
      `the nets take images whose sides are multiples of 32, not ${width} x ${height} (${rgb.length} bytes)`,
    );
  }
}

type Outputs = Readonly<Record<string, TensorData>>;

function head(outputs: Outputs, name: string) {
  const tensor = outputs[name];
  if (tensor?.type !== 'float32') throw new TypeError(`the net gives no ${name}`);
  const [, rows = 0, columns = 0] = tensor.dims;
  return { rows, columns, values: tensor.data };
}

function decodedObjects(outputs: Outputs, image: NetImage): Detection[] {
  const heads = [8, 16, 32].map((stride) => ({ stride, ...head(outputs, `stride${stride}`) }));
  return decodeNanodet(heads).flatMap((object) => {
    const box = boxInPicture(object.box, image.picture);
    return box === null ? [] : [{ ...object, box }];
  });
}

function decodedPersons(outputs: Outputs, image: NetImage): Person[] {
  const center = head(outputs, 'center');
  const heads = {
    rows: center.rows,
    columns: center.columns,
    center: center.values,
    boxScale: head(outputs, 'box_scale').values,
    boxOffset: head(outputs, 'box_offset').values,
    heatmap: head(outputs, 'kpt_heatmap').values,
    regress: head(outputs, 'kpt_regress').values,
    offset: head(outputs, 'kpt_offset').values,
  };
  return decodeMovenet(heads).flatMap((person) => {
    const box = boxInPicture(person.box, image.picture);
    return box === null ? [] : [{ ...person, box, keypoints: keypointsInPicture(person.keypoints, image.picture) }];
  });
}

type Picture = NetImage['picture'];

const clamp = (value: number) => Math.min(1, Math.max(0, value));

/** A box in pixels of the image as one in [0, 1] of the picture, cut at its edges; null where none of it is inside. */
export function boxInPicture(box: Box, picture: Picture): Box | null {
  const left = clamp((box.x - picture.x) / picture.width);
  const top = clamp((box.y - picture.y) / picture.height);
  const right = clamp((box.x + box.width - picture.x) / picture.width);
  const bottom = clamp((box.y + box.height - picture.y) / picture.height);
  return right > left && bottom > top ? { x: left, y: top, width: right - left, height: bottom - top } : null;
}

/** Keypoints `[17, 3]` in pixels as ones in coordinates of the picture; one outside is put at the edge, its score kept. */
export function keypointsInPicture(keypoints: Float32Array, picture: Picture): Float32Array {
  return keypoints.map((value, index) => {
    if (index % 3 === 0) return clamp((value - picture.x) / picture.width);
    return index % 3 === 1 ? clamp((value - picture.y) / picture.height) : value;
  });
}
