/** Makes the weights that ship with the program: beliefs from looking around, the best of many ways, then preferences. */
import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import {
  decodeNano,
  defaultNanoWords,
  encodeNano,
  openNano,
  type NanoModel,
  type NanoSize,
} from '../../inquiry/policies/nano/index.ts';
import type { IncidentClass } from '../../simulation/index.ts';
import { randomFrom, shuffled } from '../../math/random.ts';
import type { AeiWeights } from '../aei/utility.ts';
import { defaultRoundSettings } from '../rounds/settings.ts';
import type { CurvePoint } from '../rounds/points.ts';
import { trainRounds } from '../rounds/rounds.ts';
import { collectLessons } from './collectors.ts';
import { firstWeights } from './first-weights.ts';
import type { LessonOptions, Lessons } from './lessons.ts';
import type { ChoiceExample } from '../nano/examples.ts';
import { checkpointsIn, openRunFolder, type RunFolder } from './run-folder.ts';
import { replayShare, simulatedTask, type SimulatedOptions, type SimulatedTask } from './simulated-task.ts';
import { simulatedRounds } from './simulated-rounds.ts';
import { supervised, type Examples, type SuperviseOptions } from './supervise.ts';
import { beliefFigures, greedyPoint, type BeliefFigures } from './validate.ts';

export interface TrainNanoSettings {
  readonly size: NanoSize;
  readonly seed: string;
  /** Recordings that beliefs are learned from, looked at as the hand-written rules find things suspicious. */
  readonly recordings: number;
  /** Recordings that ways of looking are learned from, looked at as the net itself finds things suspicious. */
  readonly guided: number;
  /** Rollouts of each of them. */
  readonly rollouts: number;
  readonly guidedRollouts: number;
  /** Further rollouts of each guided recording, which follow a plan. */
  readonly guidedPlans: number;
  /** Of the first stage, which learns to believe, and of the second, which learns to look as well. */
  readonly learningRate: number;
  readonly startLearningRate: number;
  /** Passes over the beliefs of the first stage, and over the choices of the second, whose beliefs are passed once. */
  readonly epochs: number;
  readonly choiceEpochs: number;
  readonly batch: number;
  /** Beliefs of each guided recording: its rollouts show much the same, and more of them would be learned by heart. */
  readonly guidedBeliefs: number;
  readonly rounds: number;
  readonly roundRecordings: number;
  readonly roundLearningRate: number;
  /** What the terms of the utility count in the rounds. */
  readonly aei: AeiWeights;
  /** Recordings that the figures are measured on. */
  readonly heldOut: number;
  /** Classes that it never meets. */
  readonly without: readonly IncidentClass[];
}

/** What became of a stage. */
interface StageFigures {
  readonly stage: 'beliefs' | 'start' | 'rounds';
  readonly beliefs: BeliefFigures;
  /** Greedy episodes on held-out recordings. */
  readonly greedy: CurvePoint;
}

/** Mean losses over stretches of supervised training. */
export interface LossPoint {
  readonly stage: 'beliefs' | 'start';
  readonly step: number;
  readonly choice: number;
  readonly belief: number;
  readonly evidence: number;
}

/** All that is to be known of a model's making. */
export interface NanoCard {
  readonly settings: TrainNanoSettings;
  /** SHA-256 of its bytes. */
  readonly weights: string;
  readonly parameters: number;
  /** Mean utility of the best and of all rollouts that the start was chosen from. */
  readonly chosenUtility: { readonly best: number; readonly mean: number };
  readonly losses: readonly LossPoint[];
  readonly points: readonly CurvePoint[];
  readonly heldOut: readonly StageFigures[];
}

export interface TrainNanoRun {
  /** Keeps what is finished: a run that is cut off goes on from there. */
  readonly folder: string;
  readonly threads: number;
  readonly signal?: AbortSignal;
  readonly say: (words: string) => void;
}

/**
 * Trains a nano model on simulated recordings alone. The seed decides everything but the last bits, which depend on the
 * machine. Errors: `invalid-argument` for a folder that holds a run of other settings; `cancelled`; those of sessions.
 */
export async function trainNano(
  settings: TrainNanoSettings,
  run: TrainNanoRun,
): Promise<{ readonly model: NanoModel; readonly card: NanoCard }> {
  const maker = new Maker(settings, run, await openRunFolder(run.folder, settings));
  const believing = await maker.stage('beliefs', () => maker.believe());
  const started = await maker.stage('start', () => maker.start(believing));
  const model = await maker.stage('rounds', () => maker.prefer(started));
  return { model, card: await maker.card(model) };
}

type Stage = StageFigures['stage'];

/** More twins with a cue than there usually are: only they tell a good way of looking from a lucky one. Ours. */
const shares = { incident: 0.38, twin: 0.17, normal: 0.17, cued: 0.28 } as const;

/** Rollouts of each held-out recording, whose sets of looks the belief is measured on. */
const heldOutRollouts = 2;

/** Progress is told, and losses are averaged, over so many recordings or steps. */
const stretch = 100;

/** What the card tells, kept beside the models so that a resumed run tells it too. */
interface Story {
  readonly losses: LossPoint[];
  points: readonly CurvePoint[];
  readonly heldOut: StageFigures[];
  chosen: NanoCard['chosenUtility'];
}

/** What the best rollout is usually ahead of the mean one: one that is weighs 1, and none more than twice that. Ours. */
const usualLead = 0.25;
const mostWeight = 2;

/**
 * The best rollout, which weighs the more the further it is ahead: where hardly anything depends on the way of looking,
 * ending at once is mostly best for its cost alone, and most recordings are so.
 */
function weighedByLead({ choice, best, mean }: Lessons): ChoiceExample[] {
  if (choice === null) return [];
  const weight = Math.min(mostWeight, (best - mean) / usualLead);
  return [{ ...choice, weights: choice.weights.map((each) => weight * each) }];
}

class Maker {
  readonly #settings: TrainNanoSettings;
  readonly #run: TrainNanoRun;
  readonly #folder: RunFolder;
  /** Made when a stage is first measured, and then for all of them. */
  #heldOut: readonly SimulatedTask[] | null = null;
  #story: Story = { losses: [], points: [], heldOut: [], chosen: { best: 0, mean: 0 } };

  constructor(settings: TrainNanoSettings, run: TrainNanoRun, folder: RunFolder) {
    this.#settings = settings;
    this.#run = run;
    this.#folder = folder;
  }

  /** The model that the stage makes, or that it made before the run was cut off. */
  async stage(stage: Stage, make: () => Promise<NanoModel>): Promise<NanoModel> {
    const [bytes, story] = [await this.#folder.read(`${stage}.nano`), await this.#folder.read(`${stage}.json`)];
    if (bytes !== null && story !== null) {
      // Written by this class.
      this.#story = JSON.parse(story.toString()) as Story;
      this.#run.say(`${stage}: made before`);
      return decodeNano(bytes);
    }
    const began = performance.now();
    const model = await make();
    this.#story.heldOut.push(await this.#figures(stage, model));
    const [figures] = this.#story.heldOut.slice(-1);
    this.#run.say(`${stage}: ${((performance.now() - began) / 1000).toFixed(0)} s, ${JSON.stringify(figures)}`);
    await this.#folder.write(`${stage}.json`, JSON.stringify(this.#story));
    await this.#folder.write(`${stage}.nano`, encodeNano(model));
    return model;
  }

  async believe(): Promise<NanoModel> {
    const { seed, size, recordings, rollouts } = this.#settings;
    const lessons = await this.#collect('beliefs', null, recordings, { rollouts, planned: 0 });
    const { epochs, batch, learningRate } = this.#settings;
    const beliefs = lessons.flatMap((lesson) => lesson.beliefs);
    return this.#supervised(
      'beliefs',
      { size, words: defaultNanoWords, weights: firstWeights(size, seed) },
      { choices: lessons.flatMap(({ choice }) => choice ?? []), beliefs },
      { peak: learningRate, epochs, batches: Math.max(1, Math.ceil(beliefs.length / batch)), beliefsOnce: false },
    );
  }

  async start(believing: NanoModel): Promise<NanoModel> {
    const { guided, guidedRollouts, guidedPlans } = this.#settings;
    const ways = { rollouts: guidedRollouts, planned: guidedPlans };
    const lessons = await this.#collect('start', encodeNano(believing), guided, ways);
    const mean = (value: (lesson: Lessons) => number) =>
      lessons.reduce((sum, lesson) => sum + value(lesson), 0) / Math.max(1, lessons.length);
    this.#story.chosen = { best: mean(({ best }) => best), mean: mean((lesson) => lesson.mean) };
    const { batch, choiceEpochs, guidedBeliefs, startLearningRate, seed } = this.#settings;
    const random = randomFrom(`${seed}/guided-beliefs`);
    const beliefs = lessons.flatMap((lesson) => shuffled(lesson.beliefs, random).slice(0, guidedBeliefs));
    const choices = lessons.flatMap(weighedByLead);
    return this.#supervised(
      'start',
      believing,
      { choices, beliefs },
      {
        ...{ peak: startLearningRate, epochs: choiceEpochs, beliefsOnce: true },
        batches: Math.max(1, Math.ceil((2 * choices.length) / batch)),
      },
    );
  }

  async prefer(started: NanoModel): Promise<NanoModel> {
    const { rounds, roundRecordings, roundLearningRate, aei, seed } = this.#settings;
    if (rounds === 0) return started;
    const { threads, signal, say } = this.#run;
    const { model, points, stopped } = await trainRounds({
      model: started,
      ...simulatedRounds({
        seeds: (round) => this.#seeds(`round-${round}`, roundRecordings),
        ...{ recordings: this.#recordings, threads },
        onProgress: (round, done, total) => this.#tell(`round ${round}`, done, total),
        ...(signal !== undefined && { signal }),
      }),
      settings: { ...defaultRoundSettings, rounds, learningRate: roundLearningRate, aei },
      ...{ seed: `${seed}/rounds`, threads, checkpoints: checkpointsIn(this.#folder) },
      onPoint: (point) => {
        if (point.step % 10 === 0) say(`round ${point.round}: ${JSON.stringify(point)}`);
      },
      ...(signal !== undefined && { signal }),
    });
    if (stopped !== null) say(`The rounds stopped: ${stopped}.`);
    this.#story.points = points;
    return model;
  }

  async card(model: NanoModel): Promise<NanoCard> {
    const { losses, points, heldOut, chosen } = this.#story;
    const weights = createHash('sha256').update(encodeNano(model)).digest('hex');
    const parameters = Object.values(model.weights).reduce((sum, { data }) => sum + data.length, 0);
    return { settings: this.#settings, weights, parameters, chosenUtility: chosen, losses, points, heldOut };
  }

  get #recordings(): SimulatedOptions {
    return { without: this.#settings.without, shares, replays: replayShare };
  }

  #seeds(name: string, count: number): string[] {
    return Array.from({ length: count }, (_, number) => `${this.#settings.seed}/${name}/${number}`);
  }

  /** Collected lessons are kept too: they take most of the time. */
  async #collect(
    stage: 'beliefs' | 'start' | 'held-out',
    model: Uint8Array | null,
    count: number,
    ways: Pick<LessonOptions, 'rollouts' | 'planned'>,
  ): Promise<Lessons[]> {
    const { threads, signal } = this.#run;
    const known = await this.#folder.read(`${stage}.lessons`);
    // Written by this class.
    if (known !== null) return deserialize(known) as Lessons[];
    const lessons = await collectLessons(
      { model, work: { kind: 'lessons', ...ways }, recordings: this.#recordings },
      {
        ...{ seeds: this.#seeds(stage, count), threads },
        onProgress: (done, total) => this.#tell(stage, done, total),
        ...(signal !== undefined && { signal }),
      },
    );
    await this.#folder.write(`${stage}.lessons`, serialize(lessons));
    return lessons;
  }

  #tell(name: string, done: number, total: number): void {
    if (done % stretch === 0) this.#run.say(`${name}: ${done} of ${total} recordings`);
  }

  async #supervised(
    stage: 'beliefs' | 'start',
    model: NanoModel,
    examples: Examples,
    passes: Pick<SuperviseOptions, 'peak' | 'epochs' | 'batches' | 'beliefsOnce'>,
  ): Promise<NanoModel> {
    const { threads, signal, say } = this.#run;
    const parts: Record<'choice' | 'belief' | 'evidence', number> = { choice: 0, belief: 0, evidence: 0 };
    return supervised(model, examples, {
      ...passes,
      ...{ seed: `${this.#settings.seed}/${stage}`, threads },
      ...(signal !== undefined && { signal }),
      onStep: ({ step, losses }, steps) => {
        const names = Object.keys(parts) as (keyof typeof parts)[];
        for (const name of names) parts[name] += (losses[`loss/${name}`] ?? 0) / stretch;
        if (step % stretch !== 0) return;
        this.#story.losses.push({ stage, step, ...parts });
        say(`${stage}: step ${step} of ${steps}, ${JSON.stringify(parts)}`);
        for (const name of names) parts[name] = 0;
      },
    });
  }

  async #figures(stage: Stage, model: NanoModel): Promise<StageFigures> {
    await using net = await openNano(model, { provider: 'cpu', threads: 1 });
    const { heldOut } = this.#settings;
    const lessons = await this.#collect('held-out', null, heldOut, { rollouts: heldOutRollouts, planned: 0 });
    this.#heldOut ??= this.#seeds('held-out', heldOut).map((seed) => simulatedTask(seed, this.#recordings));
    const examples = lessons.flatMap(({ beliefs }) => beliefs);
    return { stage, beliefs: await beliefFigures(net, examples), greedy: await greedyPoint(net, this.#heldOut) };
  }
}
