/** How much the picture changes while people move, by drawing it: by that twins are made to match. */
import { projectionFrom } from '../geometry/view.ts';
import { Mesh } from '../picture/mesh.ts';
import { createRenderer, meshOf } from '../picture/renderer.ts';
import type { Scene } from '../scene.ts';
import { worldAt } from '../world.ts';
import type { ChangeMeter } from './suite.ts';

/** Small enough that a gap is drawn in a tenth of a second. */
const [width, height] = [160, 90] as const;
/** A change of this many steps of 255 is seen; less is noise and compression. */
const visible = 12;
/** Seconds between the frames that are compared, about two frames of a camera. */
const step = 0.16;

/** Measures on `scene` with other people in it, without the sensor's noise. */
export function changeMeterOf(scene: Scene): ChangeMeter {
  const small: Scene = { ...scene, width, height, light: { ...scene.light, noise: 0 } };
  const renderer = createRenderer(small);
  const projection = projectionFrom(small.view, width, height);
  const mesh = new Mesh();
  let [before, now] = [new Uint8Array(3 * width * height), new Uint8Array(3 * width * height)];
  return (persons, start, end) => {
    let changed = 0;
    for (let frame = 0; frame <= Math.round((end - start) / step); frame++) {
      const world = worldAt({ ...small, persons }, start + frame * step);
      meshOf(world, mesh, projection);
      renderer.frame(world, mesh, 0, now);
      // Green alone: people and their clothes change all channels.
      if (frame > 0)
        for (let at = 1; at < now.length; at += 3)
          if (Math.abs((now[at] ?? 0) - (before[at] ?? 0)) > visible) changed++;
      [before, now] = [now, before];
    }
    return changed / (width * height);
  };
}
