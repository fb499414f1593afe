/** Builds the window before the tests look at it: a host would make do with an older one. */
import { execFileSync } from 'node:child_process';
import { entries } from '../../../src-main/hosts/entries.ts';

export default function buildRenderer(): void {
  if (entries.rendererBuild !== null) execFileSync(process.execPath, [entries.rendererBuild], { stdio: 'inherit' });
}
