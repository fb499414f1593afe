/** A training run: rounds on what reviewers said, the same for each half of it, and what the gate asks about the outcome. */
import { readFile } from 'node:fs/promises';
import { AppError } from '../../contract/errors.ts';
import type { TrainingPoint } from '../../contract/training.ts';
import { decodeNano, encodeNano, openNano, type NanoModel, type NanoNet } from '../../inquiry/policies/nano/index.ts';
import type { SourcedTask } from '../../training/data-set/replay-tasks.ts';
import { chosenCheck, neededEpisodes } from '../../training/gate/checks.ts';
import { foldCount, foldsOf } from '../../training/gate/folds.ts';
import type { CurvePoint } from '../../training/rounds/points.ts';
import { type RoundsOutcome, trainRounds } from '../../training/rounds/rounds.ts';
import { roundSettingsFor, type RoundSettings } from '../../training/rounds/settings.ts';
import { besideSimulation } from '../../training/start/simulated-task.ts';
import type { TaskParams } from '../protocol/index.ts';
import type { TaskContext, TaskFunction } from '../task.ts';
import { type HeldOut, judgeVersions } from '../training/judge-versions.ts';
import { partWork } from '../training/part-work.ts';
import { roundTasks } from '../training/round-tasks.ts';
import { openRunFolder, type RunFolder } from '../training/run-folder.ts';

type Params = TaskParams<'train'>;

const beatMs = 10_000;
/** The part of a run that learns from everything; the others leave a fold out. */
const whole = 'all';

export const train: TaskFunction<'train'> = async (params, context) => {
  const limit = timeLimit(params.mostSeconds);
  const signal = AbortSignal.any([context.signal, limit.signal]);
  try {
    return await trainWithin(params, { ...context, signal });
  } catch (error) {
    // However the part that was interrupted put it.
    if (limit.signal.aborted && !context.signal.aborted) throw limit.signal.reason;
    throw error;
  } finally {
    limit[Symbol.dispose]();
  }
};

const trainWithin: TaskFunction<'train'> = async (params, context) => {
  using run = await openRun(params, context);
  const { base, tasks } = run;
  const labelled = (label: number) => tasks.filter(({ task }) => task.truth.label === label).length;
  const count = { incidents: labelled(1), innocent: labelled(0) };
  const all = await run.rounds(whole, tasks);
  const heldOut: HeldOut[] = [];
  for (const [fold, { inside, outside }] of run.folds.entries()) {
    const { model } = await run.rounds(`fold-${fold}`, outside);
    heldOut.push({ model, tasks: inside.map(({ task }) => task) });
  }
  const checks = await run.folder.once('gate', () =>
    judgeVersions(base, all.model, heldOut, count, {
      ...{ withNet: run.withNet, guardRecordings: params.guardRecordings, signal: context.signal },
      onMeasured: () => run.advance(),
    }),
  );
  const bytes = encodeNano(all.model);
  return {
    weights: await context.putBlob(bytes),
    bytes: bytes.length,
    checks: [...checks, chosenCheck(all.points, all.stopped === 'likelihood-fell')],
    stopped: inWords(all.stopped, run.settings),
    ...{ ...count, settings: run.settings },
  };
};

const inWords = (stopped: RoundsOutcome['stopped'], { mostFall }: RoundSettings): string | null => {
  switch (stopped) {
    case null:
      return null;
    case 'no-pairs':
      return 'Its rollouts were all alike: there was nothing to prefer.';
    case 'likelihood-fell':
      return `The likelihood of chosen trajectories fell by more than ${100 * mostFall} %.`;
    default:
      return stopped satisfies never;
  }
};

interface Fold {
  readonly inside: readonly SourcedTask[];
  readonly outside: readonly SourcedTask[];
}

interface Run extends Disposable {
  readonly base: NanoModel;
  readonly tasks: readonly SourcedTask[];
  /** None where the verdicts are too few to tell anything. */
  readonly folds: readonly Fold[];
  readonly settings: RoundSettings;
  readonly folder: RunFolder;
  readonly withNet: <T>(model: NanoModel, work: (net: NanoNet) => Promise<T>) => Promise<T>;
  /** The rounds on `own` and as much replayed simulation; the curve of the whole is shown. */
  rounds(part: string, own: readonly SourcedTask[]): Promise<RoundsOutcome>;
  advance(): void;
}

async function openRun(params: Params, context: TaskContext): Promise<Run> {
  const { seed, threads } = params;
  const { signal } = context;
  const startedMs = performance.now();
  const { sessionThread, residentThread } = context.resources.entries;
  const base = decodeNano(await readFile(context.blobPath(params.weights)));
  const tasks = await roundTasks(params.material, context);
  if (tasks.length === 0) throw new AppError('invalid-argument', 'There is no labelled episode to learn from.');
  const { rounds, rollouts, learnedFrom } = params;
  const settings: RoundSettings = { ...roundSettingsFor[learnedFrom], rounds, rollouts };
  const folder = await openRunFolder(context.blobPath(params.folder));
  const folds = foldsFor(tasks, seed);

  // All parts begin with the same version: what its rollouts gave is good for each of them.
  const workOf = (own: readonly SourcedTask[], isWhole: boolean) =>
    partWork(own.length, settings, { isKept: !isWhole });
  const total =
    workOf(tasks, true).all +
    folds.reduce((sum, { inside, outside }) => sum + workOf(outside, false).all + 2 * inside.length, 0) +
    2 * params.guardRecordings;
  let done = 0;
  const reach = (work: number) => context.progress((done = work), total);
  const advance = () => reach(done + 1);
  // A task may take longer than a worker is given to show that it works.
  const beat = setInterval(() => context.progress(done, total), beatMs);
  const seconds = () => params.secondsBefore + (performance.now() - startedMs) / 1000;

  return {
    ...{ base, tasks, folds, settings, folder, advance },
    [Symbol.dispose]: () => clearInterval(beat),
    async withNet(model, work) {
      await using net = await openNano(model, { provider: 'cpu', threads: 1, threadEntry: sessionThread });
      return await work(net);
    },
    async rounds(part, own) {
      const isWhole = part === whole;
      const [begun, work] = [done, workOf(own, isWhole)];
      const shown = pointTeller();
      const outcome = await folder.once(part, () =>
        trainRounds({
          ...{ model: base, settings, threads, signal, seed },
          tasks: (round) =>
            besideSimulation(
              own.map(({ task }) => task),
              `${seed}/${round}`,
            ),
          checkpoints: folder.checkpoints(part),
          kept: (round) => folder.kept(round === 0 ? 'first' : `${part}-${round}`),
          entries: { session: sessionThread, resident: residentThread },
          onTask: (round, task) => reach(begun + work.afterTask(round, task)),
          onStep: (round, step, steps) => reach(begun + work.afterStep(round, step, steps)),
          onPoint: (point) => context.progress(done, total, ...(isWhole ? [shown(point, seconds())] : [])),
        }),
      );
      reach(begun + work.all);
      return outcome;
    },
  };
}

/** The longest that a timer can be set for. */
const mostTimerMs = 2 ** 31 - 1;

/** Aborted once the time is over. */
function timeLimit(mostSeconds: number): Disposable & { readonly signal: AbortSignal } {
  const over = new AbortController();
  const reason = new AppError(
    'worker-timeout',
    `The training took more than the ${Math.round(mostSeconds / 60)} minutes that it is allowed. Resumed it goes on from where it is; the setting trainingMinutes allows more.`,
  );
  const timer = setTimeout(() => over.abort(reason), Math.min(mostTimerMs, 1000 * mostSeconds));
  return { signal: over.signal, [Symbol.dispose]: () => clearTimeout(timer) };
}

function foldsFor(tasks: readonly SourcedTask[], seed: number): Fold[] {
  const labelled = tasks.map(({ recording, task }) => ({ recording, label: task.truth.label }));
  const isEnough = ([0, 1] as const).every(
    (label) => labelled.filter((each) => each.label === label).length >= neededEpisodes,
  );
  if (!isEnough) return [];
  const folds = foldsOf(labelled, seed);
  return Array.from({ length: foldCount }, (_, fold) => ({
    inside: tasks.filter((_task, index) => folds[index] === fold),
    outside: tasks.filter((_task, index) => folds[index] !== fold),
  }));
}

/** Points of rounds counted from 0, with updates counted in each of them, as points of the whole run. */
function pointTeller(): (point: CurvePoint, seconds: number) => TrainingPoint {
  let [round, before, last] = [0, 0, 0];
  return ({ operators, ...point }, seconds) => {
    if (point.round !== round) [round, before, last] = [point.round, before + last, 0];
    last = point.step;
    const isFirst = point.round === 0 && point.step === 0;
    return {
      ...{ ...point, round: isFirst ? 0 : point.round + 1, step: before + point.step },
      ...{ seconds, operators: { ...operators } },
    };
  };
}
