/** How many times faster than they last the recordings of the sample archive are rendered and encoded. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filmScene, sampleScenes, simulateArchive } from '../../src-main/simulation/index.ts';
import { encodeVideo } from '../../src-main/video/index.ts';

const folder = await mkdtemp(join(tmpdir(), 'anom-pi-simulate-bench-'));
try {
  let [seconds, rendering, whole] = [0, 0, 0];
  for (const [index, scene] of sampleScenes(1).entries()) {
    const start = performance.now();
    const { frames } = filmScene(scene);
    const drawn = performance.now();
    let count = 0;
    for (const _ of frames) count++;
    const rendered = performance.now();
    await simulateArchive({ out: join(folder, String(index)), seed: 1, scenes: [scene], encode: encodeVideo });
    const encoded = performance.now();
    seconds += scene.seconds;
    rendering += (rendered - start) / 1000;
    whole += (encoded - rendered) / 1000;
    console.log(
      `${scene.camera.padEnd(11)} ${scene.light.kind.padEnd(6)} ${scene.frameRate} fps: fixed picture ${((drawn - start) / 1000).toFixed(2)} s, ` +
        `${((rendered - drawn) / count).toFixed(2)} ms a frame, file at ${((scene.seconds * 1000) / (encoded - rendered)).toFixed(1)} times real time`,
    );
  }
  console.log(
    `all: ${(seconds / whole).toFixed(1)} times real time with encoding, ${(seconds / rendering).toFixed(1)} times without`,
  );
} finally {
  await rm(folder, { recursive: true });
}
