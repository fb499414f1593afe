/** Boxes as nets give them: around what is there, a little off; and boxes of things that are not there. */
import { sigmoid } from '../../math/logistic.ts';
import type { Box } from '../../perception/detection.ts';
import { sizeOf } from './conditions.ts';
import type { Figure } from './figures.ts';
import type { BoxModel, ExtraModel } from './noise-model.ts';
import { mixed, normalAt, rememberedAt, uniformAt } from './noise.ts';

/** A frame that is looked at: its number in the recording and its time in seconds. */
export interface Instant {
  readonly frame: number;
  readonly time: number;
}

/** As far as a box goes to and fro, half of it stays for a second or so. */
const boxMemory = { stays: 0.25, drifts: 0.3 } as const;

/** The box of `figure` with errors by `model`, cut at the picture's edges; null where nothing of it is left. */
export function seenBox(figure: Figure, model: BoxModel, key: number, at: Instant, aspect: number): Box | null {
  const { box } = figure;
  const size = sizeOf(figure, aspect);
  const spread = size * Math.sqrt(model.relative ** 2 + (model.absolute / size) ** 2);
  const off = (side: number) =>
    size * (model.mean[side] ?? 0) + spread * rememberedAt(mixed(key, side), at.time, at.frame, boxMemory);
  return within(
    box.x + off(0) / aspect,
    box.y + off(1),
    box.x + box.width + off(2) / aspect,
    box.y + box.height + off(3),
  );
}

const clamp = (value: number) => Math.min(1, Math.max(0, value));

/** The part in [0, 1] of the box between two corners; null where it is empty. */
function within(left: number, top: number, right: number, bottom: number): Box | null {
  const [x, y] = [clamp(left), clamp(top)];
  const [width, height] = [clamp(right) - x, clamp(bottom) - y];
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

export const scoreOf = sigmoid;

export interface Extra {
  readonly class: number;
  readonly score: number;
  readonly box: Box;
}

/** An extra is there in so many frames of the times at which it may be: what is seen wrongly is often seen again. */
const presence = 0.4;
/** More extras than this are not drawn for one host. */
const most = 40;

/**
 * What `model` adds in one frame of a recording to `host`, a box to which its places and sizes are relative (the whole
 * picture, where that is what it belongs to). `key` belongs to the recording and the host.
 */
export function extrasOf(model: ExtraModel, host: Box, key: number, { time, frame }: Instant): Extra[] {
  const extras: Extra[] = [];
  const expected = model.rate / presence;
  // Geometric: as many on average as expected.
  const chance = expected / (1 + expected);
  for (let number = 0; number < most; number++) {
    const own = mixed(key, 1000 + number);
    if (uniformAt(own, 0) >= chance) break;
    const steps = Math.floor(time / 2);
    const lasting = 0.5 * uniformAt(mixed(own, 1), steps) + 0.5 * uniformAt(mixed(own, 2), frame);
    if (lasting >= presenceBound) continue;
    const normal = (index: number) => normalAt(own, index);
    const width = host.width * Math.exp(model.width[0] + model.width[1] * normal(3));
    const height = host.height * Math.exp(model.height[0] + model.height[1] * normal(4));
    const x = host.x + host.width * (model.x[0] + model.x[1] * normal(5)) - width / 2;
    const y = host.y + host.height * (model.y[0] + model.y[1] * normal(6)) - height / 2;
    const box = within(x, y, x + width, y + height);
    if (box === null) continue;
    const [mean, spread] = model.score;
    const logit = mean + spread * (0.7 * normal(7) + 0.7 * normalAt(mixed(own, 3), frame));
    extras.push({ class: classBy(model.classes, uniformAt(own, 8)), score: sigmoid(logit), box });
  }
  return extras;
}

/** The mean of two uniform numbers lies below this with the chance `presence`: its square times two below a half. */
const presenceBound = Math.sqrt(presence / 2);

function classBy(classes: ExtraModel['classes'], share: number): number {
  let left = share;
  for (const [coco, part] of classes) {
    if (left < part) return coco;
    left -= part;
  }
  return classes[0]?.[0] ?? 0;
}
