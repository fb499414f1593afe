/** The published outputs that are replayed give the figures that their data sheet names. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { frameLabels } from '../../src-main/evaluation/labels/labelled-recording.ts';
import { countRecording, microAuc } from '../../src-main/evaluation/metrics/recordings.ts';
import { readReplayFile, type ReplayLevel } from '../../src-main/evaluation/replay/replay-file.ts';
import { levelScores } from '../../src-main/evaluation/replay/segment-scores.ts';

const folder = fileURLToPath(new URL('../../../shared/data/replay/', import.meta.url));
const isThere = existsSync(folder);
if (!isThere) console.log(`Skipped: the replay files are not at ${folder}.`);

describe.skipIf(!isThere)('replayed benchmarks', () => {
  test.each([
    ['ucf-crime', 'coarse', 0.8095],
    ['ucf-crime', 'fine', 0.7419],
    ['msad', 'coarse', 0.761],
    ['msad', 'fine', 0.7413],
  ] as const)('%s, %s segments: micro AUC %f', (benchmark, level: ReplayLevel, expected) => {
    const file = `${folder}${benchmark}.jsonl`;
    const recordings = readReplayFile(readFileSync(file, 'utf8'), file).map((recording) =>
      countRecording({
        ...{ name: recording.name, class: recording.class },
        scores: levelScores(recording, level),
        labels: frameLabels(recording, recording.frames),
      }),
    );
    expect(microAuc(recordings)).toBeCloseTo(expected, 4);
  });
});
