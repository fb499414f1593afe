/** `anom-pi flags`, `verdict`, `miss` and `trajectory`: read the queue, decide, and see how something was found. */
import { AppError } from '../../../contract/errors.ts';
import { type Flag, type Verdict, verdictDecisions } from '../../../contract/flag.ts';
import type { Recording } from '../../../contract/recording.ts';
import type { Client } from '../../../contract/service.ts';
import { englishFor } from '../../../contract/wording/en.ts';
import { type Command, secondsFrom } from '../command.ts';
import { flagFilterFrom, flagOptions, flagUsage } from '../flag-options.ts';
import { positionText, printable } from '../output.ts';
import { allPages } from './scan.ts';

export const flagsCommand: Command = {
  name: 'flags',
  usage: `[--recording PATH|ID] [--state open|confirm|reject|unsure] ${flagUsage}`,
  summary: 'list the flagged intervals and what was decided on them',
  options: { recording: { type: 'string' }, state: { type: 'string' }, ...flagOptions },
  positionals: [0, 0],
  async run(input, { output, connect, absolute }) {
    const narrowed = flagFilterFrom(input);
    const client = await connect();
    const named = input.text('recording');
    const recording = named === undefined ? undefined : (await findRecording(client, named, absolute)).id;
    const state = input.text('state');
    const states = ['open', ...verdictDecisions] as const;
    const wanted = states.find((known) => known === state);
    if (state !== undefined && wanted === undefined) {
      throw new AppError('invalid-argument', `--state is one of ${states.join(', ')}, not '${state}'.`);
    }
    let count = 0;
    const filter = {
      ...narrowed,
      ...(recording !== undefined && { recording }),
      ...(wanted !== undefined && { state: wanted }),
    };
    for await (const flag of allPages((after) => client.flags.list({ ...filter, ...after }))) {
      output.result({ type: 'flag', ...flag }, flagText(flag));
      count++;
    }
    if (count === 0) output.note('No flags. `anom-pi scan FOLDER` looks through recordings.');
    return 0;
  },
};

const undo = 'undo';

export const verdictCommand: Command = {
  name: 'verdict',
  usage: `FLAG ${verdictDecisions.join('|')}|${undo} [--class C] [--start S] [--end S] [--note TEXT]`,
  summary: 'decide on a flag, or take the latest decision back',
  options: {
    class: { type: 'string' },
    start: { type: 'string' },
    end: { type: 'string' },
    note: { type: 'string' },
  },
  positionals: [2, 2],
  async run(input, { output, connect }) {
    const [flag = '', word = ''] = input.positionals;
    const decision = verdictDecisions.find((known) => known === word);
    if (decision === undefined && word !== undo) {
      throw new AppError('invalid-argument', `A verdict is ${verdictDecisions.join(', ')} or ${undo}, not '${word}'.`);
    }
    const changes = {
      class: input.text('class'),
      start: input.number('start'),
      end: input.number('end'),
      note: input.text('note'),
    };
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    if (decision === undefined && Object.keys(given).length > 0) {
      throw new AppError('invalid-argument', `${undo} takes no options: it takes the latest verdict back as it was.`);
    }
    const client = await connect();
    const { flag: decided } =
      decision === undefined
        ? await client.verdicts.undo({ flag })
        : await client.verdicts.decide({ flag, decision, ...given });
    output.result({ type: 'flag', ...decided }, flagText(decided));
    return 0;
  },
};

export const missCommand: Command = {
  name: 'miss',
  usage: 'RECORDING START END CLASS [--note TEXT]',
  summary: 'add an incident that was not flagged (recording by path or id, times in seconds)',
  options: { note: { type: 'string' } },
  positionals: [4, 4],
  async run(input, { output, connect, absolute }) {
    const [named = '', startText = '', endText = '', incidentClass = ''] = input.positionals;
    const start = secondsFrom(startText, 'START');
    const end = secondsFrom(endText, 'END');
    const note = input.text('note');
    const client = await connect();
    const recording = await findRecording(client, named, absolute);
    const { miss } = await client.misses.add({
      recording: recording.id,
      start,
      end,
      class: incidentClass,
      ...(note !== undefined && { note }),
    });
    const span = `${positionText(miss.start)}–${positionText(miss.end)}`;
    output.result({ type: 'miss', ...miss }, `Added: ${recording.path} ${span} ${englishFor.class(miss.class)}`);
    return 0;
  },
};

export const trajectoryCommand: Command = {
  name: 'trajectory',
  usage: 'FLAG',
  summary: 'print the path by which a flag was found, as JSON',
  options: {},
  positionals: [1, 1],
  async run({ positionals: [flag = ''] }, { output, connect }) {
    const client = await connect();
    const { trajectory: id } = (await client.flags.get({ flag })).flag;
    const { trajectory } = await client.trajectories.get({ id });
    output.result(trajectory, JSON.stringify(trajectory, null, 2));
    return 0;
  },
};

function flagText(flag: Flag): string {
  const span = `${positionText(flag.start)}–${positionText(flag.end)}`;
  const verdict = flag.verdict === null ? 'open' : verdictText(flag.verdict, flag);
  const head = [
    flag.id,
    verdict,
    flag.score.toFixed(2),
    englishFor.class(flag.class),
    `${printable(flag.path)} ${span}`,
  ];
  return `${head.join(' · ')}\n    ${flag.explanation}`;
}

/** The decision with what the reviewer changed: `confirm as theft, 0:01.0–0:04.0, "seen twice"`. */
function verdictText({ decision, class: named, start, end, note }: Verdict, flag: Flag): string {
  const parts = [
    named === null ? '' : `as ${englishFor.class(named)}`,
    start === null && end === null ? '' : `${positionText(start ?? flag.start)}–${positionText(end ?? flag.end)}`,
    note === '' ? '' : `"${note}"`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? decision : `${decision} ${parts.join(', ')}`;
}

/** The recording that a person means by its id or by the path of its file. Errors: `not-found`. */
async function findRecording(client: Client, named: string, absolute: (path: string) => string): Promise<Recording> {
  const path = absolute(named);
  for await (const recording of allPages((after) => client.archive.recordings(after))) {
    if (recording.id === named || recording.path === path) return recording;
  }
  throw new AppError('not-found', `No recording ${named} in the archive; \`anom-pi import\` its folder first.`);
}
