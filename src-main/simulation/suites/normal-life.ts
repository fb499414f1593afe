/** Hours of nothing out of the ordinary: five cameras from dawn to night, with rain, noise and strong compression. */
import { randomFrom } from '../../math/random.ts';
import { busyness, lifeIn } from '../scenes/life.ts';
import type { SceneRequest } from '../scenes/request.ts';
import { composed } from '../scenes/setting.ts';
import { settings, type SettingName } from '../scenes/settings.ts';
import type { Scene } from '../scene.ts';
import { usualEncoding, type Suite, type SuiteOptions, type SuiteRecording } from './suite.ts';

interface Slot {
  /** `HH:MM:SS` and the same in hours. */
  readonly startsAt: string;
  readonly hour: number;
  readonly light: SceneRequest['hour'];
}

const slots: readonly Slot[] = [
  { startsAt: '06:50:00', hour: 7, light: 'dawn' },
  { startsAt: '12:20:00', hour: 12.4, light: 'day' },
  { startsAt: '18:50:00', hour: 18.9, light: 'dusk' },
  { startsAt: '22:40:00', hour: 22.7, light: 'night' },
];

/** Parties and vehicles a minute in the busiest hour. */
const busiest: Readonly<Record<SettingName, { readonly parties: number; readonly vehicles: number }>> = {
  Plaza: { parties: 7, vehicles: 0 },
  Crossing: { parties: 4, vehicles: 11 },
  'Front gate': { parties: 4.5, vehicles: 0 },
  Passage: { parties: 6, vehicles: 0 },
  'Car park': { parties: 2.5, vehicles: 1.3 },
};
const cameras = Object.keys(busiest) as SettingName[];

/** Some recordings are of worse quality than others, as in any archive: every third is noisy, every fourth pressed hard. */
const noiseFactor = 1.6;
const [usualCrf, poorCrf] = [25, 32];
/** Half the frame rate of European television, as many recorders have it. */
const frameRate = 12.5;
/** A recorder begins a new file after a quarter of an hour at the latest. */
const longestFile = 900;
const defaultHours = 1;

/** The day of number `day`, a Monday the first. */
const dateOf = (day: number): string => new Date(Date.UTC(2026, 2, 16 + day)).toISOString().slice(0, 10);

/** How hard it rains in a slot of a day: one slot in four, another one every day. */
const rains = [0.55, 0.7, 0.85];
const rainOf = (day: number, slot: number): number => ((3 * day + slot) % 4 === 2 ? (rains[day % 3] ?? 0) : 0);

/** The suite over `hours`, one where absent: as many days as the longest file asks for, every slot equally long. */
export function normalLife({ seed, hours = defaultHours }: SuiteOptions): Suite {
  const files = cameras.length * slots.length;
  const days = Math.max(1, Math.ceil((hours * 3600) / (files * longestFile)));
  const seconds = Math.max(1, Math.round((hours * 3600) / (files * days)));
  const recordings = Array.from({ length: days }, (_, day) =>
    slots.flatMap((slot, slotNumber) =>
      cameras.map((camera, cameraNumber): SuiteRecording => {
        const number = (day * slots.length + slotNumber) * cameras.length + cameraNumber;
        const startsAt = `${dateOf(day)}T${slot.startsAt}`;
        const rain = rainOf(day + cameraNumber, slotNumber);
        const noise = number % 3 === 1 ? noiseFactor : 1;
        const crf = number % 4 === 3 ? poorCrf : usualCrf;
        return {
          camera,
          startsAt,
          seconds,
          frameRate,
          encoding: usualEncoding(frameRate, crf),
          notes: { light: slot.light, rain, noise, crf },
          scene: () =>
            sceneOf(`${seed}/normal-life/${camera}/${startsAt}`, camera, slot, { startsAt, seconds, rain, noise }),
        };
      }),
    ),
  ).flat();
  return { name: 'normal-life', recordings };
}

function sceneOf(
  own: string,
  camera: SettingName,
  slot: Slot,
  given: { readonly startsAt: string; readonly seconds: number; readonly rain: number; readonly noise: number },
): Scene {
  const random = randomFrom(own);
  const setting = settings[camera];
  const { startsAt, seconds, rain, noise } = given;
  const request: SceneRequest = {
    hour: slot.light,
    rain,
    seconds,
    frame: { camera, startsAt, seed: own, frameRate, width: 640, height: 360 },
  };
  // Rain keeps some at home; an arcade fills up.
  const share = busyness(slot.hour) * (rain > 0 && !setting.sheltered ? 0.6 : 1);
  const { parties, vehicles } = busiest[camera];
  const traffic = setting.traffic?.(random.fork('traffic'), { seconds, perMinute: vehicles * share, quiet: [] }) ?? {
    vehicles: [],
    people: [],
    bags: [],
  };
  const life = lifeIn(random.fork('life'), setting, {
    seconds,
    perMinute: parties * share,
    already: traffic.people,
    shunned: [],
  });
  const scene = composed(
    request,
    setting,
    { people: traffic.people, bags: traffic.bags, incidents: [], shunned: [] },
    {
      ...life,
      vehicles: traffic.vehicles,
    },
  );
  return { ...scene, light: { ...scene.light, noise: scene.light.noise * noise } };
}
