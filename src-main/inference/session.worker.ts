/** The program of a session's thread whose outputs are wanted as they are. */
import { serveSession } from './session-thread.ts';

await serveSession();
