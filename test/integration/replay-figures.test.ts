/** The published outputs that are replayed give the figures that their data sheet names. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { frameLabels } from '../../src-main/evaluation/labels/labelled-recording.ts';
import { countRecording, microAuc } from '../../src-main/evaluation/metrics/recordings.ts';
import { readReplayFile, type ReplayLevel } from '../../src-main/evaluation/replay/replay-file.ts';
import { assessReplay, replayComparators } from '../../src-main/evaluation/replay/index.ts';
import { levelScores } from '../../src-main/evaluation/replay/segment-scores.ts';
import { policyNames } from '../../src-main/inquiry/policies/index.ts';

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

  test.each(['ucf-crime', 'msad'])(
    '%s: every policy and comparator over a tenth of the recordings',
    async (benchmark) => {
      const file = `${folder}${benchmark}.jsonl`;
      const part = readReplayFile(readFileSync(file, 'utf8'), file).filter((_, index) => index % 10 === 0);
      const figures = new Map<string, { auc: number | null; share: number }>();
      for (const name of [...replayComparators, ...policyNames]) {
        let [read, all] = [0, 0];
        const counted = [];
        for (const recording of part) {
          const { scores, segmentsNew, segments } = await assessReplay(recording, name, 1);
          [read, all] = [read + segmentsNew, all + segments];
          const labels = frameLabels(recording, recording.frames);
          counted.push(
            countRecording({ name: recording.name, class: recording.class, scores: Float64Array.from(scores), labels }),
          );
        }
        figures.set(name, { auc: microAuc(counted), share: read / all });
      }
      const shareOf = (name: string) => figures.get(name)?.share ?? NaN;
      expect(shareOf('mean')).toBe(1);
      expect(shareOf('blind')).toBe(0);
      // Without a prior for position or length, not looking tells nothing.
      expect(figures.get('blind')?.auc).toBe(0.5);
      expect(figures.get('triage')?.auc).toBe(0.5);
      for (const name of ['rules', 'tree', 'uniform']) expect(shareOf(name)).toBeLessThanOrEqual(shareOf('coarse'));
      for (const name of ['rules', 'tree', 'uniform', 'dense']) expect(figures.get(name)?.auc).toBeGreaterThan(0.5);
    },
  );
});
