/** Passes the contract's messages and media between a browser and the core, unread. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { appErrorFrom } from '../../contract/errors.ts';
import { type Channel, maxBacklog } from '../../contract/wire.ts';
import type { CoreAddress } from '../connect-core.ts';
import { mediaHeadersOf, openCoreMedia } from '../core-media.ts';

/** Joins `browser` to a connection that `openCore` makes; the end of either ends the other, with its reason. */
export async function relayChannel(browser: Channel, openCore: () => Promise<Channel>): Promise<void> {
  let isGone = false;
  browser.onClose(() => (isGone = true));
  let core: Channel;
  try {
    core = await openCore();
  } catch (error) {
    browser.close(appErrorFrom(error).message);
    return;
  }
  if (isGone) return core.close();
  pass(browser, core);
  pass(core, browser);
  browser.onClose(() => core.close());
  core.onClose((reason) => browser.close(reason === '' ? 'the core ended' : `the core ended: ${reason}`));
}

function pass(from: Channel, to: Channel): void {
  from.onMessage((text) => {
    if (to.backlog > maxBacklog) from.close('the other side does not keep up');
    else to.send(text);
  });
}

/**
 * Answers with what the core answers to `path`, which the guard let through. A browser that goes away ends the core's side
 * too.
 */
export async function relayMedia(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  core: CoreAddress,
): Promise<void> {
  const abort = new AbortController();
  response.once('close', () => abort.abort());
  // While the core was started the browser may have gone away.
  if (response.closed) return;
  const answer = await openCoreMedia(core, {
    method: request.method ?? '',
    path,
    header(name) {
      const value = request.headers[name];
      return typeof value === 'string' ? value : undefined;
    },
    signal: abort.signal,
  });
  response.writeHead(answer.statusCode ?? 502, mediaHeadersOf(answer));
  await pipeline(answer, response);
}
