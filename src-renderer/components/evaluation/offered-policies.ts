/** Policies that the window offers to evaluate, and those that the core takes where nobody chose. */
import type { DataSetFormat } from '../../../src-main/contract/evaluation.ts';

const videoPolicies = ['rules', 'tree', 'uniform', 'triage', 'dense', 'blind'] as const;
/** What recorded answers alone have. */
const replayPolicies = ['coarse', 'fine', 'mean'] as const;
export type OfferedPolicy = (typeof videoPolicies)[number] | (typeof replayPolicies)[number];

/** `format`: null where it is guessed. */
export const offeredPolicies = (format: DataSetFormat | null): readonly OfferedPolicy[] =>
  format === 'replay' ? [...replayPolicies, ...videoPolicies] : videoPolicies;

/** Those of a table where none is named: a tree of looks over video costs as much as all others together. */
export const usualPolicies = (format: DataSetFormat | null): readonly OfferedPolicy[] =>
  offeredPolicies(format).filter((policy) => format === 'replay' || policy !== 'tree');
