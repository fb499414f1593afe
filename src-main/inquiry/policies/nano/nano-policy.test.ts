import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { upgradeTrajectory } from '../../../contract/trajectory.ts';
import { randomFrom } from '../../../math/random.ts';
import { tokens } from '../../grammar.ts';
import type { PolicyView } from '../../policy.ts';
import { runEpisode } from '../../run-episode.ts';
import { testLexicon } from '../../testing/lexicon.ts';
import { watcherOf } from '../../testing/scripted-watcher.ts';
import { choiceLogProbs } from './log-probs.ts';
import { defaultNanoWords } from './nano-config.ts';
import { openNano, type NanoNet } from './nano-net.ts';
import { nanoPolicy, type NanoEpisode } from './nano-policy.ts';
import { randomWeights } from './nano-weights.ts';
import { retracing, transcribing } from './transcribing.ts';

const size = { width: 32, layers: 2, heads: 2 };
const budget = { frames: 40, steps: 12, seconds: 300 };
const script = { seconds: 90, incidents: [{ start: 40, end: 47 }] };
const sampled = { version: 'random', choose: 'sample' } as const;

let net: NanoNet;
beforeAll(async () => {
  const weights = randomWeights(size, 'nano-policy.test');
  net = await openNano({ size, words: defaultNanoWords, weights }, { provider: 'cpu', threads: 1 });
});
afterAll(() => net[Symbol.asyncDispose]());

async function episodeOf(seed: number, shift = 0, own: NanoEpisode = nanoPolicy(net, sampled).forEpisode()) {
  const watcher = watcherOf(script, { shift });
  const request = { watcher, episode: { start: shift, end: shift + script.seconds }, budget, seed };
  return { ...(await runEpisode({ ...request, policy: own })), transcript: own.transcript };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('an episode of the nano policy', () => {
  test('random weights: it runs to FINAL within its budget, and is stored as any other', async () => {
    for (const seed of [1, 2, 3, 4]) {
      const { trajectory } = await episodeOf(seed);
      expect(upgradeTrajectory(JSON.parse(JSON.stringify(trajectory)))).toEqual(trajectory);
      const { newFrames, rereadFrames } = trajectory.costs;
      expect(newFrames + rereadFrames / 4).toBeLessThanOrEqual(budget.frames);
      expect(trajectory.steps.at(-1)?.action?.operator).toBe('FINAL');
      expect(trajectory.reflection?.revised).toMatch(/\.$/u);
      for (const { belief, reason } of trajectory.steps) {
        expect(sum(Object.values(belief.probabilities))).toBeCloseTo(1, 9);
        expect(reason).toMatch(/^[A-Z].*[.?]$/u);
      }
    }
  });

  test('E5: the same seed gives the same trajectory, another seed another', async () => {
    const [first, again, other] = [await episodeOf(5), await episodeOf(5), await episodeOf(6)];
    expect(again.trajectory).toEqual(first.trajectory);
    expect(other.trajectory.steps).not.toEqual(first.trajectory.steps);
  });

  test('V1, V3: where the episode lies in the recording changes nothing that it reads or does', async () => {
    const [here, there] = [await episodeOf(7), await episodeOf(7, 1000)];
    expect(there.transcript).toEqual(here.transcript);
    expect(there.scores).toEqual(here.scores);
    expect(there.trajectory.steps.map(({ logProb }) => logProb)).toEqual(
      here.trajectory.steps.map(({ logProb }) => logProb),
    );
  });

  test('with its cache it gives the log-probabilities of reading all at once', async () => {
    for (const seed of [1, 5, 9, 11]) {
      const { trajectory, transcript } = await episodeOf(seed);
      const forced = await choiceLogProbs(net, transcript);
      for (const [turn, step] of trajectory.steps.slice(1).entries()) {
        const own = forced.filter((_, index) => transcript.choices[index]?.turn === turn);
        expect(Math.abs(sum(own) - (step.logProb ?? NaN))).toBeLessThan(1e-3);
      }
      expect(Math.abs(sum(forced) - sum(trajectory.steps.map(({ logProb }) => logProb ?? 0)))).toBeLessThan(1e-3);
    }
  });

  test('a stored trajectory is read again from its recording: the same transcript, choice for choice', async () => {
    const { trajectory, transcript } = await episodeOf(9);
    const stored = upgradeTrajectory(JSON.parse(JSON.stringify(trajectory)));
    const again = transcribing(retracing(stored, nanoPolicy(net, sampled)), net.words);
    await runEpisode({ policy: again, watcher: watcherOf(script), episode: stored.episode, budget, seed: 0 });
    expect(again.transcript).toEqual(transcript);
  });

  test('G6: a FINAL that it would not have come to is read as whether to name what it names, and as what', async () => {
    const { trajectory } = await episodeOf(9);
    const last = trajectory.looks.length - 1;
    const pointers = { first: { look: last, frame: 0 }, last: { look: last, frame: 0 } };
    const hypothesis = { ...pointers, class: 'fight' };
    const steps = trajectory.steps.map((step) =>
      step.action?.operator === 'FINAL'
        ? { ...step, action: { operator: 'FINAL' as const, hypotheses: [hypothesis, hypothesis] } }
        : step,
    );
    const policy = transcribing(retracing({ steps }, nanoPolicy(net, sampled)), net.words);
    await runEpisode({ policy, watcher: watcherOf(script), episode: trajectory.episode, budget, seed: 0 });
    const asked = policy.transcript.choices.filter(({ operator }) => operator === tokens.FINAL);
    const ends = asked.map(({ allowed }) => allowed.includes(tokens.end));
    // For each whether and as what.
    expect(ends).toEqual([true, false, true, false]);
    expect(asked.map(({ allowed }) => allowed.length > 2)).toEqual([false, true, false, true]);
  });

  test('G3, G6: every action can be completed, and FINAL names what stands out', async () => {
    const named = [];
    for (let seed = 90; seed < 104; seed++) {
      const { trajectory, transcript } = await episodeOf(seed);
      const again = transcribing(retracing(trajectory, nanoPolicy(net, sampled)), net.words);
      await runEpisode({ policy: again, watcher: watcherOf(script), episode: trajectory.episode, budget, seed: 0 });
      expect(again.transcript.choices).toEqual(transcript.choices);
      const final = trajectory.steps.at(-1)?.action;
      named.push(...(final?.operator === 'FINAL' ? final.hypotheses : []));
    }
    expect(named.length).toBeGreaterThan(0);
  });

  test('a stored trajectory that does not fit its recording any more is refused', async () => {
    const { trajectory } = await episodeOf(9);
    const policy = retracing({ steps: trajectory.steps.slice(0, 2) }, nanoPolicy(net, sampled));
    const request = { watcher: watcherOf(script), episode: trajectory.episode, budget, seed: 0 };
    await expect(runEpisode({ ...request, policy })).rejects.toMatchObject({ code: 'invalid-argument' });
  });

  test('thoughts name what was measured, each once, and read as sentences', async () => {
    const thoughts = [];
    for (let seed = 20; seed < 40 && thoughts.length < 3; seed++) {
      const { trajectory } = await episodeOf(seed);
      thoughts.push(...trajectory.steps.filter(({ action }) => action?.operator === 'THINK'));
    }
    expect(thoughts.length).toBeGreaterThanOrEqual(3);
    for (const { action, reason } of thoughts) {
      const words = action?.operator === 'THINK' ? action.attributes : [];
      expect(words.length > 0 && words.length <= 4 && new Set(words).size === words.length).toBe(true);
      expect(reason).toMatch(/What speaks about it: .{10,}\.$/u);
    }
  });
});

describe('P1: the belief', () => {
  test('is one of the set of looks: neither their order, nor repeating one, nor the focus changes it', async () => {
    const { trajectory } = await episodeOf(9);
    const policy = nanoPolicy(net, sampled);
    const views: PolicyView[] = [];
    const spied = retracing(trajectory, policy);
    await runEpisode({
      policy: { ...spied, decide: (view, random) => (views.push(view), spied.decide(view, random)) },
      ...{ watcher: watcherOf(script), episode: trajectory.episode, budget, seed: 0 },
    });
    const view = views.at(-1);
    const looks = view?.looks ?? [];
    expect(looks.length).toBeGreaterThan(1);
    const moved = looks.map((look) => ({
      ...look,
      frames: look.frames.map((frame) => ({ ...frame, offset: frame.offset + 24, reread: true })),
    }));
    const input = { classes: view?.classes ?? [], activity: view?.activity ?? [] };
    const shifted = input.activity.map((mark) => ({ ...mark, offset: mark.offset + 24 }));
    const first = await policy.readBelief({ ...input, looks });
    const other = await policy.readBelief({ ...input, activity: shifted, looks: [...moved.toReversed(), ...moved] });
    expect(other.probabilities).toEqual(first.probabilities);
    expect(other.prior).toBe(first.prior);
    expect(other.evidence.slice(looks.length)).toEqual(first.evidence);
  });
});

test('what looking taught of an episode counts for each of its moments, by half', async () => {
  const logit = (probability: number) => Math.log(probability / (1 - probability));
  for (const seed of [3, 9]) {
    const { trajectory } = await episodeOf(seed);
    const [opened, last] = [trajectory.steps[0]?.belief, trajectory.steps.at(-1)?.belief];
    const [before, after] = [opened, last].map((belief) => logit(1 - (belief?.probabilities['normal'] ?? NaN)));
    expect(after).not.toBe(before);
    const raised = (last?.prior ?? NaN) - (opened?.prior ?? NaN);
    expect(raised).toBeCloseTo(((after ?? NaN) - (before ?? NaN)) / 2, 6);
  }
});

describe('the distribution over actions', () => {
  /** A grammar of seven actions. */
  const next: Readonly<Record<string, readonly number[]>> = {
    '': [tokens.BACKTRACK, tokens.EXPAND, tokens.FINAL],
    [tokens.BACKTRACK]: [tokens.distance, tokens.distance + 3, tokens.distance + 5],
    [tokens.EXPAND]: [tokens.factor, tokens.factor + 1, tokens.factor + 2],
    [tokens.FINAL]: [tokens.end],
  };
  const view: PolicyView = {
    ...{ question: [], lexicon: testLexicon, classes: ['normal', 'unusual'], looks: [], activity: [] },
    ...{ focusSeconds: 16, thoughts: [], taken: [], framesLeft: 20, stepsLeft: 5, mustEnd: false },
    belief: { prior: 0, probabilities: { normal: 0.5, unusual: 0.5 }, evidence: [] },
    chargeOf: () => ({ frames: 0, allowed: true }),
    allowedTokens: (prefix) => next[prefix.join()] ?? [],
  };
  const complete = Object.keys(next)
    .filter((prefix) => prefix !== '')
    .flatMap((prefix) => (next[prefix] ?? []).map((id) => `${prefix},${id}`));

  test('enumerated it sums to 1, and what is drawn is drawn that often', async () => {
    const draws = 700;
    const found = new Map<string, { count: number; probability: number }>();
    const random = randomFrom(3);
    for (let draw = 0; draw < draws; draw++) {
      const episode = nanoPolicy(net, sampled).forEpisode();
      const { logProb = NaN } = await episode.decide(view, random);
      const said = episode.transcript.actions[0]?.join() ?? '';
      const count = (found.get(said)?.count ?? 0) + 1;
      found.set(said, { count, probability: Math.exp(logProb) });
    }
    expect([...found.keys()].toSorted()).toEqual(complete.toSorted());
    const all = [...found.values()];
    expect(sum(all.map(({ probability }) => probability))).toBeCloseTo(1, 5);
    // Chi-squared with 6 degrees of freedom: 22.5 is passed once in a thousand. The seed is fixed.
    const misfit = sum(all.map(({ count, probability: p }) => (count - draws * p) ** 2 / (draws * p)));
    expect(misfit).toBeLessThan(22.5);
  });

  test('greedy takes the likeliest token each time, whatever the seed', async () => {
    const greedy = nanoPolicy(net, { version: 'random', choose: 'greedy' });
    const said = await Promise.all([1, 2, 3].map(async (seed) => greedy.decide(view, randomFrom(seed))));
    expect(said[1]).toEqual(said[0]);
    expect(said[2]).toEqual(said[0]);
  });
});
