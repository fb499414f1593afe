/**
 * Normal footage before or after a recording changes nothing: where an incident lies in a recording, and how long the
 * recording is, must tell no policy anything. The figures are AUCs over the frames that were there before.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { frameLabels } from '../../src-main/evaluation/labels/labelled-recording.ts';
import { countRecording, microAuc } from '../../src-main/evaluation/metrics/recordings.ts';
import { assessReplay } from '../../src-main/evaluation/replay/index.ts';
import { readReplayFile, replayLevels, type ReplayRecording } from '../../src-main/evaluation/replay/replay-file.ts';
import { budgetFor, episodesFromActivity, runEpisode, scoresOfEpisodes } from '../../src-main/inquiry/index.ts';
import { policyNamed, policyNames } from '../../src-main/inquiry/policies/index.ts';
import { watcherOf, type Script } from '../../src-main/inquiry/testing/scripted-watcher.ts';
import { randomFrom } from '../../src-main/math/random.ts';

/** What a padding may change. */
const tolerance = 0.01;
const timeoutMs = 300_000;
/** `dense` describes every instant: as many recordings, padded at both ends alone, take as long as all for the others. */
const fewScripts = 4;

/** Seconds of normal footage before and after. */
interface Padding {
  readonly front: number;
  readonly back: number;
}
const none: Padding = { front: 0, back: 0 };

/** Scores of a recording of `seconds` at `times`. */
type Scorer = (script: Script, padding: Padding, times: readonly number[]) => Promise<readonly number[]>;

const looking =
  (name: string): Scorer =>
  async (script, { front, back }, times) => {
    const watcher = watcherOf(script, { shift: front, after: back });
    const policy = policyNamed(name);
    const trajectories = [];
    for (const episode of episodesFromActivity(watcher.activity, watcher.seconds)) {
      const { trajectory } = await runEpisode({ policy, watcher, episode, budget: budgetFor(name, episode), seed: 1 });
      trajectories.push(trajectory);
    }
    return scoresOfEpisodes(trajectories, times);
  };

/** Never looks, and knows that incidents lie in the middle of benchmark recordings, and that short ones have more of them. */
const centrePrior: Scorer = (script, { front, back }, times) => {
  const seconds = front + script.seconds + back;
  return Promise.resolve(times.map((time) => 1 - Math.abs(2 * (time / seconds) - 1)));
};
const lengthPrior: Scorer = (script, { front, back }, times) =>
  Promise.resolve(times.map(() => 1 / (front + script.seconds + back)));

/** Recordings with an incident anywhere in them, and as many with as much activity that is none; a seed of their own. */
const scripts: readonly (Script & { readonly padding: readonly Padding[] })[] = Array.from(
  { length: 10 },
  (_, index) => {
    const random = randomFrom('padding').fork(String(index));
    const between = (least: number, most: number) => Math.round(least + (most - least) * random.next());
    const isIncident = index % 2 === 0;
    const seconds = isIncident ? between(130, 160) : between(160, 190);
    const start = between(20, seconds - 40);
    const busy = { start, end: start + between(5, 15) };
    return {
      seconds,
      incidents: isIncident ? [busy] : [],
      calm: 0.02,
      ...(!isIncident && { activityAt: (second: number) => (second >= busy.start && second < busy.end ? 0.6 : 0) }),
      padding: [
        { front: between(70, 130), back: 0 },
        { front: 0, back: between(70, 130) },
        { front: between(70, 130), back: between(70, 130) },
      ],
    };
  },
);

async function aucOf(
  score: Scorer,
  used: typeof scripts,
  paddingOf: (script: (typeof scripts)[number]) => Padding,
): Promise<number> {
  const counted = [];
  for (const [number, script] of used.entries()) {
    const padding = paddingOf(script);
    const seconds = Array.from({ length: script.seconds }, (_, second) => second + 0.5);
    const scores = await score(
      script,
      padding,
      seconds.map((second) => padding.front + second),
    );
    const labels = seconds.map((time) =>
      script.incidents.some(({ start, end }) => time >= start && time < end) ? 1 : 0,
    );
    counted.push(
      countRecording({
        ...{ name: String(number), class: 'any', scores: Float64Array.from(scores) },
        labels: Uint8Array.from(labels),
      }),
    );
  }
  return microAuc(counted) ?? NaN;
}

const largestChange = async (score: Scorer, { used = scripts, paddings = [0, 1, 2] } = {}) => {
  const before = await aucOf(score, used, () => none);
  const changes = [];
  for (const which of paddings) {
    changes.push(Math.abs((await aucOf(score, used, ({ padding }) => padding[which] ?? none)) - before));
  }
  return { before, change: Math.max(...changes) };
};

describe('padding of scripted recordings', () => {
  test.each(policyNames)(
    '%s: changes its AUC by at most .01',
    async (name) => {
      const sample = name === 'dense' ? { used: scripts.slice(0, fewScripts), paddings: [2] } : {};
      const { change } = await largestChange(looking(name), sample);
      expect(change).toBeLessThanOrEqual(tolerance);
    },
    timeoutMs,
  );

  test('would show a prior for the centre, and one for the length', async () => {
    const [centre, length] = [await largestChange(centrePrior), await largestChange(lengthPrior)];
    expect(centre.change).toBeGreaterThan(5 * tolerance);
    expect(length.before).toBeGreaterThan(0.6);
    expect(length.change).toBeGreaterThan(5 * tolerance);
  });
});

const folder = fileURLToPath(new URL('../../../shared/data/replay/', import.meta.url));
const isThere = existsSync(folder);
if (!isThere) console.log(`Skipped: the replay files are not at ${folder}.`);

/** With segments as long as its own on average before and after, of which the model said what it mostly says of normal ones. */
function padded(recording: ReplayRecording, { front, back }: Padding): ReplayRecording {
  const [before, after] = [front, back].map((seconds) => Math.round(seconds * recording.framesPerSecond)) as [
    number,
    number,
  ];
  const end = before + recording.frames;
  const frames = end + after;
  const levels = Object.fromEntries(
    replayLevels.map((level) => {
      const own = recording.levels[level];
      const filled = (from: number, to: number) => {
        const count = Math.round(((to - from) * own.length) / recording.frames);
        const bound = (number: number) => from + Math.round((number * (to - from)) / count);
        return Array.from({ length: count }, (_, number) => {
          return { start: bound(number), end: bound(number + 1), score: 0, caption: null };
        });
      };
      const moved = own.map((each) => ({ ...each, start: each.start + before, end: each.end + before }));
      return [level, [...filled(0, before), ...moved, ...filled(end, frames)]];
    }),
  ) as unknown as ReplayRecording['levels'];
  return { ...recording, frames, levels };
}

/**
 * Over replays .01 does not hold for policies that look: a recording shorter than an episode is looked at more coarsely
 * in a longer one, and without triage nothing keeps the lattice where it was, so that looks fall on other segments. What
 * that comes to (.014 for `rules`) is held here; the comparators that read a whole level do not change at all.
 * `every-2` and `every-3` count segments from the first, so that a padding moves which ones they read: left out.
 */
const replayTolerance = 0.02;

describe.skipIf(!isThere)('padding of replayed recordings', () => {
  const file = `${folder}ucf-crime.jsonl`;
  const recordings = isThere ? readReplayFile(readFileSync(file, 'utf8'), file) : [];
  const paddings: readonly Padding[] = [
    none,
    { front: 60, back: 0 },
    { front: 128, back: 64 },
    { front: 37, back: 211 },
  ];

  async function changeOf(scoresOf: (recording: ReplayRecording) => Promise<Float32Array>): Promise<number> {
    const aucs: number[] = [];
    for (const padding of paddings) {
      const counted = [];
      for (const recording of recordings) {
        const before = Math.round(padding.front * recording.framesPerSecond);
        const scores = await scoresOf(padded(recording, padding));
        counted.push(
          countRecording({
            ...{ name: recording.name, class: recording.class },
            scores: Float64Array.from(scores.subarray(before, before + recording.frames)),
            labels: frameLabels(recording, recording.frames),
          }),
        );
      }
      aucs.push(microAuc(counted) ?? NaN);
    }
    return Math.max(...aucs.map((auc) => Math.abs(auc - (aucs[0] ?? NaN))));
  }

  const changeOfPolicy = (name: string) =>
    changeOf(async (recording) => (await assessReplay(recording, name, 1)).scores);

  test.each(['coarse', 'fine', 'mean', 'blind', 'triage'])('%s: changes nothing of its AUC', async (name) => {
    expect(await changeOfPolicy(name)).toBeLessThan(1e-9);
  });

  test.each(['rules', 'tree', 'uniform', 'dense'])(
    '%s: changes its AUC by no more than the lattice does',
    async (name) => {
      expect(await changeOfPolicy(name)).toBeLessThanOrEqual(replayTolerance);
    },
    timeoutMs,
  );

  test('would show a prior for the centre or the length', async () => {
    const byLength = ({ frames }: ReplayRecording) => Promise.resolve(new Float32Array(frames).fill(1 / frames));
    const byCentre = ({ frames }: ReplayRecording) =>
      Promise.resolve(Float32Array.from({ length: frames }, (_, frame) => 1 - Math.abs((2 * frame) / frames - 1)));
    const changes = [await changeOf(byLength), await changeOf(byCentre)];
    expect(Math.max(...changes)).toBeGreaterThan(2 * replayTolerance);
  });
});
