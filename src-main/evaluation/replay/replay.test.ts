import { describe, expect, test } from 'vitest';
import { frameLabels } from '../labels/labelled-recording.ts';
import { readReplayFile } from './replay-file.ts';
import { frameScores, levelScores, meanScores } from './segment-scores.ts';

const line = {
  ...{ video: 'A.mp4', fps: 30, frames: 6, class: 'Abuse', anomalies: [[3, 4]] },
  levels: {
    coarse: [
      { start: 0, end: 3, score: 0.2, caption: 'a gate' },
      { start: 3, end: 4, score: 0.8, caption: 'a dog' },
    ],
    fine: [{ start: 0, end: 1, score: -1 }],
  },
};

describe('a replay file', () => {
  const [read] = readReplayFile(`${JSON.stringify(line)}\n\n`, 'f');

  test('anomalies count from 1, segments from 0, and both include their last frame', () => {
    expect(read && [...frameLabels(read, 6)]).toEqual([0, 0, 1, 1, 0, 0]);
    expect(read?.levels.coarse[0]).toEqual({ start: 0, end: 4, score: 0.2, caption: 'a gate' });
    expect(read?.levels.fine[0]?.caption).toBeNull();
  });

  test('the later segment counts where two overlap, and what none covers scores 0', () => {
    expect(read && [...levelScores(read, 'coarse')]).toEqual([0.2, 0.2, 0.2, 0.8, 0.8, 0]);
    expect(read && [...meanScores(read)]).toEqual([-0.4, -0.4, 0.1, 0.4, 0.4, 0]);
    expect([...frameScores([], 2)]).toEqual([0, 0]);
  });

  test.each([
    ['{', /^f, line 2: this is no JSON/],
    ['3', /^f, line 2: the line is missing or no object/],
    [JSON.stringify({ ...line, fps: 0 }), /^f, line 2: A\.mp4 has 0 frames per second/],
    [JSON.stringify({ ...line, frames: 1.5 }), /^f, line 2: A\.mp4 has 1\.5 frames/],
    [JSON.stringify({ ...line, levels: { coarse: [] } }), /^f, line 2: fine is missing or no list/],
    [JSON.stringify({ ...line, anomalies: [['1', 2]] }), /^f, line 2: an anomaly's start is missing or no number/],
    [JSON.stringify({ ...line, anomalies: [[5, 2]] }), /^f, line 2: frames 5 to 2 are no range/],
  ])('%s is refused by file, line and reason', (bad, message) => {
    expect(() => readReplayFile(`${JSON.stringify(line)}\n${bad}`, 'f')).toThrow(message);
  });
});
