/** How much the picture changes while people move, from their outlines: as drawing would tell, a hundred times as fast. */
import type { Scene } from '../scene.ts';
import type { ChangeMeter } from '../suites/suite.ts';
import { figuresAt, stageOf } from './figures.ts';
import { movingParts } from './motion-sources.ts';

/** Seconds between the moments that are compared. */
const step = 0.16;

/** Measures on `scene` with other people in it. */
export function symbolicMeterOf(scene: Scene): ChangeMeter {
  const { space, obstacles, parked } = stageOf(scene);
  return (persons, start, end) => {
    const stage = { scene: { ...scene, persons }, space, obstacles, parked, keys: new Map() };
    let changed = 0;
    let before = figuresAt(stage, start);
    for (let moment = 1; moment <= Math.round((end - start) / step); moment++) {
      const now = figuresAt(stage, start + moment * step);
      changed += movingParts(before, now, space).reduce((sum, { area }) => sum + area, 0);
      before = now;
    }
    return changed / space.aspect;
  };
}
