/** Long recordings in which next to nothing happens but for one short incident: what finding it costs, and what it misses. */
import { randomFrom } from '../../math/random.ts';
import { lifeIn } from '../scenes/life.ts';
import type { SceneRequest } from '../scenes/request.ts';
import { composed } from '../scenes/setting.ts';
import { settings } from '../scenes/settings.ts';
import { ofPeople } from '../scenes/staging/of-people.ts';
import type { Staged } from '../scenes/staging/staged.ts';
import type { Scene } from '../scene.ts';
import type { Encoding, Suite, SuiteOptions, SuiteRecording } from './suite.ts';

const defaultHours = 4;
/** Long enough that looking at all of it is out of the question, short enough that the suite renders in minutes. */
const fileSeconds = 1800;
/** The incident begins between these shares of the recording. */
const when = [0.1, 0.9] as const;
/** Parties a minute: the small hours. */
const parties = 0.4;
/** Cheap to render and to look at: as recorders keep their second stream. */
const frameRate = 6.25;
const size = { width: 480, height: 270 } as const;
const encoding: Encoding = { quality: { crf: 27 }, gop: 50, preset: 'veryfast' };
/** Every fourth recording has no incident, so that a false alarm is one. */
const plainEvery = 4;

/** Incidents of which whoever takes part comes and goes within a minute: in any other one people stand about for hours. */
const brief: readonly Staged[] = ofPeople.filter(
  ({ kind, camera }) => (kind === 'running' && camera !== 'Plaza') || (kind === 'fall' && camera === 'Passage'),
);

/** In June, when it is light before anybody is up. */
const clock = { dawn: '04:40:00', day: '05:30:00', indoor: '03:10:00', dusk: '21:40:00', night: '02:10:00' } as const;

/** Half hours, as many as `hours` asks for; the seed decides what happens when. */
export function quiet({ seed, hours = defaultHours }: SuiteOptions): Suite {
  const count = Math.max(1, Math.round((hours * 3600) / fileSeconds));
  return {
    name: 'quiet',
    recordings: Array.from({ length: count }, (_, number): SuiteRecording => {
      const own = `${seed}/quiet/${number}`;
      const act = brief[number % brief.length] as Staged;
      const hour = act.hours[Math.floor(number / brief.length) % act.hours.length] ?? 'day';
      const { camera } = act;
      const day = new Date(Date.UTC(2026, 5, 1 + number)).toISOString().slice(0, 10);
      const startsAt = `${day}T${clock[hour]}`;
      const isPlain = number % plainEvery === plainEvery - 1;
      return {
        ...{ camera, startsAt, frameRate, encoding },
        seconds: fileSeconds,
        notes: { kind: isPlain ? 'none' : act.kind, light: hour },
        scene: () =>
          sceneOf(own, act, isPlain, {
            ...{ hour, rain: 0, seconds: fileSeconds },
            frame: { camera, startsAt, seed: own, frameRate, ...size },
          }),
      };
    }),
  };
}

function sceneOf(own: string, act: Staged, isPlain: boolean, request: SceneRequest): Scene {
  const random = randomFrom(own);
  const { seconds } = request;
  const setting = settings[act.camera];
  const begins = seconds * random.between(...when);
  const nothing = { people: [], incidents: [], shunned: [] };
  const staging = isPlain ? nothing : act.stage(random.fork('staging'), begins, seconds);
  const life = lifeIn(random.fork('life'), setting, {
    ...{ seconds, perMinute: parties },
    already: staging.people,
    shunned: staging.shunned,
  });
  return composed(request, setting, staging, { ...life, vehicles: [] });
}
