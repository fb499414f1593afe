/** A core whose shipped policy lies where the environment says: `connectCore` starts it in place of the program's own. */
import { runCoreProgram } from '../../src-main/hosts/core-program.ts';
import { entries } from '../../src-main/hosts/entries.ts';

await runCoreProgram({ ...entries, policies: process.env['ANOM_PI_TEST_POLICIES'] ?? entries.policies });
