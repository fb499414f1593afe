/** Fits the noise model of symbolic observations: what perception returned of rendered scenes against what is in them. */
import { boxIoU } from '../../src-main/perception/box.ts';
import { bagClasses, personClass, vehicleClasses } from '../../src-main/perception/coco.ts';
import type { Box } from '../../src-main/perception/detection.ts';
import type { FrameObservation } from '../../src-main/perception/index.ts';
import { figureConditions, sceneConditions, sizeOf } from '../../src-main/simulation/symbolic/conditions.ts';
import { figuresAt, stageOf, type Figure } from '../../src-main/simulation/symbolic/figures.ts';
import type { BoxModel, ExtraModel, NoiseModel, ScoreModel } from '../../src-main/simulation/symbolic/noise-model.ts';
import { normalAt } from '../../src-main/simulation/symbolic/noise.ts';
import { keypointModel } from './fit-keypoints.ts';
import { fitMovement } from './fit-movement.ts';
import { deciles, logit, memoryOf, rounded, type Found, type Sight } from './sights.ts';
import type { PerceivedScene } from './perceived-scenes.ts';
import { censoredLine, correlation, leastSquares, mean, moments, product } from './regression.ts';

/** The lowest scores that the nets' decoding keeps. */
const [leastObject, leastPose] = [logit(0.3), logit(0.2)];
/** Boxes that overlap less are not of the same thing. */
const sameBox = { person: 0.35, vehicle: 0.4, bag: 0.25, thing: 1 } as const;
/** What shows less of itself is not expected to be found. */
const leastShown = 0.05;

interface Frame {
  readonly recording: number;
  readonly time: number;
  readonly aspect: number;
  readonly figures: readonly Figure[];
  readonly conditions: readonly number[];
  readonly seen: FrameObservation;
}

export function fitNoise(scenes: readonly PerceivedScene[]): NoiseModel {
  const frames = scenes.flatMap(({ scene, frames: seen }, recording): Frame[] => {
    const stage = stageOf(scene);
    const { aspect } = stage.space;
    const conditions = sceneConditions(scene);
    return seen.map((frame) => ({
      ...{ recording, aspect, conditions, seen: frame, time: frame.time },
      figures: figuresAt(stage, frame.time),
    }));
  });
  const objectsOf = (classes: (coco: number) => boolean) => (frame: Frame) =>
    (frame.seen.objects ?? []).filter((object) => classes(object.class));
  const people = sights(
    frames,
    'person',
    objectsOf((coco) => coco === personClass),
  );
  const poses = sights(frames, 'person', ({ seen }) => seen.persons ?? []);
  const [object, objectLeft] = scoreModel(people, leastObject);
  const [pose, poseLeft] = scoreModel(poses, leastPose);
  const shared = correlation(
    people.flatMap((_, index): [number, number][] => {
      const [a, b] = [objectLeft[index], poseLeft[index]];
      return a === null || b === null || a === undefined || b === undefined ? [] : [[a, b]];
    }),
  );
  const each = (kind: 'vehicle' | 'bag', classes: readonly number[]) =>
    classes.map((coco) => {
      const seen = sights(
        frames,
        kind,
        objectsOf((each) => each === coco),
      );
      return [coco, scoreModel(seen, leastObject)[0]] as const;
    });
  const anyOf = (kind: 'vehicle' | 'bag', classes: ReadonlySet<number>) =>
    boxModel(
      sights(
        frames,
        kind,
        objectsOf((coco) => classes.has(coco)),
      ),
    );
  return {
    person: {
      ...{ object, pose, shared: rounded(Math.max(0, shared)) },
      objectBox: boxModel(people),
      poseBox: boxModel(poses),
      keypoints: keypointModel(poses),
    },
    vehicle: each('vehicle', [2, 7, 5]),
    vehicleBox: anyOf('vehicle', vehicleClasses),
    bag: each('bag', [24, 26, 28]),
    bagBox: anyOf('bag', bagClasses),
    extras: extraModels(frames),
    ...fitMovement(scenes),
  };
}

/** Every figure of `kind` in every frame, with the best of what `found` that lies where it is; each counts once. */
function sights(frames: readonly Frame[], kind: Figure['kind'], found: (frame: Frame) => readonly Found[]): Sight[] {
  return frames.flatMap((frame) => {
    const { figures, conditions, aspect, recording, time } = frame;
    const there = figures.filter((figure) => figure.kind === kind && figure.shown >= leastShown);
    const matched = matches(there, found(frame), sameBox[kind]);
    return there.map((figure) => ({
      ...{ recording, time, figure, aspect, found: matched.get(figure) ?? null },
      conditions: figureConditions(figure, figures, conditions, aspect),
    }));
  });
}

function matches<F extends Found>(figures: readonly Figure[], found: readonly F[], least: number): Map<Figure, F> {
  const pairs = figures
    .flatMap((figure) => found.map((one) => ({ figure, one, iou: boxIoU(figure.box, one.box) })))
    .filter(({ iou }) => iou >= least)
    .toSorted((a, b) => b.iou - a.iou);
  const matched = new Map<Figure, F>();
  const taken = new Set<F>();
  for (const { figure, one } of pairs) {
    if (matched.has(figure) || taken.has(one)) continue;
    matched.set(figure, one);
    taken.add(one);
  }
  return matched;
}

/** The model of a net's scores, and for each sight what it leaves in spreads (null where nothing was found). */
function scoreModel(seen: readonly Sight[], least: number): [ScoreModel, (number | null)[]] {
  const rows = seen.map(({ conditions }) => conditions);
  const values = seen.map(({ found }) => (found === null ? null : logit(found.score)));
  const { weights, spread } = censoredLine(rows, values, least);
  const left = values.map((value, index) =>
    value === null ? null : (value - product(rows[index] ?? [], weights)) / spread,
  );
  const memory = memoryOf(seen, left);
  const drawn = rows.flatMap((row, index) =>
    [0, 1, 2].map((draw) => product(row, weights) + spread * normalAt(index, draw)).filter((value) => value >= least),
  );
  const model = {
    ...{ weights: weights.map(rounded), spread: rounded(spread), least: rounded(least), memory },
    ...{ latent: deciles(drawn), reported: deciles(values.filter((value) => value !== null)) },
  };
  return [model, left];
}

function boxModel(seen: readonly Sight[]): BoxModel {
  const errors = seen.flatMap(({ figure, found, aspect }) => {
    if (found === null) return [];
    const { box } = figure;
    const size = sizeOf(figure, aspect);
    return [
      {
        size,
        sides: [
          ((found.box.x - box.x) * aspect) / size,
          (found.box.y - box.y) / size,
          ((found.box.x + found.box.width - box.x - box.width) * aspect) / size,
          (found.box.y + found.box.height - box.y - box.height) / size,
        ],
      },
    ];
  });
  const means = [0, 1, 2, 3].map((side) => mean(errors.map(({ sides }) => sides[side] ?? 0)));
  const squares = errors.flatMap(({ size, sides }) =>
    sides.map((value, side) => ({ row: [1, 1 / size ** 2], value: (value - (means[side] ?? 0)) ** 2 })),
  );
  const { weights } = leastSquares(
    squares.map(({ row }) => row),
    squares.map(({ value }) => value),
    0,
  );
  const [all] = [mean(squares.map(({ value }) => value))];
  const [relative = all, absolute = 0] = weights;
  const both = relative > 0 && absolute > 0;
  const [left = 0, top = 0, right = 0, bottom = 0] = means.map(rounded);
  return {
    mean: [left, top, right, bottom],
    relative: rounded(Math.sqrt(both ? relative : all)),
    absolute: Math.round(1e6 * Math.sqrt(both ? absolute : 0)) / 1e6,
  };
}

interface Spare {
  readonly class: number;
  readonly score: number;
  readonly host: Box;
  readonly box: Box;
}

/** What was found where nothing of its kind is, sorted by what it is seen on. */
function extraModels(frames: readonly Frame[]): NoiseModel['extras'] {
  const lists = { ofPersons: [], ofVehicles: [], ofPlaces: [], posesOfPersons: [], posesOfPlaces: [] } as {
    [name in keyof NoiseModel['extras']]: Spare[];
  };
  const hosts = { person: 0, vehicle: 0 };
  const whole = { x: 0, y: 0, width: 1, height: 1 };
  for (const { figures, seen } of frames) {
    const shown = figures.filter((figure) => figure.shown >= leastShown);
    const of = (kind: Figure['kind']) => shown.filter((figure) => figure.kind === kind);
    hosts.person += of('person').length;
    hosts.vehicle += of('vehicle').length;
    const spare = new Set(seen.objects ?? []);
    const explain = (kind: Figure['kind'], coco: number) => {
      const candidates = [...spare].filter((object) => object.class === coco);
      for (const object of matches(of(kind), candidates, sameBox[kind]).values()) spare.delete(object);
    };
    explain('person', personClass);
    for (const coco of [2, 7, 5]) explain('vehicle', coco);
    for (const coco of [24, 26, 28]) explain('bag', coco);
    for (const object of spare) {
      const [person, vehicle] = [hostOf(object.box, of('person')), hostOf(object.box, of('vehicle'))];
      const to = person !== null ? lists.ofPersons : vehicle !== null ? lists.ofVehicles : lists.ofPlaces;
      to.push({ ...object, host: (person ?? vehicle)?.box ?? whole });
    }
    const poses = new Set(seen.persons ?? []);
    for (const pose of matches(of('person'), [...poses], sameBox.person).values()) poses.delete(pose);
    for (const { box, score } of poses) {
      const host = hostOf(box, of('person'));
      (host === null ? lists.posesOfPlaces : lists.posesOfPersons).push({
        class: 0,
        score,
        box,
        host: host?.box ?? whole,
      });
    }
  }
  return {
    ofPersons: extraModel(lists.ofPersons, hosts.person),
    ofVehicles: extraModel(lists.ofVehicles, hosts.vehicle),
    ofPlaces: extraModel(lists.ofPlaces, frames.length),
    posesOfPersons: extraModel(lists.posesOfPersons, hosts.person),
    posesOfPlaces: extraModel(lists.posesOfPlaces, frames.length),
  };
}

/** The nearest figure in whose box the middle of `box` lies, where it is no larger than twice that. */
function hostOf(box: Box, figures: readonly Figure[]): Figure | null {
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  return (
    figures.find(
      ({ box: host }) =>
        Math.abs(x - host.x - host.width / 2) <= host.width / 2 &&
        Math.abs(y - host.y - host.height / 2) <= host.height / 2 &&
        box.width * box.height <= 4 * host.width * host.height,
    ) ?? null
  );
}

function extraModel(found: readonly Spare[], hosts: number): ExtraModel {
  const counts = new Map<number, number>();
  for (const { class: coco } of found) counts.set(coco, (counts.get(coco) ?? 0) + 1);
  const of = (value: (spare: Spare) => number): [number, number] => {
    const [middle, spread] = moments(found.map(value));
    return [rounded(middle), rounded(spread)];
  };
  return {
    rate: rounded(found.length / Math.max(1, hosts)),
    classes: [...counts].toSorted((a, b) => b[1] - a[1]).map(([coco, count]) => [coco, rounded(count / found.length)]),
    score: of(({ score }) => logit(score)),
    x: of(({ box, host }) => (box.x + box.width / 2 - host.x) / host.width),
    y: of(({ box, host }) => (box.y + box.height / 2 - host.y) / host.height),
    width: of(({ box, host }) => Math.log(box.width / host.width)),
    height: of(({ box, host }) => Math.log(box.height / host.height)),
  };
}
