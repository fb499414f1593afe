/** The sample archive: eight short recordings of four cameras, three of them wholly normal. */
import { randomFrom, type Random } from '../../math/random.ts';
import type { Scene } from '../scene.ts';
import { crossingScene } from './crossing.ts';
import { frontGateScene } from './front-gate.ts';
import { passageScene } from './passage.ts';
import { plazaScene } from './plaza.ts';
import type { SceneRequest } from './request.ts';

interface Entry {
  readonly camera: string;
  readonly startsAt: string;
  readonly hour: SceneRequest['hour'];
  readonly seconds: number;
  readonly frameRate: number;
  readonly write: (request: SceneRequest, random: Random) => Scene;
}

const entries: readonly Entry[] = [
  {
    camera: 'Front gate',
    startsAt: '2026-03-14T08:15:00',
    hour: 'day',
    seconds: 40,
    frameRate: 15,
    write: (request, random) => frontGateScene(request, 'normal', random),
  },
  {
    camera: 'Front gate',
    startsAt: '2026-03-14T18:42:30',
    hour: 'dusk',
    seconds: 45,
    frameRate: 15,
    write: (request, random) => frontGateScene(request, 'intrusion', random),
  },
  {
    camera: 'Plaza',
    startsAt: '2026-03-14T10:30:00',
    hour: 'day',
    seconds: 30,
    frameRate: 15,
    write: (request, random) => plazaScene(request, 'normal', random),
  },
  {
    camera: 'Plaza',
    startsAt: '2026-03-14T12:05:00',
    hour: 'day',
    seconds: 35,
    frameRate: 15,
    write: (request, random) => plazaScene(request, 'fight', random),
  },
  {
    camera: 'Plaza',
    startsAt: '2026-03-14T18:55:10',
    hour: 'dusk',
    seconds: 45,
    frameRate: 15,
    write: (request, random) => plazaScene(request, 'fall-and-run', random),
  },
  {
    camera: 'Crossing',
    startsAt: '2026-03-14T09:20:00',
    hour: 'day',
    seconds: 40,
    frameRate: 25,
    write: (request, random) => crossingScene(request, 'normal', random),
  },
  {
    camera: 'Crossing',
    startsAt: '2026-03-14T16:47:05',
    hour: 'day',
    seconds: 30,
    frameRate: 25,
    write: (request, random) => crossingScene(request, 'collision', random),
  },
  {
    camera: 'Passage',
    startsAt: '2026-03-14T14:10:00',
    hour: 'indoor',
    seconds: 50,
    frameRate: 15,
    write: (request, random) => passageScene(request, 'left-behind-object', random),
  },
];

/** The scenes of the sample archive, 640 × 360; the same seed gives the same scenes. */
export function sampleScenes(seed: number | string): Scene[] {
  return entries.map(({ camera, startsAt, hour, seconds, frameRate, write }) => {
    const own = `${seed}/${camera}/${startsAt}`;
    return write(
      { hour, rain: 0, seconds, frame: { camera, startsAt, seed: own, frameRate, width: 640, height: 360 } },
      randomFrom(own),
    );
  });
}
