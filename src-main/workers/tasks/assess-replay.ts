/** What policies make of recordings that a model has described before: no video is read. */
import { readFile } from 'node:fs/promises';
import { assessReplay, isComparator } from '../../evaluation/replay/assess-replay.ts';
import { readReplayFile } from '../../evaluation/replay/replay-file.ts';
import type { Effort } from '../../evaluation/run/index.ts';
import { bytesOfFloat64s } from '../float64s.ts';
import { openPolicy } from '../open-policy.ts';
import type { TaskFunction } from '../task.ts';

export const assessReplayed: TaskFunction<'assess-replay'> = async (params, context) => {
  const path = context.blobPath(params.file);
  const all = readReplayFile(await readFile(path, 'utf8'), path).slice(params.first, params.end);
  const recordings: { scores: string; efforts: Effort[] }[] = [];
  for (const [index, recording] of all.entries()) {
    const scores = new Float64Array(params.policies.length * recording.frames);
    const efforts: Effort[] = [];
    for (const [place, { policy }] of params.policies.entries()) {
      context.signal.throwIfAborted();
      const startedMs = performance.now();
      const { name } = policy;
      const asked = isComparator(name) ? name : await openPolicy(policy, context);
      const assessment = await assessReplay(recording, asked, params.seed, { share: params.share });
      scores.set(assessment.scores, place * recording.frames);
      efforts.push({
        framesObserved: assessment.segmentsNew,
        lookedAt: assessment.segments === 0 ? 0 : assessment.segmentsNew / assessment.segments,
        seconds: (performance.now() - startedMs) / 1000,
        operators: assessment.steps,
      });
    }
    recordings.push({ scores: await context.putBlob(bytesOfFloat64s(scores)), efforts });
    context.progress(index + 1, all.length);
  }
  return { recordings };
};
