/** The worker process of the bundle. */
import { runWorkerProgram } from '../../workers/program.ts';
import { bundleLayout } from './entries.ts';

runWorkerProgram(bundleLayout(import.meta.dirname).entries);
