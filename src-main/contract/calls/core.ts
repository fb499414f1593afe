/** Calls about the program itself: the core, its checks, its settings, its models. */
import * as v from 'valibot';
import { doctorReportSchema } from '../doctor.ts';
import { call, nothing, startedJob } from './call.ts';

const coreInfoSchema = v.object({
  version: v.string(),
  pid: v.number(),
  startedAtMs: v.number(),
  dataFolder: v.string(),
  recordings: v.number(),
  unreadable: v.number(),
  flags: v.number(),
  /** What the nets that are there can see. */
  models: v.picklist(['both', 'objects', 'poses', 'none']),
});
export type CoreInfo = v.InferOutput<typeof coreInfoSchema>;

export const coreCalls = {
  info: call({}, coreInfoSchema),
  /** Pauses what runs and ends the core; it answers before it goes. */
  shutdown: call({}, nothing),
};

export const doctorCalls = {
  run: call({}, doctorReportSchema),
};

const settingValue = v.union([v.pipe(v.string(), v.maxLength(20_000)), v.number(), v.boolean(), v.null()]);
const settings = v.record(v.pipe(v.string(), v.minLength(1), v.maxLength(200)), settingValue);

export const settingsCalls = {
  get: call({}, v.object({ settings })),
  /** Changes the settings that are named and leaves the others; null puts one back to its default. */
  set: call({ settings }, v.object({ settings })),
};

export const modelsCalls = {
  fetch: call({}, startedJob),
};
