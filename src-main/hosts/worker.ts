/** The program of a worker process: decoding, perception and policies, one task at a time. */
import { runWorkerProgram } from '../workers/program.ts';
import { entries } from './entries.ts';

runWorkerProgram(entries);
