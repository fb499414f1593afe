/** Tells the audit log which version of the program writes it from now on. */
import type { Store } from '../../store/index.ts';

/** Appends a row where the last such row names another version. */
export function noteProgram(audit: Pick<Store['audit'], 'programs' | 'append'>, version: string): void {
  if (audit.programs().at(-1)?.version === version) return;
  audit.append({ kind: 'program', subject: version, details: { node: process.version, platform: process.platform } });
}
