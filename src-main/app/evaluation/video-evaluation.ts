/** A data set of videos under policies: what is normal is learned, every recording looked at, what fails is named. */
import { basename, relative } from 'node:path';
import { walkVideoFiles } from '../../archive/index.ts';
import { AppError, appErrorFrom, type ErrorCode } from '../../contract/errors.ts';
import { counted } from '../../contract/wording/en-terms.ts';
import { anomaliesInSeconds, type DataSet, type DataSetRecording, labelsOf } from '../../evaluation/labels/index.ts';
import { type TabulatedRecording, type TaskParams, workerLosses } from '../../workers/index.ts';
import { inParallel } from '../in-parallel.ts';
import type { JobContext } from '../jobs.ts';
import { assessVideo, type AssessedVideo, type AssessRequest, type AssessTools } from './assess-video.ts';
import { labelRuns } from './label-runs.ts';
import { learnNormal } from './learn-normal.ts';
import { makeClip, type MadeClip } from './make-clip.ts';
import { createFootageProgress } from './progress.ts';
import type { Footage } from './seen.ts';

export interface VideoTools extends AssessTools {
  readonly recordingsAtOnce: number;
}

export interface Missing {
  readonly name: string;
  readonly reason: string;
}

/** The recordings with what was made of them; `scores` names a file of `files`. */
export interface MadeOfDataSet {
  readonly recordings: readonly TabulatedRecording[];
  readonly files: Readonly<Record<string, string>>;
  readonly missing: readonly Missing[];
  /** What a head is fitted on, by recording; null where none is. */
  readonly clips: TaskParams<'tabulate'>['clips'];
  /** Files of the recordings by name, for pictures of them; empty over replays. */
  readonly videos: ReadonlyMap<string, string>;
  /** What a column does not say, in words. */
  readonly notes: readonly string[];
}

export interface VideoRequest extends Omit<AssessRequest, 'normality' | keyof Test> {
  /** Folder of footage in which nothing unusual happens. */
  readonly normal: string | null;
  /** Whether a head is fitted on the recordings, which then are looked at instant by instant. */
  readonly fitsHead: boolean;
}

/** The fault of one file: it is named, and the others go on. */
const faultsOfFile: ReadonlySet<ErrorCode> = new Set([
  ...workerLosses,
  ...(['file-unreadable', 'no-video', 'not-found', 'permission-denied', 'video-damaged', 'video-unsupported'] as const),
]);

/**
 * Errors: `invalid-argument` by file and line for labels that do not fit a video; `file-unreadable` where no recording can
 * be read, and where one of `normal` cannot; `cancelled`.
 */
export async function evaluateVideos(
  tools: VideoTools,
  dataSet: DataSet,
  { normal, fitsHead, ...request }: VideoRequest,
  context: JobContext,
): Promise<MadeOfDataSet> {
  const { signal } = context;
  const missing: Missing[] = [];
  const usual = normal === null ? [] : await normalFootage(tools, normal, context);
  const found = await footageOf(tools, dataSet, missing, context);
  const total = [...usual, ...found.map(({ footage }) => footage)].reduce((sum, each) => sum + each.seconds, 0);
  const progress = createFootageProgress(context, total, missing.length);

  const normality =
    usual.length === 0
      ? null
      : await learnNormal(tools, usual, signal, (footage, seconds) =>
          progress.show(`normal ${footage.path}`, seconds, basename(footage.path)),
        );
  const made = new Map<DataSetRecording, Made>();
  await inParallel(found, tools.recordingsAtOnce, async ({ recording, footage }) => {
    const show = (seconds: number) => progress.show(recording.name, seconds, recording.name);
    try {
      const truth = truthOf(recording, footage);
      const test = testOf(recording, truth.anomalies ?? [], dataSet, request);
      const assessed = await assessVideo(tools, footage, { ...request, ...test, normality }, signal, show);
      const clip = fitsHead ? await makeClip(tools, footage, signal) : null;
      made.set(recording, { truth, assessed, clip });
    } catch (error) {
      missing.push({ name: recording.name, reason: reasonOf(error) });
      progress.fail();
    }
    show(footage.seconds);
  });
  const kept = found.flatMap(({ recording, footage }) => {
    const each = made.get(recording);
    return each === undefined ? [] : [{ ...each, recording, footage }];
  });
  if (kept.length === 0) throw nothingLeft(dataSet, missing);
  const files: Record<string, string> = {};
  for (const { footage, assessed, clip } of kept) {
    files[footage.id] = assessed.scores;
    if (clip !== null) Object.assign(files, { [clip.vector]: clip.vector, [clip.backdrop]: clip.backdrop });
  }
  return {
    // At the end, when what looking costs is known best, and the same for all.
    recordings: kept.map(({ truth, assessed, footage }) => ({ ...truth, ...madeOf(assessed, footage, tools) })),
    clips: fitsHead ? kept.flatMap(({ clip, footage }) => (clip === null ? [] : [clipOf(clip, footage, tools)])) : null,
    videos: new Map(kept.map(({ recording, footage }) => [recording.name, footage.path])),
    notes:
      normal === null
        ? []
        : [
            `What is usual was learned from ${counted(usual.length, 'recording', 'recordings')} of ${basename(normal)}.`,
          ],
    ...{ files, missing },
  };
}

interface Made {
  readonly truth: ReturnType<typeof truthOf>;
  readonly assessed: AssessedVideo;
  readonly clip: MadeClip | null;
}

/** The words of a failure that is one file's fault. Any other failure is thrown. */
function reasonOf(error: unknown): string {
  const failure = appErrorFrom(error);
  if (!faultsOfFile.has(failure.code)) throw failure;
  return failure.message;
}

async function normalFootage({ seen, recordingsAtOnce }: VideoTools, folder: string, context: JobContext) {
  const paths: string[] = [];
  for await (const file of walkVideoFiles([folder], { signal: context.signal })) {
    if (file.kind === 'unreadable') throw file.error;
    paths.push(file.path);
  }
  if (paths.length === 0) {
    throw new AppError('invalid-argument', `${folder}: there is no video to learn from what is usual.`);
  }
  const found: Footage[] = [];
  let done = 0;
  await inParallel(paths, recordingsAtOnce, async (path) => {
    found.push(await seen.footage(path, context.signal));
    context.progress({ done: ++done, total: paths.length, unit: 'files', label: relative(folder, path) });
  });
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function footageOf(
  { seen, recordingsAtOnce }: VideoTools,
  dataSet: DataSet,
  missing: Missing[],
  context: JobContext,
) {
  const found = new Map<DataSetRecording, Footage>();
  const total = dataSet.recordings.length;
  let done = 0;
  await inParallel(dataSet.recordings, recordingsAtOnce, async (recording) => {
    try {
      if (recording.path === null) throw new AppError('not-found', `${recording.name} has no video.`);
      found.set(recording, await seen.footage(recording.path, context.signal));
    } catch (error) {
      missing.push({ name: recording.name, reason: reasonOf(error) });
    }
    context.progress({ done: ++done, total, unit: 'files', label: recording.name, failed: missing.length });
  });
  if (found.size === 0) throw nothingLeft(dataSet, missing);
  return dataSet.recordings.flatMap((recording) => {
    const footage = found.get(recording);
    return footage === undefined ? [] : [{ recording, footage }];
  });
}

function nothingLeft(dataSet: DataSet, missing: readonly Missing[]): AppError {
  const [first] = missing;
  const reason = first === undefined ? 'there is no video in it.' : `${first.name}: ${first.reason}`;
  return new AppError('file-unreadable', `No recording of ${dataSet.name} could be read: ${reason}`);
}

type Test = Pick<AssessRequest, 'framesPerSecond' | 'truth'>;

/**
 * What hides between the instants of a passive sampler is looked for at just that sampler's cost, or the one asked for,
 * and from its instants on. The oracle is told of an innocent twin where the incident is in the other.
 */
function testOf(
  { name, twin }: DataSetRecording,
  own: Test['truth'],
  { recordings }: DataSet,
  { framesPerMinute }: Pick<VideoRequest, 'framesPerMinute'>,
): Test {
  const rate = twin?.rate ?? null;
  const other = recordings.find((each) => each.twin !== null && each.twin.name === twin?.name && each.name !== name);
  const truth = own.length > 0 ? own : ((other && anomaliesInSeconds(other, other.framesPerSecond ?? Infinity)) ?? []);
  return { truth, framesPerSecond: rate === null || framesPerMinute === null ? rate : framesPerMinute / 60 };
}

/** Errors: `invalid-argument` by file and line where the labels are of another video. */
function truthOf(recording: DataSetRecording, { seconds, frames }: Footage) {
  const framesPerSecond = seconds > 0 ? frames / seconds : 0;
  const labels = labelsOf(recording, { frames, framesPerSecond });
  const { name, labelled } = recording;
  return {
    ...{ name, class: labelled.class, seconds, frames, source: null, fold: null, twin: recording.twin },
    isAnomalous: labels === null ? labelled.class !== 'normal' : labels.includes(1),
    anomalousFrames: labels === null ? null : labelRuns(labels),
    anomalies: anomaliesInSeconds(recording, framesPerSecond),
  };
}

function madeOf(assessed: AssessedVideo, footage: Footage, tools: Pick<VideoTools, 'costs'>) {
  return {
    scores: footage.id,
    made: assessed.policies.map(({ flags, framesObserved, lookedAt, operators, seconds }) => {
      const spent = secondsSpent(framesObserved, footage, tools);
      return {
        flags,
        effort: { framesObserved, lookedAt, operators, seconds: spent === null ? null : spent + seconds },
      };
    }),
  };
}

/** A head sees every instant, takes no step, and costs nothing worth counting itself. */
function clipOf({ vector, backdrop, frames }: MadeClip, footage: Footage, tools: Pick<VideoTools, 'costs'>) {
  const seconds = secondsSpent(frames, footage, tools);
  return { vector, backdrop, effort: { framesObserved: frames, lookedAt: 1, operators: {}, seconds } };
}

/** What looking at so many frames takes on this machine, triage included; null where it was never measured. */
function secondsSpent(
  frames: number,
  { seconds }: Footage,
  { costs: { perFrame, perSecond } }: Pick<VideoTools, 'costs'>,
) {
  if (perSecond === null || (frames > 0 && perFrame === null)) return null;
  return seconds * perSecond + frames * (perFrame ?? 0);
}
