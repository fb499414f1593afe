import { describe, expect, test } from 'vitest';
import {
  defaultNanoWords,
  encodeNano,
  decodeNano,
  openNano,
  randomWeights,
} from '../../inquiry/policies/nano/index.ts';
import { constant } from '../autodiff/index.ts';
import { defaultIdpoSettings } from '../idpo/loss.ts';
import { choiceWeights, pairExample } from '../idpo/pair-example.ts';
import { beliefExample } from './examples.ts';
import { choiceLogProbs } from '../../inquiry/policies/nano/log-probs.ts';
import { recordedEpisodes, scriptedTruth, tinySize as size } from './testing/episodes.ts';
import { openNanoTraining } from './training.ts';

const words = defaultNanoWords;
const untrained = { size, words, weights: randomWeights(size, 'training.test') };
const cpu = { provider: 'cpu', threads: 1 } as const;
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('training a nano net', () => {
  test('it comes to say, believe and see what it is shown, and the model that comes out is the one that learned', async () => {
    await using net = await openNano(untrained, cpu);
    const [episode] = await recordedEpisodes(net, [5]);
    if (episode === undefined) throw new TypeError('one episode');
    const { transcript, inputs, trajectory } = episode;
    const batch = {
      choices: [{ transcript, weights: choiceWeights(transcript, defaultIdpoSettings) }],
      beliefs: inputs.slice(-1).map((input) => beliefExample(input, trajectory, scriptedTruth, words)),
    };
    await using training = await openNanoTraining(untrained, { schedule: constant(3e-3), threads: 1 });
    const first = (await training.step(batch)).losses;
    for (let step = 0; step < 60; step++) await training.step(batch);
    const last = (await training.step(batch)).losses;
    for (const part of ['loss/choice', 'loss/belief', 'loss/evidence']) {
      expect(last[part]).toBeLessThan((first[part] ?? 0) / 3);
    }
    await using taught = await openNano(decodeNano(encodeNano(await training.model())), cpu);
    const [before, after] = [await choiceLogProbs(net, transcript), await choiceLogProbs(taught, transcript)];
    expect(sum(after)).toBeGreaterThan(sum(before) / 3);
  });

  test('a preference moves the difference of gains, and not the reference', async () => {
    await using net = await openNano(untrained, cpu);
    const episodes = await recordedEpisodes(net, [5, 9]);
    const referred = [];
    for (const { transcript } of episodes) {
      referred.push({ transcript, reference: await choiceLogProbs(net, transcript) });
    }
    const [chosen, rejected] = referred;
    if (chosen === undefined || rejected === undefined) throw new TypeError('two episodes');
    const pairs = [pairExample(chosen, rejected, { origin: 'utility', margin: 2 }, defaultIdpoSettings)];
    const options = { schedule: constant(3e-4), threads: 1, preference: { beta: 0.1 } };
    await using training = await openNanoTraining(untrained, options);
    const { margins, losses } = await training.step({ choices: [], beliefs: [], pairs });
    // Before the first update policy and reference are one: ln 2.
    expect(margins[0]).toBeCloseTo(0, 3);
    expect(losses['loss/preference']).toBeCloseTo(Math.LN2, 4);
    let margin = 0;
    for (let step = 0; step < 20; step++) {
      [margin = 0] = (await training.step({ choices: [], beliefs: [], pairs })).margins;
    }
    expect(margin).toBeGreaterThan(1);
  });

  test('a loss that is no number stops it', async () => {
    await using net = await openNano(untrained, cpu);
    const [episode] = await recordedEpisodes(net, [5]);
    if (episode === undefined) throw new TypeError('one episode');
    await using training = await openNanoTraining(untrained, { schedule: constant(1e-3), threads: 1 });
    const choices = [{ transcript: episode.transcript, weights: episode.transcript.choices.map(() => NaN) }];
    await expect(training.step({ choices, beliefs: [] })).rejects.toThrow(/no number/u);
  });

  test('weights for another grammar, cut short or of something else are refused', () => {
    const bytes = encodeNano(untrained);
    expect(decodeNano(bytes)).toEqual(untrained);
    expect(() => decodeNano(bytes.subarray(0, -4))).toThrow(/bytes instead of/u);
    expect(() => decodeNano(new TextEncoder().encode('something else\n{}\n'))).toThrow(/no weights/u);
    const text = new TextDecoder('latin1').decode(bytes).replace('"grammar":1', '"grammar":9');
    expect(() => decodeNano(Uint8Array.from(text, (letter) => letter.charCodeAt(0)))).toThrow(/train them again/u);
  });
});
