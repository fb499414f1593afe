/** Every kind of incident in several places and lights, each with normal life before and around it, and innocent twins. */
import { randomFrom } from '../../math/random.ts';
import { busyness } from '../scenes/life.ts';
import type { SceneRequest } from '../scenes/request.ts';
import { settings } from '../scenes/settings.ts';
import { stagedScene } from '../scenes/staged-scene.ts';
import { ofPeople } from '../scenes/staging/of-people.ts';
import { ofRoads } from '../scenes/staging/of-roads.ts';
import { ofThings } from '../scenes/staging/of-things.ts';
import type { Staged } from '../scenes/staging/staged.ts';
import type { Scene } from '../scene.ts';
import { usualEncoding, type Suite, type SuiteOptions, type SuiteRecording } from './suite.ts';

const clock: Readonly<Record<SceneRequest['hour'], number>> = {
  dawn: 6.8,
  day: 11,
  indoor: 14,
  dusk: 18.8,
  night: 22.5,
};
const frameRate = 12.5;
/** Parties and vehicles a minute around what happens. */
const around = { parties: 4, vehicles: 6 } as const;
/** Every fifth recording outdoors lies in rain. */
const rainEvery = 5;

/** One recording per act and light, each on a day of its own. */
export function incidents({ seed }: SuiteOptions): Suite {
  const catalogue = [...ofPeople, ...ofRoads, ...ofThings].flatMap((act) => act.hours.map((hour) => ({ act, hour })));
  return {
    name: 'incidents',
    recordings: catalogue.map(({ act, hour }, number): SuiteRecording => {
      const { camera, seconds } = act;
      const day = new Date(Date.UTC(2026, 3, 1 + number)).toISOString().slice(0, 10);
      const whole = Math.floor(clock[hour]);
      const minutes = Math.round((clock[hour] - whole) * 60);
      const startsAt = `${day}T${String(whole).padStart(2, '0')}:${String(minutes).padStart(2, '0')}:00`;
      const rain = number % rainEvery === 1 && !settings[camera].sheltered ? 0.7 : 0;
      const own = `${seed}/incidents/${number}/${act.kind}/${camera}/${hour}`;
      return {
        ...{ camera, startsAt, seconds, frameRate },
        encoding: usualEncoding(frameRate),
        notes: { kind: act.kind, light: hour, rain },
        scene: () =>
          sceneOf(own, act, {
            ...{ hour, rain, seconds },
            frame: { camera, startsAt, seed: own, frameRate, width: 640, height: 360 },
          }),
      };
    }),
  };
}

function sceneOf(own: string, act: Staged, request: SceneRequest): Scene {
  const random = randomFrom(own);
  const begins = request.seconds * random.between(...act.when);
  const parties = around.parties * Math.max(0.25, busyness(clock[request.hour]));
  return stagedScene(random, settings[act.camera], request, { ...around, parties }, { act, begins });
}
