import { describe, expect, it } from 'vitest';
import { incidentsOf } from '../ground-truth.ts';
import { worldAt } from '../world.ts';
import { quiet } from './quiet.ts';

const { recordings } = quiet({ seed: 2, hours: 4 });
const scenes = recordings.map((recording) => recording.scene());

describe('quiet recordings', () => {
  it('are half hours, as many as are asked for', () => {
    expect(scenes.map(({ seconds }) => seconds)).toEqual(Array.from({ length: 8 }, () => 1800));
    expect(quiet({ seed: 2, hours: 1 }).recordings).toHaveLength(2);
    expect(quiet({ seed: 2, hours: 0.1 }).recordings).toHaveLength(1);
  });

  it('have one short incident, or none in every fourth', () => {
    for (const [number, scene] of scenes.entries()) {
      const incidents = incidentsOf(scene);
      expect(incidents, scene.seed).toHaveLength(number % 4 === 3 ? 0 : 1);
      expect(recordings[number]?.notes['kind']).toBe(incidents[0]?.class ?? 'none');
      for (const { start, end } of incidents) {
        expect(start).toBeGreaterThan(120);
        expect(end).toBeLessThan(1740);
        expect(end - start).toBeGreaterThan(1);
        expect(end - start).toBeLessThan(15);
      }
    }
    const starts = scenes.flatMap((scene) => incidentsOf(scene).map(({ start }) => start));
    expect(Math.max(...starts) - Math.min(...starts)).toBeGreaterThan(600);
  });

  it('show nobody most of the time, and yet somebody now and then', () => {
    for (const scene of scenes) {
      const peopled = Array.from({ length: 360 }, (_, index) => worldAt(scene, 5 * index).persons.length > 0);
      const share = peopled.filter(Boolean).length / peopled.length;
      expect(share, scene.seed).toBeGreaterThan(0.02);
      expect(share, scene.seed).toBeLessThan(0.5);
    }
  });
});
