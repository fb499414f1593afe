/** `anom-pi audit`: the audit log, its newest row, and whether anything of it was changed. */
import { writeFile } from 'node:fs/promises';
import type { AuditRow } from '../../../contract/audit.ts';
import { AppError } from '../../../contract/errors.ts';
import type { Client } from '../../../contract/service.ts';
import { storeErrorFrom } from '../../../store/index.ts';
import type { Command } from '../command.ts';
import { printable } from '../output.ts';
import { allPages } from './scan.ts';

export const auditCommand: Command = {
  name: 'audit',
  usage: '[--list] [--holds PACKAGE] [--public-key FILE]',
  summary: 'check the log of verdicts, exports and settings; write the key that packages are signed with',
  options: { list: { type: 'boolean' }, holds: { type: 'string' }, 'public-key': { type: 'string' } },
  positionals: [0, 0],
  async run(input, { output, connect, absolute }) {
    const client = await connect();
    const keyFile = input.text('public-key');
    if (keyFile !== undefined) {
      const { fingerprint, pem } = await client.evidence.publicKey();
      const path = absolute(keyFile);
      await writeFile(path, pem).catch((error: unknown) => Promise.reject(storeErrorFrom(error, path)));
      output.result({ type: 'public-key', fingerprint, path }, `The public key ${fingerprint} is in ${path}.`);
      return 0;
    }
    if (input.is('list')) {
      for await (const row of allPages((after) => client.audit.list(after))) {
        output.result({ type: 'row', ...row }, rowText(row));
      }
    }
    const named = input.text('holds');
    if (named !== undefined) await requireHead(client, absolute(named));
    const state = await client.audit.head();
    const { head, fault } = state;
    const where = `${head.number} rows, the newest ${head.hash}`;
    output.result(
      { type: 'audit', ...state },
      fault === null ? `The audit log is whole: ${where}.` : `${fault.reason}\nThe log has ${where}.`,
    );
    return fault === null ? 0 : 1;
  },
};

/**
 * A log that was written anew from its beginning is whole, but does not lead to what was handed out before.
 * Errors: `integrity-mismatch`.
 */
async function requireHead(client: Client, path: string): Promise<void> {
  const { holds, auditHead, faults } = (await client.evidence.verify({ path })).verification;
  if (!holds || auditHead === null) {
    throw new AppError('integrity-mismatch', `${path} does not hold: ${faults[0]?.reason ?? ''}`);
  }
  const [row] = (await client.audit.list({ after: String(auditHead.number + 1), limit: 1 })).items;
  if (row?.number === auditHead.number && row.hash === auditHead.hash) return;
  throw new AppError(
    'integrity-mismatch',
    `The audit log has no row ${auditHead.number} as ${path} has it: it is another log.`,
  );
}

const rowText = ({ number, atMs, kind, subject, details }: AuditRow): string =>
  `${number} · ${new Date(atMs).toISOString()} · ${kind} · ${printable(subject)} · ${printable(JSON.stringify(details))}`;
