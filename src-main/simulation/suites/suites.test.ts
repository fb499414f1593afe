import { describe, expect, it } from 'vitest';
import { defaultClassIds } from '../../contract/taxonomy.ts';
import { length, subtract, type Vector3 } from '../geometry/vector.ts';
import { project, projectionFrom } from '../geometry/view.ts';
import { incidentsOf } from '../ground-truth.ts';
import type { Scene } from '../scene.ts';
import { busyness } from '../scenes/life.ts';
import { worldAt, type WorldState } from '../world.ts';
import { suiteNamed, suiteNames } from './index.ts';
import type { Suite } from './suite.ts';

/** Ten minutes of normal life: half a minute of every camera and light; and every incident. */
const life = suiteNamed('normal-life', { seed: 1, hours: 1 / 6 });
const staged = suiteNamed('incidents', { seed: 1 });
const scenesOf = (suite: Suite): Scene[] => suite.recordings.map((recording) => recording.scene());
const [lifeScenes, stagedScenes] = [scenesOf(life), scenesOf(staged)];
const nameOf = (scene: Scene): string => scene.seed;

const step = 0.08;
/** Pairs of states `step` apart, every 0.4 s of `scene`. */
function* moments(scene: Scene): Generator<readonly [WorldState, WorldState]> {
  for (let time = 0; time < scene.seconds; time += 0.4) yield [worldAt(scene, time), worldAt(scene, time + step)];
}

describe('suiteNamed', () => {
  it('gives each suite the name it is asked by, and its first recordings where so many are asked for', () => {
    for (const name of suiteNames) {
      const suite = suiteNamed(name, { seed: 1, scenes: 2 });
      expect(suite.name).toBe(name);
      expect(suite.recordings).toHaveLength(2);
    }
  });

  it('names the suites there are where there is none of that name', () => {
    expect(() => suiteNamed('nonsense', { seed: 1 })).toThrow(/normal-life/);
  });

  it('writes the same scenes for the same seed and other ones for another', () => {
    const textOf = (seed: number) =>
      JSON.stringify(
        ['normal-life', 'incidents'].flatMap((name) =>
          suiteNamed(name, { seed, hours: 0.1 })
            .recordings.slice(0, 6)
            .map((recording) => recording.scene()),
        ),
      );
    expect(textOf(1)).toBe(textOf(1));
    expect(textOf(1)).not.toBe(textOf(2));
  });

  it('announces every recording as its scene has it, at a time of its own', () => {
    for (const [suite, scenes] of [
      [life, lifeScenes],
      [staged, stagedScenes],
    ] as const) {
      expect(new Set(suite.recordings.map(({ camera, startsAt }) => `${camera} ${startsAt}`)).size).toBe(scenes.length);
      for (const [index, { camera, startsAt, seconds, frameRate }] of suite.recordings.entries())
        expect(scenes[index]).toMatchObject({ camera, startsAt, seconds, frameRate });
    }
  });
});

describe('every scene of the suites', () => {
  it('gives everyone and everything an id of its own, and every bag somebody to carry it', () => {
    for (const scene of [...lifeScenes, ...stagedScenes]) {
      const ids = [...scene.persons, ...scene.vehicles, ...scene.bags, ...(scene.things ?? [])].map(({ id }) => id);
      expect(new Set(ids).size, nameOf(scene)).toBe(ids.length);
      const carriers = scene.bags.flatMap(({ stays }) =>
        stays.flatMap((stay) => ('carrier' in stay ? stay.carrier : [])),
      );
      for (const id of carriers) expect(ids, nameOf(scene)).toContain(id);
    }
  });

  it('moves nobody faster than people run, and no bag in jumps', () => {
    for (const scene of [...lifeScenes, ...stagedScenes]) {
      const fastest = lifeScenes.includes(scene) ? 2.3 : 7;
      for (const [before, now] of moments(scene)) {
        for (const { plan, body } of now.persons) {
          const last = before.persons.find((person) => person.plan.id === plan.id)?.body.pelvis ?? body.pelvis;
          const speed = length(subtract(body.pelvis, last)) / step;
          expect(speed, `${nameOf(scene)} ${plan.id} at ${now.time}`).toBeLessThan(fastest);
        }
        for (const { plan, centre } of now.bags) {
          const last = before.bags.find((bag) => bag.plan.id === plan.id)?.centre ?? centre;
          expect(length(subtract(centre, last)), `${nameOf(scene)} ${plan.id} at ${now.time}`).toBeLessThan(1);
        }
      }
    }
  });

  it('lets vehicles meet only where they collide', () => {
    for (const scene of [...lifeScenes, ...stagedScenes]) {
      const crash = incidentsOf(scene).find((incident) => incident.class === 'collision')?.participants ?? [];
      for (const [{ time, vehicles }] of moments(scene)) {
        const moving = vehicles.map(({ plan, pose }) => ({ id: plan.id, at: pose }));
        const standing = scene.place.parked.map(({ at }, number) => ({ id: `parked-${number}`, at }));
        for (const [index, a] of moving.entries()) {
          for (const b of [...moving.slice(index + 1), ...standing]) {
            if (crash.includes(a.id) && crash.includes(b.id)) continue;
            const apart = Math.hypot(a.at.x - b.at.x, a.at.z - b.at.z);
            expect(apart, `${nameOf(scene)} ${a.id} ${b.id} at ${time}`).toBeGreaterThan(2.3);
          }
        }
      }
    }
  });
});

describe('normal life', () => {
  it('is as long as asked for, in files of a quarter of an hour at most', () => {
    for (const hours of [0.5, 3, 12]) {
      const { recordings } = suiteNamed('normal-life', { seed: 1, hours });
      const seconds = recordings.map((recording) => recording.seconds);
      expect(seconds.reduce((sum, each) => sum + each, 0) / 3600).toBeCloseTo(hours, 1);
      expect(Math.max(...seconds)).toBeLessThanOrEqual(900);
    }
  });

  it('has no incident, and nobody runs, fights, falls or climbs', () => {
    for (const scene of lifeScenes) {
      expect(scene.incidents).toEqual([]);
      const acts = scene.persons.flatMap((plan) => plan.acts);
      expect(acts.filter(({ kind }) => !['move', 'hold', 'reach-down'].includes(kind))).toEqual([]);
      expect(acts.filter((act) => act.kind === 'move' && act.gait === 'run')).toEqual([]);
    }
  });

  it('is busier at noon than at dawn, and at dawn than at night', () => {
    expect(busyness(12.5)).toBe(1);
    expect(busyness(23.9)).toBeLessThan(busyness(6));
    const peopleAt = (light: string) =>
      suiteNamed('normal-life', { seed: 3, hours: 2 })
        .recordings.filter(({ notes }) => notes['light'] === light)
        .reduce((sum, recording) => sum + recording.scene().persons.length, 0);
    const [dawn, noon, night] = ['dawn', 'day', 'night'].map(peopleAt);
    expect(noon).toBeGreaterThan(1.3 * (dawn ?? 0));
    expect(dawn).toBeGreaterThan(2 * (night ?? 0));
  });

  it('has every light, rain and dry, calm and noisy sensors, and two qualities', () => {
    for (const note of ['light', 'rain', 'noise', 'crf'])
      expect(new Set(life.recordings.map(({ notes }) => notes[note])).size, note).toBeGreaterThan(1);
  });
});

describe('the incidents', () => {
  const of = (scene: Scene, index: number) => ({ kind: String(staged.recordings[index]?.notes['kind']), scene });
  const all = stagedScenes.map(of);

  it('show every class, and twins of those that have an innocent reading', () => {
    const classes = new Set(stagedScenes.flatMap((scene) => scene.incidents.map((incident) => incident.class)));
    expect([...classes].toSorted()).toEqual(
      defaultClassIds.filter((id) => id !== 'normal' && id !== 'unusual').toSorted(),
    );
    for (const kind of ['theft', 'left-behind-object', 'loitering', 'vandalism', 'crowd-disturbance'])
      expect(all.some((one) => one.kind === `${kind}-twin`)).toBe(true);
  });

  it('lie within the recording after normal life, or are none in a twin', () => {
    for (const { kind, scene } of all) {
      const incidents = incidentsOf(scene);
      expect(
        incidents.map((incident) => incident.class),
        nameOf(scene),
      ).toEqual(kind.endsWith('-twin') ? [] : [kind]);
      for (const { start, end, participants } of incidents) {
        expect(start, nameOf(scene)).toBeGreaterThan(8);
        expect(end - start, nameOf(scene)).toBeGreaterThan(2);
        expect(end).toBeLessThanOrEqual(scene.seconds);
        const world = worldAt(scene, (start + Math.min(end, start + 3)) / 2);
        const there = [...world.persons, ...world.vehicles, ...world.bags, ...world.things].map(({ plan }) => plan.id);
        for (const id of participants) expect(there, nameOf(scene)).toContain(id);
      }
    }
  });

  it('happen in the picture, for seconds', () => {
    for (const { scene } of all) {
      const projection = projectionFrom(scene.view, scene.width, scene.height);
      const inPicture = (point: Vector3): boolean => {
        const { x, y, depth } = project(projection, point);
        return depth > 0 && x > 0 && x < scene.width && y > 0 && y < scene.height;
      };
      for (const { start, end, participants } of incidentsOf(scene)) {
        const seen = Array.from({ length: Math.floor((end - start) * 5) }, (_, at) => start + at / 5).filter((time) => {
          const { persons, vehicles, bags, things } = worldAt(scene, time);
          const places = [
            ...persons.map(({ plan, body }) => [plan.id, body.pelvis] as const),
            ...vehicles.map(({ plan, pose }) => [plan.id, { ...pose, y: 0.8 }] as const),
            ...bags.map(({ plan, centre }) => [plan.id, centre] as const),
            ...things.map(({ plan }) => [plan.id, { ...plan.at, y: 0.5 }] as const),
          ];
          return places.some(([id, place]) => participants.includes(id) && inPicture(place));
        });
        expect(seen.length / 5, nameOf(scene)).toBeGreaterThan(1.5);
      }
    }
  });

  it('hand the bag over in the twin of a theft, to the one who takes it in the theft', () => {
    for (const { kind, scene } of all.filter((one) => one.kind.startsWith('theft'))) {
      const carriers = scene.bags
        .find(({ id }) => id === 'bag-s1')
        ?.stays.flatMap((stay) => ('carrier' in stay ? stay.carrier : 'ground'));
      expect(carriers).toEqual(
        kind === 'theft' ? ['person-s1', 'ground', 'person-s2'] : ['person-s1', 'ground', 'person-s1', 'person-s2'],
      );
    }
  });
});
