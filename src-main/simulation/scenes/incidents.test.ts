import { describe, expect, it } from 'vitest';
import { length, subtract, type Vector3 } from '../geometry/vector.ts';
import { project, projectionFrom } from '../geometry/view.ts';
import type { IncidentClass, IncidentPlan, Scene } from '../scene.ts';
import { worldAt } from '../world.ts';
import { sampleScenes } from './sample.ts';

/** Every staging of an incident of `kind` in three archives. */
const staged = (kind: IncidentClass): { scene: Scene; incident: IncidentPlan }[] =>
  ['1', '2', '3'].flatMap((seed) =>
    sampleScenes(seed).flatMap((scene) =>
      scene.incidents.filter((incident) => incident.class === kind).map((incident) => ({ scene, incident })),
    ),
  );

const step = 0.04;
const timesIn = (start: number, end: number): number[] =>
  Array.from({ length: Math.floor((end - start) / step) }, (_, index) => start + index * step);

const bodyOf = (scene: Scene, id: string, time: number) =>
  worldAt(scene, time).persons.find(({ plan }) => plan.id === id)?.body;

/** m/s of `joint` of `id` over the times given. */
function speedsOf(
  scene: Scene,
  id: string,
  times: readonly number[],
  joint: (body: NonNullable<ReturnType<typeof bodyOf>>) => Vector3,
): number[] {
  return times.flatMap((time) => {
    const [before, after] = [bodyOf(scene, id, time), bodyOf(scene, id, time + step)];
    return before === undefined || after === undefined ? [] : [length(subtract(joint(after), joint(before))) / step];
  });
}

describe('a fight', () => {
  it('has fists as fast as boxers have, people who are driven about, and someone who goes down and gets up', () => {
    for (const { scene, incident } of staged('fight')) {
      const times = timesIn(incident.start, incident.end);
      expect(incident.end - incident.start).toBeGreaterThan(10);
      expect(incident.participants).toHaveLength(4);
      const lowest: number[] = [];
      for (const id of incident.participants) {
        const fists = speedsOf(scene, id, times, ({ rightArm }) => rightArm.end);
        expect(Math.max(...fists), id).toBeGreaterThan(4);
        expect(Math.max(...fists), id).toBeLessThan(13);
        const places = times.flatMap((time) => bodyOf(scene, id, time)?.pelvis.x ?? []);
        expect(Math.max(...places) - Math.min(...places), id).toBeGreaterThan(0.7);
        lowest.push(Math.min(...times.flatMap((time) => bodyOf(scene, id, time)?.head.y ?? [])));
        expect(bodyOf(scene, id, incident.end)?.head.y, id).toBeGreaterThan(1.2);
      }
      expect(lowest.filter((height) => height < 0.4)).toHaveLength(1);
    }
  });
});

describe('a fall', () => {
  it('takes less than a second and is followed by six on the ground', () => {
    for (const { scene, incident } of staged('fall')) {
      const [id = ''] = incident.participants;
      const heightAt = (time: number) => bodyOf(scene, id, time)?.head.y ?? Infinity;
      expect(heightAt(incident.start)).toBeGreaterThan(1.3);
      for (const time of timesIn(incident.start + 0.8, incident.start + 6.8)) expect(heightAt(time)).toBeLessThan(0.4);
    }
  });

  it('is hidden by nobody', () => {
    for (const { scene, incident } of staged('fall')) {
      const projection = projectionFrom(scene.view, scene.width, scene.height);
      const [id = ''] = incident.participants;
      for (const time of timesIn(incident.start, incident.start + 6)) {
        const fallen = bodyOf(scene, id, time);
        if (fallen === undefined) throw new Error(`${id} is not there`);
        const seen = project(projection, fallen.pelvis);
        for (const { plan, body } of worldAt(scene, time).persons) {
          if (plan.id === id) continue;
          const other = project(projection, body.pelvis);
          expect(other.depth > seen.depth || Math.abs(other.x - seen.x) > 60, `${plan.id} at ${time}`).toBe(true);
        }
      }
    }
  });
});

describe('a run', () => {
  it('is a run, seen for seconds', () => {
    for (const { scene, incident } of staged('running')) {
      expect(incident.end - incident.start).toBeGreaterThan(3);
      for (const id of incident.participants) {
        const middle = (incident.start + incident.end) / 2;
        const speeds = speedsOf(scene, id, timesIn(middle - 0.4, middle + 0.4), ({ pelvis }) => pelvis);
        const mean = speeds.reduce((sum, speed) => sum + speed, 0) / speeds.length;
        expect(mean).toBeGreaterThan(5);
        expect(mean).toBeLessThan(7);
      }
    }
  });
});

describe('a collision', () => {
  it('stops a fast car within a second, large in the picture', () => {
    for (const { scene, incident } of staged('collision')) {
      const [id = ''] = incident.participants;
      const carAt = (time: number) => {
        const pose = worldAt(scene, time).vehicles.find(({ plan }) => plan.id === id)?.pose;
        if (pose === undefined) throw new Error(`${id} is not there`);
        return pose;
      };
      const speedAt = (time: number) => {
        const [before, after] = [carAt(time), carAt(time + step)];
        return Math.hypot(after.x - before.x, after.z - before.z) / step;
      };
      expect(speedAt(incident.start - 0.6)).toBeGreaterThan(10);
      expect(speedAt(incident.start + 1)).toBeLessThan(0.5);
      const projection = projectionFrom(scene.view, scene.width, scene.height);
      const { x, z } = carAt(incident.start + 1);
      const [rear, front] = [x - 2.15, x + 2.15].map((end) => project(projection, { x: end, y: 0.5, z }).x);
      const share = Math.abs((front ?? 0) - (rear ?? 0)) / scene.width;
      expect(share).toBeGreaterThan(0.2);
      expect(share).toBeLessThan(0.3);
    }
  });
});
