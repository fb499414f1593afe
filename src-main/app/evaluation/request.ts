/** What an evaluation was asked for, checked as far as it can be before there is a job. */
import { access } from 'node:fs/promises';
import { AppError } from '../../contract/errors.ts';
import { dataSetFormats, type DataSetFormat } from '../../evaluation/labels/index.ts';
import { isComparator, replayComparators } from '../../evaluation/replay/assess-replay.ts';
import type { LabelledPolicy, PolicyChoice } from '../../workers/index.ts';
import { pinnedPolicy } from '../policies/find-version.ts';

export interface EvaluationRequest {
  readonly dataset: string;
  readonly format?: string | undefined;
  readonly normal?: string | undefined;
  readonly normalClass?: string | undefined;
  readonly labels?: string | undefined;
  readonly policies?: readonly string[] | undefined;
  /** Id of the version of `nano` that was in force when the evaluation was asked for. */
  readonly nano?: string | null | undefined;
  readonly folds?: 'by-source' | undefined;
  readonly seed: number;
  readonly smoothing: number;
  readonly framesPerMinute?: number | undefined;
  readonly share?: number | undefined;
  readonly scores: readonly { readonly name: string; readonly path: string }[];
  readonly command?: string | undefined;
}

/** Policies of a table where none is named. */
const videoPolicies: readonly string[] = ['rules', 'uniform', 'triage', 'dense', 'blind'];
/** It is told where to look, and exists in evaluations of videos alone. */
const oracle = 'oracle';
const replayPolicies: readonly string[] = [
  ...replayComparators,
  'tree',
  'rules',
  'uniform',
  'dense',
  'triage',
  'blind',
];

/** Errors: `invalid-argument` for a format that is none. */
export function formatOf({ format }: Pick<EvaluationRequest, 'format'>): DataSetFormat | null {
  if (format === undefined) return null;
  const known = dataSetFormats.find((each) => each === format);
  if (known === undefined) {
    throw new AppError('invalid-argument', `There is no format ${format}; there are ${dataSetFormats.join(', ')}.`);
  }
  return known;
}

type PolicyMeant = (text: string) => PolicyChoice;

/** What has a name and nothing else. */
const named = (name: string): PolicyChoice => ({ name, version: '', weights: null });

/**
 * The policies of the table, by the names that they were asked for with.
 * Errors: `invalid-argument` for a policy that there is not, or not over this format; those of `policyMeant`.
 */
export function policiesOf(
  { policies, nano }: Pick<EvaluationRequest, 'policies' | 'nano'>,
  format: DataSetFormat,
  policyMeant: PolicyMeant,
): readonly LabelledPolicy[] {
  const labels = policies ?? (format === 'replay' ? replayPolicies : videoPolicies);
  return [...new Set(labels)].map((label) => {
    if (isComparator(label)) {
      if (format === 'replay') return { label, policy: named(label) };
      throw new AppError('invalid-argument', `The policy ${label} is one over replays alone.`);
    }
    if (label === oracle) {
      if (format !== 'replay') return { label, policy: named(label) };
      throw new AppError('invalid-argument', `The policy ${label} is one over videos alone.`);
    }
    return { label, policy: policyMeant(pinnedPolicy(label, nano)) };
  });
}

/**
 * Errors: `not-found` for a path, `invalid-argument` for a format or policy, so that a slip is told before a job waits; those of
 * `policyMeant`.
 */
export async function checkRequest(request: EvaluationRequest, policyMeant: PolicyMeant): Promise<void> {
  const format = formatOf(request);
  // Of an unknown format all policies are possible: which is not over it is told when it was read.
  for (const policy of request.policies ?? []) {
    const isOverOne = format === null && (isComparator(policy) || policy === oracle);
    if (!isOverOne) policiesOf({ policies: [policy] }, format ?? 'replay', policyMeant);
  }
  const { dataset, normal, labels, scores } = request;
  for (const path of [dataset, normal, labels, ...scores.map((each) => each.path)]) {
    if (path === undefined) continue;
    await access(path).catch((error: unknown) => {
      throw new AppError('not-found', `There is no folder or file ${path}.`, { cause: error, details: { path } });
    });
  }
}

/** The command that asks for the same. */
export function commandOf(request: EvaluationRequest): string {
  if (request.command !== undefined) return request.command;
  const option = (name: string, value: string | number | undefined) =>
    value === undefined ? [] : [`--${name}`, quoted(String(value))];
  return [
    'anom-pi eval',
    quoted(request.dataset),
    ...option('format', request.format),
    ...option('normal', request.normal),
    ...option('normal-class', request.normalClass),
    ...option('labels', request.labels),
    ...(request.policies ?? []).flatMap((policy) => option('policy', policy)),
    ...option('folds', request.folds),
    ...request.scores.flatMap(({ name, path }) => option('scores', `${name}=${path}`)),
    ...option('smoothing', request.smoothing === 0 ? undefined : request.smoothing),
    ...option('budget', request.framesPerMinute),
    ...option('segments', request.share),
    ...option('seed', request.seed),
  ].join(' ');
}

/** As a shell takes it. */
const quoted = (word: string): string => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
