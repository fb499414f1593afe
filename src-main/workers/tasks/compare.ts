/** One episode under two policies: both see what was seen of it before, and the same number of new frames at most. */
import { readFile } from 'node:fs/promises';
import type { Trajectory } from '../../contract/trajectory.ts';
import { perceptionWatcher, type Policy, runEpisode, type Watcher } from '../../inquiry/index.ts';
import type { BeliefInput } from '../../inquiry/policy.ts';
import {
  decodeNormality,
  type FrameObservation,
  frameTimeAt,
  observeFrames,
  perceptionKey,
  readTriage,
  zoneMask,
} from '../../perception/index.ts';
import { utilityOf } from '../../training/aei/utility.ts';
import { assess } from '../../training/rollouts/roll-out.ts';
import { readFrames, writeFrames } from '../frame-blobs.ts';
import { openPolicy } from '../open-policy.ts';
import type { ComparedChoice, ComparedEpisode, TaskParams } from '../protocol/index.ts';
import type { TaskContext, TaskFunction } from '../task.ts';

type Params = TaskParams<'compare'>;

export const compare: TaskFunction<'compare'> = async (params, context) => {
  const world = await openWorld(params, context);
  const [first, second] = [
    await openPolicy(params.sides[0].policy, context),
    await openPolicy(params.sides[1].policy, context),
  ];
  // One judge for both, so that their utilities can be told apart: the first whose belief was learned.
  const learned = params.sides.findIndex(({ policy }) => policy.weights !== null);
  const judge = learned < 0 ? null : learned === 0 ? first : second;
  const sides = [
    await runSide(first, params.sides[0], params, world, judge, context),
    await runSide(second, params.sides[1], params, world, judge, context),
  ] as const;
  return { sides, frames: await writeFrames(world.made, context) };
};

interface World {
  /** A view of the recording with an allowance of its own, whatever the other policy has seen. */
  open(): { readonly watcher: Watcher; readonly masked: () => number };
  readonly made: readonly FrameObservation[];
}

async function openWorld(params: Params, context: TaskContext): Promise<World> {
  const { resources, signal, progress } = context;
  const { seconds, activity, frameTimes } = readTriage(await readFile(context.blobPath(params.triage)));
  const cache = await readFrames(params.cached, context);
  const before = new Set(cache.keys());
  const made: FrameObservation[] = [];
  const path = context.recordingPath(params.recording);
  const here =
    params.normality === null
      ? null
      : {
          normality: decodeNormality(await readFile(context.blobPath(params.normality.snapshot))),
          hour: params.normality.hour,
        };

  const open: World['open'] = () => {
    const granted = new Set<number>();
    const masked = new Set<number>();
    const isGranted = (time: number): boolean => {
      if (before.has(time) || granted.has(time)) return true;
      const isFree = granted.size < params.newFrames;
      (isFree ? granted : masked).add(time);
      return isFree;
    };
    const watcher = perceptionWatcher({
      ...{ seconds, activity, here },
      zones: zoneMask(params.zones),
      observe: (times, aborted) =>
        observeFrames({
          ...{ cache, frameTimes },
          times: [...new Set(times.map((time) => frameTimeAt(frameTimes, time)))].filter(isGranted),
          reader: () => resources.reader(params.recording, path, signal),
          nets: () => resources.nets(params.nets),
          ...(aborted !== undefined && { signal: aborted }),
          onMade: (frame) => {
            made.push(frame);
            progress(made.length, 2 * params.newFrames);
          },
        }),
    });
    return { watcher, masked: () => masked.size };
  };
  return { open, made };
}

async function runSide(
  policy: Policy,
  { budget }: ComparedChoice,
  params: Params,
  world: World,
  judge: Policy | null,
  context: TaskContext,
): Promise<ComparedEpisode> {
  const { recording, episode, seed, question, thresholds, truth } = params;
  const { watcher, masked } = world.open();
  const inputs: BeliefInput[] = [];
  const { trajectory, flags, framesObserved } = await runEpisode({
    ...{ policy: listening(policy, inputs), watcher, episode, budget, seed, question, thresholds },
    source: {
      recording,
      perception: perceptionKey(params.nets.modelsId),
      normality: params.normality?.snapshot ?? null,
    },
    signal: context.signal,
    clockMs: () => performance.now(),
  });
  const framesMasked = masked();
  return {
    ...{ flags, framesObserved, framesMasked },
    trajectory: await context.putBlob(new TextEncoder().encode(JSON.stringify(trajectory))),
    utility:
      truth === null || judge === null
        ? null
        : await utilityFor(trajectory, inputs, { truth, episode, budget, watcher }, judge),
  };
}

async function utilityFor(
  trajectory: Trajectory,
  inputs: readonly BeliefInput[],
  task: Parameters<typeof assess>[1],
  judge: Policy,
): Promise<number> {
  const { terms } = await assess({ trajectory, inputs }, task, judge);
  return utilityOf(terms);
}

/** `policy`, with what its belief was read from written to `inputs`. */
function listening(policy: Policy, inputs: BeliefInput[]): Policy {
  const own = policy.forEpisode?.() ?? policy;
  return {
    name: own.name,
    version: own.version,
    opens: own.opens,
    readBelief(input) {
      inputs.push(input);
      return own.readBelief(input);
    },
    decide: (view, random, signal) => own.decide(view, random, signal),
  };
}
