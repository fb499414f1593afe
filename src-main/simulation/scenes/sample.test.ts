import { describe, expect, it } from 'vitest';
import { length, subtract } from '../geometry/vector.ts';
import { project, projectionFrom } from '../geometry/view.ts';
import { incidentsOf } from '../ground-truth.ts';
import { worldAt } from '../world.ts';
import { sampleScenes } from './sample.ts';

const archives = ['1', '2', '77'].map((seed) => sampleScenes(seed));
const scenesOfAll = archives.flat();

describe('sampleScenes', () => {
  it('is the same for the same seed and another for another', () => {
    expect(JSON.stringify(sampleScenes(5))).toBe(JSON.stringify(sampleScenes(5)));
    expect(JSON.stringify(sampleScenes(5))).not.toBe(JSON.stringify(sampleScenes(6)));
  });

  it('has short recordings of several cameras, at least two wholly normal, and every class of incident', () => {
    for (const scenes of archives) {
      expect(new Set(scenes.map(({ camera }) => camera)).size).toBeGreaterThanOrEqual(4);
      expect(scenes.filter((scene) => incidentsOf(scene).length === 0).length).toBeGreaterThanOrEqual(2);
      expect(new Set(scenes.flatMap((scene) => incidentsOf(scene).map((incident) => incident.class)))).toEqual(
        new Set(['intrusion', 'fight', 'fall', 'running', 'collision', 'left-behind-object']),
      );
      for (const { seconds } of scenes) expect(seconds).toBeLessThanOrEqual(60);
    }
  });

  it('has incidents within the recording, with someone in them who is there', () => {
    for (const scene of scenesOfAll) {
      for (const { start, end, participants } of incidentsOf(scene)) {
        expect(start).toBeGreaterThan(3);
        expect(end - start).toBeGreaterThan(1);
        expect(end).toBeLessThanOrEqual(scene.seconds);
        const world = worldAt(scene, start + 0.5);
        const there = [...world.persons, ...world.vehicles, ...world.bags].map(({ plan }) => plan.id);
        for (const id of participants) expect(there).toContain(id);
      }
    }
  });

  it('shows whoever fights, falls or runs on the square large enough to be recognised', () => {
    for (const scene of scenesOfAll.filter(({ camera }) => camera === 'Plaza')) {
      const projection = projectionFrom(scene.view, scene.width, scene.height);
      for (const { start, end, participants } of incidentsOf(scene)) {
        // From the middle of the head to the ankle is nine tenths of someone who stands, as all do at some time.
        const heights = Array.from({ length: 20 }, (_, step) => start + ((end - start) * step) / 20).flatMap((time) =>
          worldAt(scene, time)
            .persons.filter(({ plan }) => participants.includes(plan.id))
            .map(({ body }) => {
              const [head, foot] = [project(projection, body.head), project(projection, body.leftLeg.end)];
              return Math.abs(foot.y - head.y) / scene.height;
            }),
        );
        expect(Math.max(...heights) / 0.9).toBeGreaterThan(0.33);
        expect(Math.max(...heights) / 0.9).toBeLessThan(0.6);
      }
    }
  });

  it('gives everyone and everything an id of its own', () => {
    for (const scene of scenesOfAll) {
      const ids = [...scene.persons, ...scene.vehicles, ...scene.bags].map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('moves nobody faster than people move, and nothing faster than cars', () => {
    const step = 0.04;
    for (const scene of archives[0] ?? []) {
      let before = worldAt(scene, 0);
      for (let time = step; time < scene.seconds; time += step) {
        const now = worldAt(scene, time);
        for (const { plan, body } of now.persons) {
          const last = before.persons.find((person) => person.plan.id === plan.id)?.body;
          if (last === undefined) continue;
          expect(
            length(subtract(body.pelvis, last.pelvis)) / step,
            `${scene.camera} ${plan.id} at ${time}`,
          ).toBeLessThan(7);
          expect(length(subtract(body.head, last.head)) / step, `${scene.camera} ${plan.id} at ${time}`).toBeLessThan(
            9,
          );
        }
        for (const { plan, pose } of now.vehicles) {
          const last = before.vehicles.find((vehicle) => vehicle.plan.id === plan.id)?.pose ?? pose;
          expect(Math.hypot(pose.x - last.x, pose.z - last.z) / step).toBeLessThan(20);
        }
        before = now;
      }
    }
  });

  it('lets cars meet only where they collide', () => {
    for (const scene of scenesOfAll) {
      const collision = incidentsOf(scene).find((incident) => incident.class === 'collision');
      for (let time = 0; time < scene.seconds; time += 0.2) {
        const { vehicles } = worldAt(scene, time);
        vehicles.forEach((a, index) => {
          for (const b of vehicles.slice(index + 1)) {
            const both =
              collision?.participants.includes(a.plan.id) === true && collision.participants.includes(b.plan.id);
            const apart = Math.hypot(a.pose.x - b.pose.x, a.pose.z - b.pose.z);
            expect(apart, `${scene.seed} ${a.plan.id} ${b.plan.id} at ${time}`).toBeGreaterThan(both ? 2.2 : 2.9);
          }
        });
      }
    }
  });
});
