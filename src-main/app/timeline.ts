/** What is known along one recording: its triage, and of the scan that stands the scores and looks of each episode. */
import { AppError, appErrorFrom } from '../contract/errors.ts';
import type { Timeline } from '../contract/timeline.ts';
import { type Trajectory, trajectoryOutline, upgradeTrajectory } from '../contract/trajectory.ts';
import { readTriage } from '../perception/index.ts';
import type { Blobs, Store } from '../store/index.ts';
import { triageKey } from './seen-before.ts';

/** Digits that a curve of some hundred pixels' height and a frame's time in ms can show; more only make it longer. */
const shareDigits = 4;
const timeDigits = 3;

/**
 * While the first scan of the recording is under way, its finished episodes are there already. What was lost from the
 * disk is left out. Errors: `not-found` where there is no such recording, `cancelled`.
 */
export async function timelineOf(
  store: Pick<Store, 'recordings' | 'triage' | 'scans' | 'blobs'>,
  recording: string,
  signal: AbortSignal,
): Promise<Timeline> {
  const found = store.recordings.get(recording);
  if (found === undefined) throw new AppError('not-found', `There is no recording ${recording}.`);
  const scan = store.scans.standing(recording);
  const timeline: Timeline = {
    seconds: found.video?.seconds ?? 0,
    activity: await activityOf(store, recording),
    policy: scan?.policy ?? null,
    episodes: [],
    looks: [],
  };
  for (const { start, end, trajectory: hash } of scan === undefined ? [] : store.scans.episodes(scan.id)) {
    if (hash === null) continue;
    if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
    // One after the other: a day's trajectories at once would be a gigabyte under `dense`.
    const trajectory = await orLost(async () => trajectoryOutline(await storedValue(store.blobs, hash)));
    if (trajectory === null) continue;
    const scores = trajectory.scores.map((score) => rounded(score, shareDigits));
    timeline.episodes.push({ start, end, trajectory: hash, scores });
    for (const look of trajectory.looks) {
      const times = look.times.map((time) => rounded(time, timeDigits));
      timeline.looks.push({ start: look.start, end: look.end, density: look.density, purpose: look.purpose, times });
    }
  }
  return timeline;
}

/** A stored trajectory in the current format. Errors: `not-found`; `invalid-argument` where it is none. */
export const storedTrajectory = async (blobs: Pick<Blobs, 'read'>, hash: string): Promise<Trajectory> =>
  upgradeTrajectory(await storedValue(blobs, hash));

async function storedValue(blobs: Pick<Blobs, 'read'>, hash: string): Promise<unknown> {
  const text = new TextDecoder().decode(await blobs.read(hash));
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError('integrity-mismatch', `The stored trajectory ${hash} is damaged.`, { cause: error });
  }
}

/** Triage activity of each second; empty where no triage was made. */
export async function activityOf(
  { triage, blobs }: Pick<Store, 'triage' | 'blobs'>,
  recording: string,
): Promise<number[]> {
  const hash = triage.get(recording, triageKey);
  if (hash === undefined) return [];
  const read = await orLost(async () => readTriage(await blobs.read(hash)));
  return read === null ? [] : Array.from(read.activity.activity, (level) => rounded(level, shareDigits));
}

/** Null where the blob is gone, damaged or of a newer program: the rest of the timeline is no less true. */
async function orLost<Result>(read: () => Promise<Result>): Promise<Result | null> {
  try {
    return await read();
  } catch (error) {
    const { code } = appErrorFrom(error);
    if (code === 'not-found' || code === 'integrity-mismatch' || code === 'invalid-argument') return null;
    throw error;
  }
}

const rounded = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits;
