/** `anom-pi verify`: checks an evidence package, without any archive or running core. */
import { AppError } from '../../../contract/errors.ts';
import type { Verification } from '../../../contract/evidence.ts';
import { readPublicKey, verifyPackage } from '../../../review/index.ts';
import type { Command } from '../command.ts';

export const verifyCommand: Command = {
  name: 'verify',
  usage: 'PACKAGE [--key FILE]',
  summary: 'say whether an evidence package is as it was signed, and by whom',
  options: { key: { type: 'string' } },
  positionals: [1, 1],
  async run(input, { output, absolute, signal }) {
    const [named = ''] = input.positionals;
    const path = absolute(named);
    const keyFile = input.text('key');
    const key = keyFile === undefined ? null : await readPublicKey(absolute(keyFile));
    const verification = await verifyPackage(path, key, signal).catch((error: unknown) => {
      if (!(error instanceof Error) || !('code' in error) || error instanceof AppError) throw error;
      throw new AppError('not-found', `${path} cannot be read: ${error.message}.`, { cause: error });
    });
    output.result({ type: 'verification', ...verification }, verificationText(verification, keyFile ?? null));
    return verification.holds ? 0 : 1;
  },
};

function verificationText({ holds, faults, signer, files, flags }: Verification, keyFile: string | null): string {
  if (!holds) return ['The package does not hold:', ...faults.map(({ reason }) => `  ${reason}`)].join('\n');
  const what = `${files} files, ${flags.length} ${flags.length === 1 ? 'flag' : 'flags'}`;
  return keyFile === null
    ? `Unaltered since signed by ${signer ?? ''}, signer not verified (${what}).`
    : `Unaltered since signed by the holder of ${keyFile}, ${signer ?? ''} (${what}).`;
}
