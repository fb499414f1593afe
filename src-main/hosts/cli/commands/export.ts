/** `anom-pi export`: clips, lists, reports and evidence packages of flags. */
import { AppError } from '../../../contract/errors.ts';
import { type ClipCut, type DrawnPart, drawnParts, exportFormats } from '../../../contract/evidence.ts';
import type { Command } from '../command.ts';
import { followJob } from '../follow-job.ts';

export const exportCommand: Command = {
  name: 'export',
  usage: `FLAG… --out FILE [--format ${exportFormats.join('|')}] [--exact|--smart] [--whole] [--draw ${drawnParts.join(',')}] [--beside] [--blur-heads]`,
  summary: 'write flags out: an evidence package, or clips, a list, a report',
  options: {
    out: { type: 'string' },
    format: { type: 'string' },
    exact: { type: 'boolean' },
    smart: { type: 'boolean' },
    whole: { type: 'boolean' },
    draw: { type: 'string' },
    beside: { type: 'boolean' },
    'blur-heads': { type: 'boolean' },
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
    const cut: ClipCut = input.is('smart') ? 'smart' : input.is('exact') ? 'exact' : 'keyframe';
    const viewing = {
      draw: drawnFrom(input.text('draw') ?? ''),
      beside: input.is('beside'),
      heads: input.is('blur-heads'),
    };
    const client = await surroundings.connect();
    const params = { flags: [...input.positionals], format, out, cut, whole: input.is('whole'), viewing };
    await followJob(client, surroundings, () => client.evidence.export(params));
    const made = (await client.evidence.exports({})).items.find(({ path }) => path === out);
    output.result({ type: 'export', format, out, flags: input.positionals.length }, `Written: ${out}`);
    if (format === 'clip' && cut !== 'smart') {
      output.note(
        cut === 'exact'
          ? 'Players begin at the flag itself; where pictures were copied, those from the keyframe on are still in the file.'
          : 'The clip is copied, so it begins with the keyframe before; --exact and --smart begin at the flag itself.',
      );
    }
    for (const words of made?.notes ?? []) output.note(words);
    if (format === 'package') {
      const { fingerprint } = await client.evidence.publicKey();
      output.note(
        `Signed by ${fingerprint}; \`anom-pi audit --public-key FILE\` writes the key for those who check it.`,
      );
    }
    return 0;
  },
};

/** Errors: `invalid-argument`. */
function drawnFrom(typed: string): DrawnPart[] {
  return typed
    .split(',')
    .filter((name) => name !== '')
    .map((name) => {
      const known = drawnParts.find((part) => part === name);
      if (known !== undefined) return known;
      throw new AppError('invalid-argument', `--draw takes ${drawnParts.join(', ')}, not '${name}'.`);
    });
}
