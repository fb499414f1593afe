/** The core process of a checkout. */
import { runCoreProgram } from './core-program.ts';
import { entries } from './entries.ts';

await runCoreProgram(entries);
