/** Fails a project that needs a browser at its start, with the way to get one. */
import { findBrowser } from './browser.ts';

export default async function requireBrowser(): Promise<void> {
  await findBrowser();
}
