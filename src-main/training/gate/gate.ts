/** The gate: whether a version that came out of a run is offered to the reviewer. */
import type { GateCheck, GateReport } from '../../contract/training.ts';

/**
 * Refused where any check failed; offered where the verdicts speak for it and nothing against it; else there were too few
 * verdicts to tell. Other checks that could not be made say nothing against it. Source: DESIGN §8.
 */
export function gateReport(checks: readonly GateCheck[]): GateReport {
  const isRefused = checks.some(({ outcome }) => outcome === 'failed');
  const isTold = checks.some(({ check, outcome }) => check === 'verdicts' && outcome === 'passed');
  return { decision: isRefused ? 'refused' : isTold ? 'offered' : 'too-few-verdicts', checks: [...checks] };
}
