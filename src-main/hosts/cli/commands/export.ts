/** `anom-pi export`: clips, lists, reports and evidence packages of flags. */
import { AppError } from '../../../contract/errors.ts';
import { exportFormats } from '../../../contract/evidence.ts';
import type { Command } from '../command.ts';
import { followJob } from '../follow-job.ts';

export const exportCommand: Command = {
  name: 'export',
  usage: `FLAG… --out FILE [--format ${exportFormats.join('|')}] [--exact] [--whole]`,
  summary: 'write flags out: an evidence package, or clips, a list, a report',
  options: {
    out: { type: 'string' },
    format: { type: 'string' },
    exact: { type: 'boolean' },
    whole: { type: 'boolean' },
  },
  positionals: [1, 1000],
  async run(input, surroundings) {
    const { output, absolute } = surroundings;
    const typed = input.text('out');
    if (typed === undefined) throw new AppError('invalid-argument', '--out names the file to write.');
    const out = absolute(typed);
    const named = input.text('format') ?? 'package';
    const format = exportFormats.find((known) => known === named);
    if (format === undefined) {
      throw new AppError('invalid-argument', `--format is one of ${exportFormats.join(', ')}, not '${named}'.`);
    }
    const client = await surroundings.connect();
    const params = { flags: [...input.positionals], format, out, exact: input.is('exact'), whole: input.is('whole') };
    await followJob(client, surroundings, () => client.evidence.export(params));
    output.result({ type: 'export', format, out, flags: input.positionals.length }, `Written: ${out}`);
    if (format === 'clip') {
      output.note(
        params.exact
          ? 'Players begin at the flag itself; where pictures were copied, those from the keyframe on are still in the file.'
          : 'The clip is copied, so it begins with the keyframe before; --exact begins at the flag itself.',
      );
    }
    if (format === 'package') {
      const { fingerprint } = await client.evidence.publicKey();
      output.note(
        `Signed by ${fingerprint}; \`anom-pi audit --public-key FILE\` writes the key for those who check it.`,
      );
    }
    return 0;
  },
};
