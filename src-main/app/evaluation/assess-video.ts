/** One video of a data set under every policy: looked at as far as they need, read from what was seen as far as it goes. */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import type { LabelledPolicy, NetsChoice, PolicyAssessment, TaskParams } from '../../workers/index.ts';
import type { Tasks } from '../tasks.ts';
import type { Costs } from './costs.ts';
import type { Footage, HeldFrames, Seen } from './seen.ts';

/** What is usual, as a file; `id` is the hash of its content. */
export interface LearnedNormality {
  readonly id: string;
  readonly path: string;
}

export interface AssessTools {
  readonly seen: Seen;
  readonly tasks: Tasks;
  readonly costs: Costs;
  readonly nets: () => Promise<NetsChoice>;
  /** Takes the scores of each recording. */
  readonly folder: string;
}

export interface AssessRequest {
  readonly policies: readonly LabelledPolicy[];
  readonly normality: LearnedNormality | null;
  readonly framesPerMinute: number | null;
  /** As the task has them. */
  readonly framesPerSecond: TaskParams<'assess'>['framesPerSecond'];
  readonly truth: TaskParams<'assess'>['truth'];
  readonly seed: number;
}

export interface AssessedVideo {
  /** File of `[policies, frames]` float64. */
  readonly scores: string;
  readonly policies: readonly PolicyAssessment[];
}

/** Share of the work that looking at every instant is, where a policy does. */
const lookingShare = 0.9;

/** Errors: those of reading video; `worker-crashed`, `worker-timeout`; `cancelled`. `onProgress` gets seconds of footage. */
export async function assessVideo(
  { seen, tasks, costs, nets, folder }: AssessTools,
  footage: Footage,
  request: AssessRequest,
  signal: AbortSignal,
  onProgress: (seconds: number) => void,
): Promise<AssessedVideo> {
  const isDense = request.policies.some(({ policy }) => policy.name === 'dense');
  const weights = request.policies.flatMap(({ policy }) => policy.weights ?? []);
  using frames: HeldFrames = isDense
    ? await seen.everyInstant(footage, signal, (seconds) => onProgress(lookingShare * seconds))
    : await seen.cached(footage);
  using triage = await seen.triage(footage, signal);
  const lookedAt = isDense ? lookingShare * footage.seconds : 0;

  const assess = (choice: NetsChoice | null): Promise<AssessedVideo | null> => {
    const { normality, ...rest } = request;
    const params: TaskParams<'assess'> = {
      ...{ recording: footage.id, triage: 'triage', chunks: frames.chunks, nets: choice, ...rest },
      normality: normality?.id ?? null,
    };
    const files = {
      ...{ triage: triage.path, ...frames.files },
      ...(normality !== null && { [normality.id]: normality.path }),
    };
    return tasks.runAside(
      'assess',
      params,
      { recordings: { [footage.id]: footage.path }, files, blobs: weights },
      async (result, pathOf) => {
        if (result.missing) return null;
        costs.addFrames(result.framesMade, result.secondsMaking);
        await seen.add(footage, result.chunks, pathOf);
        const scores = join(folder, `${footage.id}.scores`);
        await rename(pathOf(result.scores), scores);
        return { scores, policies: result.policies };
      },
      {
        signal,
        onProgress: ({ done, total }) =>
          onProgress(lookedAt + ((footage.seconds - lookedAt) * Math.min(done, total)) / Math.max(1, total)),
      },
    );
  };
  // Without nets first: choosing a provider and opening the video take longer than reading what was seen before.
  const read = frames.chunks.length > 0 ? await assess(null) : null;
  const assessed = read ?? (await assess(await nets()));
  if (assessed === null) throw new AppError('internal', `${footage.path} was not looked at although it could be.`);
  return assessed;
}
