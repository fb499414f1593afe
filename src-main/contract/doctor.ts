/** What runs on this machine and what does not, and why. */
import * as v from 'valibot';

/**
 * `degraded`: the program goes on without it, and less well. `absent`: it is made for other systems than this one, and
 * nothing is amiss.
 */
const checkStates = ['ok', 'degraded', 'failed', 'absent'] as const;

const doctorCheckSchema = v.object({
  name: v.string(),
  state: v.picklist(checkStates),
  detail: v.string(),
  /** The whole of what `detail` says in short, for those who look into it. */
  full: v.optional(v.string()),
  /** Of a provider that nets may run on. */
  provider: v.optional(
    v.object({
      name: v.string(),
      /** The nets run here, by the setting and by which is the fastest that works. */
      inUse: v.boolean(),
      /** Null where it does not work, or nothing could be measured. */
      msPerRun: v.nullable(v.number()),
    }),
  ),
  /** What the person can do about it, where something can be done. */
  wayOut: v.optional(v.string()),
});
export type DoctorCheck = v.InferOutput<typeof doctorCheckSchema>;

export const doctorReportSchema = v.object({ checks: v.array(doctorCheckSchema) });
