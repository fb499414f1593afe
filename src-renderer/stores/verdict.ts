/** What a verdict says beside the decision: read from a flag and what was chosen for it, compared, put together. Pure. */
import type { Flag, Verdict } from '../../src-main/contract/flag.ts';

export type Decision = Verdict['decision'];

/** Class, bounds in seconds, note and reason as a reviewer chose them; what is not there was left as it is. */
export interface VerdictDetails {
  readonly class?: string | undefined;
  readonly start?: number | undefined;
  readonly end?: number | undefined;
  readonly note?: string | undefined;
  /** Why; empty for no reason. */
  readonly reason?: string | undefined;
}

/** All details of a flag: what was chosen, else its verdict's, else its own. */
export function detailsOf(flag: Flag, chosen: VerdictDetails = {}) {
  return {
    class: chosen.class ?? flag.verdict?.class ?? flag.class,
    start: chosen.start ?? flag.verdict?.start ?? flag.start,
    end: chosen.end ?? flag.verdict?.end ?? flag.end,
    note: chosen.note ?? flag.verdict?.note ?? '',
    reason: chosen.reason ?? flag.verdict?.reason ?? '',
  };
}

const differing = <T>(value: T | undefined, own: T): T | null => (value === undefined || value === own ? null : value);

/** A verdict names what differs from the flag and leaves the rest null. */
export function verdictFrom(flag: Flag, decision: Decision, said: VerdictDetails, decidedAtMs: number): Verdict {
  return {
    decision,
    class: differing(said.class, flag.class),
    start: differing(said.start, flag.start),
    end: differing(said.end, flag.end),
    note: said.note ?? '',
    ...(said.reason !== undefined && said.reason !== '' && { reason: said.reason }),
    decidedAtMs,
  };
}

/** Whether both say the same, whenever they were given. */
export const isSameVerdict = (a: Verdict | null, b: Verdict | null): boolean =>
  a === null || b === null
    ? a === b
    : (['decision', 'class', 'start', 'end', 'note', 'reason'] as const).every((member) => a[member] === b[member]);
