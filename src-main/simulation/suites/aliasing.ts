/** Twins that are the same at every instant which a passive sampler sees, and differ in between: two suites of them. */
import { randomFrom } from '../../math/random.ts';
import type { Scene } from '../scene.ts';
import type { SceneRequest } from '../scenes/request.ts';
import { composed } from '../scenes/setting.ts';
import { settings } from '../scenes/settings.ts';
import { clockFor, type Clock } from './aliasing-clock.ts';
import { changeMeterOf } from './aliasing-energy.ts';
import { twinPlaces, type TwinPlace } from './aliasing-places.ts';
import { storyOf, tales, twinsOf, type Tale, type TwinKind } from './aliasing-tales.ts';
import type { ChangeMeter, Encoding, Suite, SuiteOptions, SuiteRecording } from './suite.ts';

/** Hertz, where none is asked for: a frame in four seconds, 15 a minute. */
const defaultRate = 0.25;
/** Pairs of a kind: one for each of its tales at each of its places. */
type Entry = readonly [kind: TwinKind, tales: readonly Tale[], places: readonly TwinPlace[]];

/** The cued ones first; of the uncued, which are reported only, at one place. */
const aliased: readonly Entry[] = [
  ['cued', tales, twinPlaces],
  ['periodic', tales, twinPlaces],
  ['uncued', tales, twinPlaces.slice(0, 1)],
];

/**
 * What an operator is for: SAMPLE shows what lies beside a cue, BACKTRACK how what is seen began, EXPAND what else happened
 * about then. Of who runs nothing is left to be seen, and only a fall goes on beside a cue that has no part in it.
 */
const operated: readonly Entry[] = [
  ['cued', ['fall', 'fight'], twinPlaces],
  ['aftermath', ['fall', 'fight'], twinPlaces],
  ['around', ['fall'], twinPlaces],
];
/** Small enough that all of it renders in a few minutes, large enough for the nets, which see 416 pixels across. */
const size = { width: 480, height: 270 } as const;

/**
 * A closed group of pictures from instant to instant at a constant quantiser, in which nothing depends on what comes
 * later: frames that follow a keyframe decode to the same bits in both twins as long as the pictures are the same.
 */
const encodingFor = ({ framesPerGap }: Clock): Encoding => ({
  quality: { qp: 26 },
  gop: framesPerGap,
  preset: 'veryfast',
  encoderOptions: {
    ...{ bf: '0', sc_threshold: '0', rc_lookahead: '0', mbtree: '0', weightp: '0', 'aq-mode': '0' },
    ...{ forced_idr: '1', 'x264-params': 'open-gop=0' },
  },
});

/** What a passive sampler cannot tell apart. Pairs, one recording after its twin; which of them has the incident is drawn. */
export const aliasing = (options: SuiteOptions): Suite => twinSuite('aliasing', aliased, options);

/** What each of the operators is worth looking with: likewise pairs, of a kind for each. */
export const operators = (options: SuiteOptions): Suite => twinSuite('operators', operated, options);

function twinSuite(
  suite: string,
  entries: readonly Entry[],
  { seed, rate = defaultRate, meterOf = changeMeterOf }: SuiteOptions,
): Suite {
  const clock = clockFor(rate);
  const catalogue = entries.flatMap(([kind, told, places]) =>
    places.flatMap((place) => told.map((tale) => ({ kind, place, tale }))),
  );
  return {
    name: suite,
    recordings: catalogue.flatMap((entry, number) => pairOf({ ...entry, suite, number, seed, clock, rate, meterOf })),
  };
}

interface Pair {
  readonly suite: string;
  readonly kind: TwinKind;
  readonly place: TwinPlace;
  readonly tale: Tale;
  readonly number: number;
  readonly seed: number | string;
  readonly clock: Clock;
  readonly rate: number;
  readonly meterOf: (scene: Scene) => ChangeMeter;
}

function pairOf({ suite, kind, place, tale, number, seed, clock, rate, meterOf }: Pair): SuiteRecording[] {
  const name = `pair-${String(number + 1).padStart(2, '0')}`;
  const own = `${seed}/${suite}/${name}`;
  const random = randomFrom(own);
  const { camera, hour } = place;
  const { seconds, frameRate } = clock;
  const startsAt = `2026-05-${String(1 + number).padStart(2, '0')}T11:00:00`;
  const story = storyOf(random.fork('story'), tale, kind, clock);
  const request: SceneRequest = {
    ...{ hour, rain: 0, seconds },
    frame: { camera, startsAt, seed: own, frameRate, ...size },
  };
  const empty = composed(
    request,
    { ...settings[camera], view: place.view },
    { people: [], incidents: [], shunned: [] },
    { people: [], vehicles: [], bags: [] },
  );
  // Written once for both, when the first of them is asked for.
  let twins: ReturnType<typeof twinsOf> | null = null;
  const sceneOf = (hasIncident: boolean): Scene => {
    twins ??= twinsOf(story, { place, clock, random: random.fork('people') }, meterOf(empty));
    return hasIncident
      ? { ...empty, persons: twins.told, incidents: twins.incidents }
      : { ...empty, persons: twins.innocent };
  };
  const order = random.fork('order').next() < 0.5 ? [true, false] : [false, true];
  return order.map((hasIncident, index) => ({
    ...{ camera, startsAt, seconds, frameRate },
    folder: `${camera} ${name}${index === 0 ? 'a' : 'b'}`,
    encoding: encodingFor(clock),
    notes: { twin: name, kind, tale, rate },
    scene: () => sceneOf(hasIncident),
  }));
}
