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
  /** The program of the nets' threads, `nets.worker.ts` or what it was bundled to. */
  readonly threadEntry?: URL | string;
}

/** Opens what `models` has, which may be nothing. Disposing waits for the runs under way. */
export async function openPerceptionNets(models: ModelSet, options: PerceptionNetOptions): Promise<PerceptionNets> {
  await using opening = new AsyncDisposableStack();
  const threadEntry = options.threadEntry ?? new URL('./nets.worker.ts', import.meta.url);
  const open = async <Found>(path: string | null, decoder: string): Promise<Session<readonly Found[]> | null> =>
    path === null ? null : opening.use(await openSession(path, { ...options, threadEntry, decoder }));
  const nanodet = await open<Detection>(models.nanodet, 'objects');
  const movenet = await open<Person>(models.movenet, 'persons');
  const sessions = opening.move();
  return {
    id: models.id,
    level: levelOf({ nanodet, movenet }),
    async detect(image, { signal } = {}) {
      checkSize(image);
      const tensor: TensorData = { type: 'uint8', dims: [1, image.height, image.width, 3], data: image.rgb };
      const run = <Found>(session: Session<readonly Found[]> | null) =>
        session?.run({ image: tensor }, { ...(signal !== undefined && { signal }) }) ?? null;
      const [objects, persons] = await Promise.all([run(nanodet), run(movenet)]);
      return {
        objects: objects?.flatMap((object) => objectInPicture(object, image.picture)) ?? null,
        persons: persons?.flatMap((person) => personInPicture(person, image.picture)) ?? null,
      };
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

function objectInPicture(object: Detection, picture: Picture): Detection[] {
  const box = boxInPicture(object.box, picture);
  return box === null ? [] : [{ ...object, box }];
}

function personInPicture(person: Person, picture: Picture): Person[] {
  const box = boxInPicture(person.box, picture);
  return box === null ? [] : [{ ...person, box, keypoints: keypointsInPicture(person.keypoints, picture) }];
}
