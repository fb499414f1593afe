/** The figures of an evaluation: here and not in the core, because a bootstrap over a benchmark takes its time. */
import { readFile } from 'node:fs/promises';
import {
  type AssessedPolicy,
  type Clip,
  evaluate,
  fitHeadBySource,
  type RecordingScores,
  type TrueRecording,
} from '../../evaluation/run/index.ts';
import { readScores } from '../../evaluation/score-files/index.ts';
import { float64sOfBytes } from '../float64s.ts';
import type { Backdrop, TabulatedRecording, TaskParams } from '../protocol/index.ts';
import type { TaskContext, TaskFunction } from '../task.ts';

type Params = TaskParams<'tabulate'>;

export const tabulate: TaskFunction<'tabulate'> = async (params, context) => {
  const { dataset, policies, seed, smoothing } = params;
  const recordings: TrueRecording[] = [];
  const made: (readonly RecordingScores[])[] = [];
  for (const recording of params.recordings) {
    recordings.push(truthOf(recording));
    const scores = float64sOfBytes(await readFile(context.blobPath(recording.scores)));
    const { frames } = recording;
    made.push(
      recording.made.map((each, index) => ({ ...each, scores: scores.subarray(index * frames, (index + 1) * frames) })),
    );
  }
  const assessed: AssessedPolicy[] = policies.map((policy, index) => ({
    policy,
    recordings: made.map((each) => each[index] ?? null),
  }));
  const head =
    params.clips === null
      ? null
      : fitHeadBySource(recordings, await clipsOf(params, params.clips, context), seed, () =>
          context.progress(0, policies.length + 1),
        );
  const systems = await systemsOf(params.systems, recordings, context);
  const figures = evaluate({
    ...{ dataset, seed, smoothing },
    recordings: head?.recordings ?? recordings,
    policies: [...assessed, ...(head === null ? [] : [head.policy]), ...systems.policies],
    onProgress: (done, total) => context.progress(done, total),
  });
  return {
    figures: await context.putBlob(new TextEncoder().encode(JSON.stringify(figures))),
    notes: [...(head?.notes ?? []), ...systems.notes],
  };
};

/** Rows of other systems, of which nothing but scores is known. */
async function systemsOf(systems: Params['systems'], recordings: readonly TrueRecording[], context: TaskContext) {
  const policies: AssessedPolicy[] = [];
  const notes: string[] = [];
  for (const { name, scores: file } of systems) {
    const { scores, missing, convention } = await readScores(context.blobPath(file), recordings);
    policies.push({
      policy: name,
      recordings: recordings.map((recording) => {
        const own = scores.get(recording.name);
        return own === undefined ? null : { scores: own, flags: [], effort: null };
      }),
    });
    if (missing.length > 0) notes.push(`${name} has no scores of ${missing.map((each) => each.name).join(', ')}.`);
    if (convention !== null) notes.push(`${name}: ${convention}`);
  }
  return { policies, notes };
}

async function clipsOf(
  { recordings }: Pick<Params, 'recordings'>,
  clips: NonNullable<Params['clips']>,
  context: TaskContext,
): Promise<Clip[]> {
  const read: Clip[] = [];
  for (const [index, { vector, backdrop, effort }] of clips.entries()) {
    const { background, ...traits } = JSON.parse(await readFile(context.blobPath(backdrop), 'utf8')) as Backdrop;
    read.push({
      vector: Float32Array.from(float64sOfBytes(await readFile(context.blobPath(vector)))),
      traits: { ...traits, name: recordings[index]?.name ?? '', background: Float32Array.from(background) },
      effort,
    });
  }
  return read;
}

function truthOf({ anomalousFrames, scores: _scores, made: _made, ...truth }: TabulatedRecording): TrueRecording {
  if (anomalousFrames === null) return { ...truth, labels: null };
  const labels = new Uint8Array(truth.frames);
  for (const { start, end } of anomalousFrames) labels.fill(1, start, end);
  return { ...truth, labels };
}
