/** The contract: every call and every event of the program, from which client, service, validation and tests derive. */
import * as v from 'valibot';
import {
  archiveCalls,
  foldersCalls,
  jobsCalls,
  recordingsCalls,
  samplesCalls,
  scanCalls,
  simulateCalls,
} from './calls/archive.ts';
import type { CallSchema } from './calls/call.ts';
import { camerasCalls } from './calls/cameras.ts';
import { watchedFoldersCalls } from './calls/folders.ts';
import { watchedFolderSchema } from './watched-folder.ts';
import { coreCalls, doctorCalls, modelsCalls, settingsCalls } from './calls/core.ts';
import { evaluationsCalls } from './calls/evaluation.ts';
import { auditCalls, evidenceCalls } from './calls/evidence.ts';
import { playbackCalls } from './calls/playback.ts';
import { policiesCalls } from './calls/policies.ts';
import { flagsCalls, missesCalls, trajectoriesCalls, verdictsCalls } from './calls/review.ts';
import { flagSetsCalls, overviewCalls, savedFilterSchema, savedFiltersCalls } from './calls/search.ts';
import { preferenceCalls, trainingCalls } from './calls/training.ts';
import { flagSchema } from './flag.ts';
import { jobSchema } from './job.ts';
import { scanLineSchema } from './scan.ts';
import { trainingPointSchema } from './training.ts';
import type { JsonSchema } from './validate.ts';

const noticeSchema = v.object({ level: v.picklist(['info', 'warning', 'error']), message: v.string() });
export type Notice = v.InferOutput<typeof noticeSchema>;

export const contract = {
  calls: {
    core: coreCalls,
    archive: archiveCalls,
    cameras: camerasCalls,
    recordings: recordingsCalls,
    folders: { ...foldersCalls, ...watchedFoldersCalls },
    samples: samplesCalls,
    playback: playbackCalls,
    scan: scanCalls,
    jobs: jobsCalls,
    flags: { ...flagsCalls, ...flagSetsCalls },
    savedFilters: savedFiltersCalls,
    overview: overviewCalls,
    trajectories: { ...trajectoriesCalls, ...preferenceCalls },
    verdicts: verdictsCalls,
    misses: missesCalls,
    models: modelsCalls,
    simulate: simulateCalls,
    evaluations: evaluationsCalls,
    policies: policiesCalls,
    training: trainingCalls,
    evidence: evidenceCalls,
    audit: auditCalls,
    doctor: doctorCalls,
    settings: settingsCalls,
  },
  events: {
    'job.changed': jobSchema,
    /** A verdict was given or taken back, here or by another client. */
    'flag.changed': flagSchema,
    /** Many were decided on or tagged at once: their ids. */
    'flags.changed': v.object({ flags: v.array(v.string()) }),
    'savedFilters.changed': v.object({ items: v.array(savedFilterSchema) }),
    /** Recordings or flags came or went; at most two a second. */
    'archive.changed': v.object({ recordings: v.number(), flags: v.number() }),
    /** How watched folders stand; at most two a second. */
    'folders.watched': v.object({ items: v.array(watchedFolderSchema) }),
    'scan.line': v.object({ job: v.string(), line: scanLineSchema }),
    /** A point of the curve of a training run. */
    'training.curve': v.object({ job: v.string(), point: trainingPointSchema }),
    /** A version was made or put in force: `active` is its id, null where there is none. */
    'policies.changed': v.object({ active: v.nullable(v.string()), versions: v.number() }),
    'core.notice': noticeSchema,
  },
} as const satisfies {
  readonly calls: Readonly<Record<string, Readonly<Record<string, CallSchema>>>>;
  readonly events: Readonly<Record<string, JsonSchema>>;
};

type Contract = typeof contract;
export type Calls = Contract['calls'];
type Events = Contract['events'];
export type EventName = keyof Events;
export type EventValue<E extends EventName> = v.InferOutput<Events[E]>;
/** What a caller gives: members with defaults may be left out. */
export type ParamsGiven<C extends CallSchema> = v.InferInput<C['params']>;
/** What a service gets: validated, defaults filled in. */
export type ParamsTaken<C extends CallSchema> = v.InferOutput<C['params']>;
export type ResultOf<C extends CallSchema> = v.InferOutput<C['result']>;

/** Every call by its name on the wire, `service.call`. */
export const callSchemas: ReadonlyMap<string, CallSchema> = new Map(
  Object.entries(contract.calls).flatMap(([service, calls]) =>
    Object.entries(calls).map(([name, schemas]): [string, CallSchema] => [`${service}.${name}`, schemas]),
  ),
);

export const isEventName = (name: string): name is EventName => Object.hasOwn(contract.events, name);
