/** Any number of short recordings to train on: every kind of incident, its innocent twin, normal life, and cued twins. */
import { randomFrom, type Random } from '../../math/random.ts';
import type { Watcher } from '../../inquiry/watcher.ts';
import type { FrameObservation } from '../../perception/frame-observation.ts';
import type { View } from '../geometry/view.ts';
import { incidentsOf, type Incident } from '../ground-truth.ts';
import type { IncidentClass, Scene } from '../scene.ts';
import type { SceneRequest } from '../scenes/request.ts';
import { settings, type SettingName } from '../scenes/settings.ts';
import { stagedScene } from '../scenes/staged-scene.ts';
import { ofPeople } from '../scenes/staging/of-people.ts';
import { ofRoads } from '../scenes/staging/of-roads.ts';
import { ofThings } from '../scenes/staging/of-things.ts';
import type { Staged } from '../scenes/staging/staged.ts';
import { suiteNamed } from '../suites/index.ts';
import type { SuiteRecording } from '../suites/suite.ts';
import { symbolicMeterOf } from './change-meter.ts';
import { symbolicWatcher } from './watcher.ts';

export interface SymbolicRecording {
  /** The class of its incident, with `-twin` where it only looks like one; `normal`; of twins with a cue their kind before it. */
  readonly kind: string;
  /** Whether what it tells lies far apart, so that it tells nothing in parts. */
  readonly whole: boolean;
  readonly camera: string;
  readonly scene: Scene;
  /** None where all is normal. */
  readonly incidents: readonly Incident[];
  readonly watcher: Watcher<FrameObservation>;
}

export interface SymbolicOptions {
  /** Length of a recording, seconds; twins with a cue last two minutes. */
  readonly seconds?: number;
  /** Classes of which neither incidents nor twins are made. */
  readonly without?: readonly IncidentClass[];
  /** Shares of what is made; they add up to 1. */
  readonly shares?: Readonly<Record<Sort, number>>;
}

export type Sort = 'incident' | 'twin' | 'normal' | 'cued';

/** Half of the recordings have an incident (every second cued one has). */
const usualShares: Readonly<Record<Sort, number>> = { incident: 0.42, twin: 0.17, normal: 0.25, cued: 0.16 };
const usualSeconds = 128;
/** The shortest recording that every act fits into. */
const leastSeconds = 60;

const catalogue: readonly Staged[] = [...ofPeople, ...ofRoads, ...ofThings];
const isTwin = ({ kind }: Staged) => kind.endsWith('-twin');
const classOf = ({ kind }: Staged) => kind.replace(/-twin$/, '');

/**
 * The recording that belongs to `seed`: what happens, where, when, in what light and crowd and from where it is seen are
 * drawn by it. Errors: RangeError for recordings under a minute, and where `without` leaves nothing.
 */
export function symbolicRecording(seed: number | string, options: SymbolicOptions = {}): SymbolicRecording {
  const { seconds = usualSeconds, without = [], shares = usualShares } = options;
  if (seconds < leastSeconds)
    throw new RangeError(`a recording lasts ${leastSeconds} seconds at least, not ${seconds}`);
  const random = randomFrom(`${seed}/symbolic`);
  const sort = sortBy(shares, random.next());
  const allowed = (name: string) => !without.some((each) => each === name);
  const drawn =
    sort === 'cued'
      ? cuedScene(random.fork('cued'), seed, allowed)
      : stagedOf(
          random,
          seed,
          seconds,
          sort,
          catalogue.filter((act) => allowed(classOf(act))),
        );
  return recordingOf(drawn, sort === 'cued');
}

function sortBy(shares: Readonly<Record<Sort, number>>, at: number): Sort {
  let left = at;
  for (const sort of ['incident', 'twin', 'normal'] as const) {
    if (left < shares[sort]) return sort;
    left -= shares[sort];
  }
  return 'cued';
}

/** Frames a second of common recorders. */
const frameRates = [8, 12.5, 15, 25] as const;
const hours: Readonly<Record<SceneRequest['hour'], string>> = {
  ...{ dawn: '06:50:00', day: '12:20:00', dusk: '18:50:00', night: '22:40:00', indoor: '14:10:00' },
};
/** Seconds at the start of a recording in which nothing begins yet, and that an act takes at most where it does not say. */
const [quietStart, longestAct] = [10, 40] as const;

function stagedOf(
  random: Random,
  seed: number | string,
  seconds: number,
  sort: Exclude<Sort, 'cued'>,
  acts: readonly Staged[],
): { kind: string; scene: Scene } {
  const act = sort === 'normal' ? null : actOf(random, acts, sort);
  const camera = act?.camera ?? random.pick(Object.keys(settings) as SettingName[]);
  const setting = settings[camera];
  const hour = act === null ? hourOf(random, camera) : random.pick(act.hours);
  const rain = !setting.sheltered && random.next() < 0.2 ? random.between(0.4, 0.9) : 0;
  const startsAt = `2026-06-01T${hours[hour]}`;
  const frame = {
    camera,
    startsAt,
    seed: `${seed}/symbolic`,
    frameRate: random.pick(frameRates),
    width: 640,
    height: 360,
  };
  const busy = (low: number, high: number) => Math.exp(random.between(Math.log(low), Math.log(high)));
  const around = { parties: busy(0.4, 9), vehicles: camera === 'Car park' ? busy(0.3, 3) : busy(1, 14) };
  // Acts that go on to the end (loitering, say) begin early; the others at any time.
  const latest = Math.max(quietStart, seconds - longestAct);
  const staged = act === null ? null : { act, begins: random.between(quietStart, latest) };
  const seen = { ...setting, view: viewOf(camera, random) };
  const scene = stagedScene(random.fork('scene'), seen, { hour, rain, seconds, frame }, around, staged);
  const noise = scene.light.noise * random.between(0.8, 1.8);
  return { kind: act?.kind ?? 'normal', scene: { ...scene, light: { ...scene.light, noise } } };
}

/** One act of the catalogue, each class as often as any other. */
function actOf(random: Random, acts: readonly Staged[], sort: 'incident' | 'twin'): Staged {
  const fitting = acts.filter((act) => isTwin(act) === (sort === 'twin'));
  const name = random.pick([...new Set(fitting.map(classOf))]);
  return random.pick(fitting.filter((act) => classOf(act) === name));
}

const hourOf = (random: Random, camera: SettingName): SceneRequest['hour'] =>
  settings[camera].sheltered ? 'indoor' : random.pick(['dawn', 'day', 'day', 'dusk', 'night'] as const);

/** So many views of each place, as if its camera hung a little elsewhere: what hides what is measured for each once. */
const viewsOfEach = 16;
const views = new Map<string, View>();

function viewOf(camera: SettingName, random: Random): View {
  const number = random.integer(viewsOfEach);
  const name = `${camera}/${number}`;
  const known = views.get(name);
  if (known !== undefined) return known;
  const own = randomFrom(`view/${name}`);
  const { position, yaw, pitch, focal } = settings[camera].view;
  const off = (reach: number) => (number === 0 ? 0 : own.between(-reach, reach));
  const view: View = {
    position: { x: position.x + off(0.8), y: position.y + off(0.6), z: position.z + off(0.8) },
    yaw: yaw + off(0.05),
    pitch: pitch + off(0.03),
    focal: focal * (1 + off(0.18)),
  };
  views.set(name, view);
  return view;
}

/** Hertz of the passive samplers that twins are made against. */
const samplers = [0.25, 0.125] as const;

/** Shares of the kinds of twins with a cue: most are those of the aliasing suite. Ours. */
const cuedKinds = ['cued', 'cued', 'cued', 'aftermath', 'around'] as const;

/** One of a pair of twins with a cue, of the class `allowed`. Its own seed is the pair's, so that no two recordings share one. */
function cuedScene(
  random: Random,
  seed: number | string,
  allowed: (name: string) => boolean,
): { kind: string; scene: Scene } {
  const rate = random.pick(samplers);
  const wanted = random.pick(cuedKinds);
  const offered = (suite: TwinSuite, kind: string) =>
    twinsIn(suite, kind, `${seed}/cued`, rate).filter(({ notes }) => allowed(String(notes['tale'])));
  const special = wanted === 'cued' ? [] : offered('operators', wanted);
  // Where classes are left out there may be none of a kind.
  const { notes, scene } = random.pick(special.length > 0 ? special : offered('aliasing', 'cued'));
  return { kind: kindIn(notes), scene: scene() };
}

type TwinSuite = 'aliasing' | 'operators';

const twinsIn = (suite: TwinSuite, kind: string, seed: number | string, rate: number) =>
  suiteNamed(suite, { seed, rate, meterOf: symbolicMeterOf }).recordings.filter(({ notes }) => notes['kind'] === kind);

const kindIn = (notes: SuiteRecording['notes']) => `${String(notes['kind'])}-${String(notes['tale'])}`;

/** All twins of a kind that a suite has for a sampler of `rate` hertz, each after the other one of its pair. */
export const twinRecordings = (
  suite: TwinSuite,
  kind: string,
  seed: number | string,
  rate: (typeof samplers)[number],
): SymbolicRecording[] =>
  twinsIn(suite, kind, seed, rate).map(({ notes, scene }) =>
    recordingOf({ kind: kindIn(notes), scene: scene() }, true),
  );

const recordingOf = ({ kind, scene }: { kind: string; scene: Scene }, whole: boolean): SymbolicRecording => ({
  ...{ kind, whole, camera: scene.camera, scene },
  ...{ incidents: incidentsOf(scene), watcher: symbolicWatcher(scene) },
});
