/** What both nets would return of the figures in a picture: scores, boxes, keypoints, misses and mistakes. */
import { boxIoU } from '../../perception/box.ts';
import type { Detection, Person } from '../../perception/detection.ts';
import { dot, figureConditions } from './conditions.ts';
import type { Figure } from './figures.ts';
import type { ExtraModel, NoiseModel, ScoreModel } from './noise-model.ts';
import { mixed, normalAt, rememberedAt } from './noise.ts';
import { keypointCount } from './outline.ts';
import { seenKeypoints } from './seen-keypoints.ts';
import { extrasOf, scoreOf, seenBox, type Instant } from './seen-boxes.ts';

/** What tells the random numbers of one figure apart. */
const drawn = {
  shared: 11,
  object: 12,
  pose: 13,
  objectBox: 14,
  poseBox: 15,
  extra: 17,
  posed: 18,
} as const;

export interface SeenThings {
  /** Best first. */
  readonly objects: readonly Detection[];
  readonly persons: readonly Person[];
}

export interface Viewing {
  readonly figures: readonly Figure[];
  /** Of the scene, see `sceneConditions`. */
  readonly conditions: readonly number[];
  /** Belongs to the recording. */
  readonly key: number;
  readonly aspect: number;
}

/** Detections of one class that overlap more than this are one (as in NanoDet's decoding). */
const maxOverlap = 0.5;
/** What shows less of itself than this is not looked for. */
const leastShown = 0.05;

export function seenThings(viewing: Viewing, at: Instant, model: NoiseModel): SeenThings {
  const { figures, conditions, aspect } = viewing;
  const objects: Detection[] = [];
  const persons: Person[] = [];
  const report = (coco: number, score: number, box: Detection['box'] | null) => {
    if (box !== null) objects.push({ class: coco, score, box });
  };
  for (const figure of figures) {
    const { key, kind } = figure;
    if (figure.shown < leastShown || kind === 'thing') continue;
    const given = figureConditions(figure, figures, conditions, aspect);
    const scored = (score: ScoreModel, which: number, noise: number) => {
      const logit = dot(score.weights, given) + score.spread * noise;
      return logit < score.least ? null : { logit: reportedLogit(logit, score), which };
    };
    const remembered = (which: number, { memory }: ScoreModel) =>
      rememberedAt(mixed(key, which), at.time, at.frame, memory);
    if (kind === 'person') {
      const { object, pose, shared } = model.person;
      const both = Math.sqrt(shared) * remembered(drawn.shared, object);
      const own = Math.sqrt(1 - shared);
      const asObject = scored(object, drawn.object, both + own * remembered(drawn.object, object));
      if (asObject !== null)
        report(
          0,
          scoreOf(asObject.logit),
          seenBox(figure, model.person.objectBox, mixed(key, drawn.objectBox), at, aspect),
        );
      const asPose = scored(pose, drawn.pose, both + own * remembered(drawn.pose, pose));
      if (asPose !== null) {
        const box = seenBox(figure, model.person.poseBox, mixed(key, drawn.poseBox), at, aspect);
        const keypoints = seenKeypoints(figure, asPose.logit, at, aspect, model.person.keypoints);
        if (box !== null && keypoints !== null) persons.push({ score: scoreOf(asPose.logit), box, keypoints });
      }
    } else {
      const [models, boxes] = kind === 'vehicle' ? [model.vehicle, model.vehicleBox] : [model.bag, model.bagBox];
      // What makes a figure easy to see makes it so under every class.
      const both =
        Math.SQRT1_2 * rememberedAt(mixed(key, drawn.shared), at.time, at.frame, models[0]?.[1].memory ?? noMemory);
      for (const [coco, score] of models) {
        const found = scored(score, coco, both + Math.SQRT1_2 * remembered(100 + coco, score));
        if (found !== null)
          report(coco, scoreOf(found.logit), seenBox(figure, boxes, mixed(key, drawn.objectBox), at, aspect));
      }
    }
    addExtras(figure, model, at, objects, persons);
  }
  const whole = { x: 0, y: 0, width: 1, height: 1 };
  objects.push(...extrasOf(model.extras.ofPlaces, whole, mixed(viewing.key, drawn.extra), at));
  for (const extra of extrasOf(model.extras.posesOfPlaces, whole, mixed(viewing.key, drawn.posed), at)) {
    persons.push(nobody(extra, viewing.key, at));
  }
  return { objects: suppressed(objects), persons: persons.sort((a, b) => b.score - a.score) };
}

/** The logit that the net reports where the line through its conditions says `logit`. */
function reportedLogit(logit: number, { latent, reported }: ScoreModel): number {
  const above = latent.findIndex((decile) => decile > logit);
  if (above <= 0) return above === 0 ? (reported[0] ?? logit) : (reported.at(-1) ?? logit);
  const [low, high] = [latent[above - 1] ?? 0, latent[above] ?? 0];
  const [from, to] = [reported[above - 1] ?? 0, reported[above] ?? 0];
  return from + ((to - from) * (logit - low)) / (high - low);
}

const noMemory = { stays: 0, drifts: 0 } as const;

function addExtras(figure: Figure, model: NoiseModel, at: Instant, objects: Detection[], persons: Person[]): void {
  const { ofPersons, ofVehicles, posesOfPersons } = model.extras;
  const add = (extra: ExtraModel, which: number) => extrasOf(extra, figure.box, mixed(figure.key, which), at);
  if (figure.kind === 'vehicle') objects.push(...add(ofVehicles, drawn.extra));
  if (figure.kind !== 'person') return;
  objects.push(...add(ofPersons, drawn.extra));
  persons.push(...add(posesOfPersons, drawn.posed).map((extra) => nobody(extra, figure.key, at)));
}

/** Best first, without those of the same class that overlap a better one. */
function suppressed(objects: Detection[]): Detection[] {
  const kept: Detection[] = [];
  for (const object of objects.sort((a, b) => b.score - a.score)) {
    const again = kept.some((other) => other.class === object.class && boxIoU(other.box, object.box) > maxOverlap);
    if (!again) kept.push(object);
  }
  return kept;
}

/** Where the keypoints of an upright person lie in its box: x, y. */
const upright: readonly (readonly [number, number])[] = [
  ...([
    [0.5, 0.08],
    [0.52, 0.07],
    [0.48, 0.07],
    [0.56, 0.08],
    [0.44, 0.08],
  ] as const),
  ...([
    [0.72, 0.2],
    [0.28, 0.2],
    [0.8, 0.35],
    [0.2, 0.35],
    [0.8, 0.48],
    [0.2, 0.48],
  ] as const),
  ...([
    [0.64, 0.52],
    [0.36, 0.52],
    [0.62, 0.73],
    [0.38, 0.73],
    [0.62, 0.94],
    [0.38, 0.94],
  ] as const),
];
/** Mean score of the keypoints of someone who is not there, its spread, and that of each; what is drawn together of their outline. */
const nobodyScores = { mean: 0.245, spread: 0.055, each: 0.07, outline: 0.5 } as const;

/** A pose seen where nobody is. */
function nobody(
  { box, score }: { readonly box: Person['box']; readonly score: number },
  key: number,
  at: Instant,
): Person {
  const clamp = (value: number) => Math.min(1, Math.max(0, value));
  const own = mixed(key, drawn.posed);
  const keypoints = new Float32Array(3 * keypointCount);
  const mean = Math.max(0.16, nobodyScores.mean + nobodyScores.spread * normalAt(own, 120));
  const within = (share: number) => 0.5 + nobodyScores.outline * (share - 0.5);
  for (const [k, [x, y]] of upright.entries()) {
    const off = (index: number) => 0.1 * normalAt(mixed(own, 40 + index), at.frame);
    keypoints[3 * k] = clamp(box.x + box.width * (within(x) + off(k)));
    keypoints[3 * k + 1] = clamp(box.y + box.height * (within(y) + off(k + 17)));
    keypoints[3 * k + 2] = Math.max(0.02, mean + nobodyScores.each * normalAt(mixed(own, 80 + k), at.frame));
  }
  return { score, box, keypoints };
}
