/** What an evaluation was asked for, checked as far as it can be before there is a job. */
import { access } from 'node:fs/promises';
import { AppError } from '../../contract/errors.ts';
import { dataSetFormats, type DataSetFormat } from '../../evaluation/labels/index.ts';
import { replayComparators } from '../../evaluation/replay/assess-replay.ts';
import { policyNamed } from '../../inquiry/index.ts';

export interface EvaluationRequest {
  readonly dataset: string;
  readonly format?: string | undefined;
  readonly normal?: string | undefined;
  readonly normalClass?: string | undefined;
  readonly labels?: string | undefined;
  readonly policies?: readonly string[] | undefined;
  readonly folds?: 'by-source' | undefined;
  readonly seed: number;
  readonly smoothing: number;
  readonly framesPerMinute?: number | undefined;
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

/** Errors: `invalid-argument` for a policy that there is not, or not over this format. */
export function policiesOf(
  { policies }: Pick<EvaluationRequest, 'policies'>,
  format: DataSetFormat,
): readonly string[] {
  if (policies === undefined) return format === 'replay' ? replayPolicies : videoPolicies;
  for (const policy of policies) {
    if ((replayComparators as readonly string[]).includes(policy)) {
      if (format === 'replay') continue;
      throw new AppError('invalid-argument', `The policy ${policy} is one over replays alone.`);
    }
    if (policy === oracle) {
      if (format !== 'replay') continue;
      throw new AppError('invalid-argument', `The policy ${policy} is one over videos alone.`);
    }
    policyNamed(policy);
  }
  return [...new Set(policies)];
}

/** Errors: `not-found` for a path, `invalid-argument` for a format or policy, so that a slip is told before a job waits. */
export async function checkRequest(request: EvaluationRequest): Promise<void> {
  const format = formatOf(request);
  // Of an unknown format all policies are possible.
  policiesOf(request, format ?? 'replay');
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
    ...option('seed', request.seed),
  ].join(' ');
}

/** As a shell takes it. */
const quoted = (word: string): string => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
