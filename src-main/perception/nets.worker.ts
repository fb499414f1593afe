/** The program of a perception net's thread: what it answers with are findings, not megabytes of heads. */
import { serveSession } from '../inference/session-thread.ts';
import { objectsFrom, personsFrom } from './net-outputs.ts';

await serveSession({ objects: objectsFrom, persons: personsFrom });
