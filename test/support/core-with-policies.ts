/**
 * A core whose shipped policy lies where the environment says: `connectCore` starts it in place of the program's own. It
 * has no models, so that what it sees is motion, which is quick.
 */
import { runCoreProgram } from '../../src-main/hosts/core-program.ts';
import { entries } from '../../src-main/hosts/entries.ts';

const folder = process.env['ANOM_PI_TEST_POLICIES'] ?? entries.policies;
await runCoreProgram({ ...entries, policies: folder, models: folder });
