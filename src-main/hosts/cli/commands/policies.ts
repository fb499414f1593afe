/** `anom-pi policies`: the versions of the learned policy, which one is in force, and how two policies do side by side. */
import { AppError } from '../../../contract/errors.ts';
import type { Comparison } from '../../../contract/policy-comparison.ts';
import type { PolicyVersionSummary } from '../../../contract/policy-version.ts';
import type { Client } from '../../../contract/service.ts';
import type { Command, CommandInput, Surroundings } from '../command.ts';
import { comparisonText, versionsText } from '../policies-text.ts';
import { followJob } from '../follow-job.ts';
import { printable } from '../output.ts';
import { allPages } from './scan.ts';

const recordingId = /^[0-9a-f]{64}$/;

export const policiesCommand: Command = {
  name: 'policies',
  usage: [
    '[activate VERSION [--anyway] | rollback | compare A B [--recordings PATH|ID]… [--new-frames N] [--budget FRAMES_PER_MINUTE]]',
    'VERSION is an id, the beginning of one, or a name; A and B may also be policies such as rules or nano.',
  ].join('\n'),
  summary: 'list versions of the learned policy, put one in force, go back, compare two on the same recordings',
  options: {
    anyway: { type: 'boolean' },
    recordings: { type: 'string', multiple: true },
    'new-frames': { type: 'string' },
    budget: { type: 'string' },
  },
  positionals: [0, 3],
  async run(input, surroundings) {
    const [action, first, second, more] = input.positionals;
    const client = await surroundings.connect();
    if (action === undefined) return await list(client, surroundings);
    if (action === 'activate' && first !== undefined && second === undefined) {
      const { version } = await client.policies.activate({ version: first, anyway: input.is('anyway') });
      return told(version, 'is in force', surroundings);
    }
    if (action === 'rollback' && first === undefined) {
      const { version } = await client.policies.rollback();
      return told(version, 'is in force again', surroundings);
    }
    if (action === 'compare' && second !== undefined && more === undefined && first !== undefined) {
      return await compare(client, [first, second], input, surroundings);
    }
    throw new AppError('invalid-argument', `Usage: anom-pi policies ${this.usage}`);
  },
};

async function list(client: Client, { output }: Surroundings): Promise<number> {
  const { items, activations, notice } = await client.policies.list();
  if (notice !== null) output.note(notice);
  if (output.json) {
    for (const version of items) output.result({ type: 'version', ...version }, '');
    for (const activation of activations) output.result({ type: 'activation', ...activation }, '');
  } else {
    output.result(null, items.length === 0 ? 'There is no policy version.' : versionsText(items));
  }
  return 0;
}

function told(version: PolicyVersionSummary, what: string, { output }: Surroundings): number {
  output.result({ type: 'version', ...version }, `${printable(version.name)} (${version.id.slice(0, 12)}) ${what}.`);
  return 0;
}

async function compare(
  client: Client,
  [first, second]: readonly [string, string],
  input: CommandInput,
  surroundings: Surroundings,
): Promise<number> {
  const recordings = await recordingsFrom(client, input.texts('recordings'), surroundings);
  const [newFrames, framesPerMinute] = [input.number('new-frames'), input.number('budget')];
  const { id } = await followJob(client, surroundings, () =>
    client.policies.compare({
      ...{ first, second },
      ...(recordings !== undefined && { recordings }),
      ...(newFrames !== undefined && { newFrames }),
      ...(framesPerMinute !== undefined && { framesPerMinute }),
    }),
  );
  const { comparison } = await client.policies.comparison({ id });
  print(comparison, surroundings);
  return comparison.missing.length > 0 && comparison.results.length === 0 ? 1 : 0;
}

function print(comparison: Comparison, { output }: Surroundings): void {
  const { results, missing, ...summary } = comparison;
  for (const { path, reason } of missing) output.note(`${printable(path)}: ${reason}`);
  if (!output.json) return output.result(null, comparisonText(comparison));
  for (const result of results) output.result({ type: 'recording', ...result }, '');
  return output.result({ type: 'comparison', ...summary }, '');
}

/** Ids of the recordings that were named, by their ids or as files and folders; undefined where none was. */
async function recordingsFrom(
  client: Client,
  typed: readonly string[],
  { absolute }: Surroundings,
): Promise<string[] | undefined> {
  if (typed.length === 0) return undefined;
  const ids = new Set<string>();
  for (const each of typed) {
    if (recordingId.test(each)) {
      ids.add(each);
      continue;
    }
    const folder = absolute(each);
    const before = ids.size;
    for await (const { id } of allPages((after) => client.archive.recordings({ folder, ...after }))) ids.add(id);
    if (ids.size === before) {
      throw new AppError('not-found', `No recording of the archive lies at ${folder}; import it first.`);
    }
  }
  return [...ids];
}
