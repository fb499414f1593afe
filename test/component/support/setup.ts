/** Runs before every component test: the window's styles, and a console in which nothing unclaimed may stand. */
import '../../../src-renderer/styles/tokens.css';
import '../../../src-renderer/styles/base.css';
import { afterEach, beforeEach } from 'vitest';
import { forgetConsole, unclaimedMessages, watchConsole } from './console.ts';

watchConsole();
beforeEach(forgetConsole);
afterEach(() => {
  const unclaimed = unclaimedMessages();
  if (unclaimed.length > 0) throw new Error(`Unclaimed in the console:\n${unclaimed.join('\n')}`);
});
