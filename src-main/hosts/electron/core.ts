/** The core process of the bundle. */
import { runCoreProgram } from '../core-program.ts';
import { bundleLayout } from './entries.ts';

await runCoreProgram(bundleLayout(import.meta.dirname).entries);
