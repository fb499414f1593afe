/** Rounds of iDPO: rollouts of the version that enters a round, preferences among them, an update; then the next round. */
import { decodeNano, encodeNano, openNano, type NanoModel, type NanoNet } from '../../inquiry/policies/nano/index.ts';
import { chosenOf, randomFrom } from '../../math/random.ts';
import { balancedBeliefs } from './balance.ts';
import { besideHead, fitWindowHead } from './fit-window-head.ts';
import { gather, type Gathered, type GatherOptions, type KeptTasks } from './gather.ts';
import { rolloutPoint, type CurvePoint } from './points.ts';
import type { RoundTask } from './round-task.ts';
import { decodeState, encodeState, type Checkpoints, type RoundState, type StepState } from './run-state.ts';
import type { RoundSettings } from './settings.ts';
import { update } from './update.ts';

/** What rollouts of a round go by. */
type RolloutsOf = Pick<GatherOptions, 'settings' | 'version' | 'seed'>;

/** The tasks of a round, the same ones whenever they are asked for; or what they give, rolled out elsewhere. */
export type RoundsSource =
  | { readonly tasks: (round: number) => AsyncIterable<RoundTask> }
  | { readonly gathered: (round: number, model: NanoModel, options: RolloutsOf) => Promise<readonly Gathered[]> };

export type RoundsRun = RoundsSource & RunOptions;

interface RunOptions {
  /** The version that enters the first round. */
  readonly model: NanoModel;
  readonly settings: RoundSettings;
  readonly seed: number | string;
  readonly threads: number;
  /** Without it, a run that is cut off starts anew. */
  readonly checkpoints?: Checkpoints;
  /** Keeps what the tasks of a round gave, for this run and others that begin with the same model, settings and seed. */
  readonly kept?: (round: number) => KeptTasks;
  readonly onPoint?: (point: CurvePoint) => void;
  /** Called for each task of a round that is rolled out, or was kept. */
  readonly onTask?: (round: number, task: RoundTask) => void;
  /** Called for each step of a round's update. */
  readonly onStep?: (round: number, step: number, steps: number) => void;
  readonly signal?: AbortSignal;
  /** The programs of the threads, where they are not the checkout's own. */
  readonly entries?: { readonly session: URL | string; readonly resident: URL | string };
}

export interface RoundsOutcome {
  readonly model: NanoModel;
  readonly points: readonly CurvePoint[];
  /** Why the run ended before its last round; null where it did not. */
  readonly stopped: 'no-pairs' | 'likelihood-fell' | null;
}

/**
 * Runs the rounds, or what is left of them where checkpoints of this run are there. The same model, tasks, settings, seed,
 * machine and number of threads give the same weights bit for bit, however often the run was cut off.
 * Errors: `cancelled` (or what `signal` was aborted with), `integrity-mismatch` for damaged checkpoints, those of sessions.
 */
export async function trainRounds(run: RoundsRun): Promise<RoundsOutcome> {
  const { settings, checkpoints } = run;
  let model = run.model;
  const points: CurvePoint[] = [];
  const tell = (point: CurvePoint) => {
    points.push(point);
    run.onPoint?.(point);
  };
  const saved = await loaded<RoundState>(checkpoints, 'round');
  for (let round = saved?.round ?? 0; round < settings.rounds; round++) {
    const isSaved = saved?.round === round;
    const state = isSaved ? saved : await gathered(run, round, model, points);
    model = decodeNano(state.model);
    if (!isSaved) await checkpoints?.save('round', encodeState(state));
    const step = await loaded<StepState>(checkpoints, 'step');
    const isBegun = step?.round === round;
    const known = isBegun ? step.points : state.points;
    for (const point of known.slice(points.length)) tell(point);
    if (state.pairs.length === 0) return { model, points, stopped: 'no-pairs' };

    const outcome = await update(model, state, {
      ...{
        settings,
        random: randomFrom(`${run.seed}/${round}/update`),
        threads: run.threads,
        round,
        points,
        onPoint: tell,
      },
      ...(run.onStep !== undefined && { onStep: (done: number, steps: number) => run.onStep?.(round, done, steps) }),
      ...(isBegun && { from: step }),
      ...(run.signal !== undefined && { signal: run.signal }),
      ...(checkpoints !== undefined && { save: (each: StepState) => checkpoints.save('step', encodeState(each)) }),
      ...(run.entries !== undefined && { threadEntry: run.entries.resident }),
    });
    model = outcome.model;
    if (outcome.fell) return { model, points, stopped: 'likelihood-fell' };
  }
  return { model, points, stopped: null };
}

async function loaded<S extends RoundState | StepState>(
  checkpoints: Checkpoints | undefined,
  name: 'round' | 'step',
): Promise<S | null> {
  const bytes = (await checkpoints?.load(name)) ?? null;
  return bytes === null ? null : decodeState<S>(bytes);
}

/** Most nets that roll out side by side: each has a thread of its own, all share one that observes. */
const mostNets = 4;

/** Rolls out the tasks of a round, fits the head to what they show, and chooses what the net learns from. */
async function gathered(
  run: RoundsRun,
  round: number,
  model: NanoModel,
  points: readonly CurvePoint[],
): Promise<RoundState> {
  const { settings, seed } = run;
  const options = { settings, version: `round-${round}`, seed: `${seed}/${round}` };
  const found = await ('gathered' in run
    ? run.gathered(round, model, options)
    : gatheredHere(run, run.tasks(round), round, model, options));
  const pairs = found.flatMap((each) => each.pairs);
  const random = randomFrom(`${seed}/${round}/beliefs`);
  const ofTasks = found.map((each) => each.beliefs);
  const fitted = settings.head === null ? undefined : fitWindowHead(ofTasks, settings.head, model.head);
  const beliefs =
    fitted === undefined ? balancedBeliefs(found, random.fork('balance')) : ofTasks.flat().map(besideHead);
  const rollouts = found.flatMap((each) => each.rollouts);
  return {
    ...{ round, model: encodeNano({ ...model, ...(fitted !== undefined && { head: fitted }) }), pairs },
    points: [...points, rolloutPoint(round, rollouts, settings.aei)],
    beliefs: chosenOf(beliefs, settings.beliefsPerPair * pairs.length, random),
  };
}

async function gatheredHere(
  run: RunOptions,
  tasks: AsyncIterable<RoundTask>,
  round: number,
  model: NanoModel,
  asked: RolloutsOf,
): Promise<Gathered[]> {
  const { signal, onTask } = run;
  const options = {
    ...({ provider: 'cpu', threads: 1 } as const),
    ...(run.entries !== undefined && { threadEntry: run.entries.session }),
  };
  const nets: NanoNet[] = [];
  try {
    for (let number = 0; number < Math.min(run.threads, mostNets); number++) nets.push(await openNano(model, options));
    return await gather(tasks, nets, {
      ...asked,
      ...(signal !== undefined && { signal }),
      ...(run.kept !== undefined && { kept: run.kept(round) }),
      ...(onTask !== undefined && { onTask: (task: RoundTask) => onTask(round, task) }),
    });
  } finally {
    for (const net of nets) await net[Symbol.asyncDispose]();
  }
}
