/** Passes the contract's messages and the original recordings between a browser and the core, unread. */
import { type IncomingMessage, type OutgoingHttpHeaders, request as httpRequest, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { appErrorFrom } from '../../contract/errors.ts';
import { type Channel, maxBacklog } from '../../contract/wire.ts';
import { mediaRequestHeaders } from '../../transport/range-media.ts';
import type { CoreAddress } from '../connect-core.ts';
import { recordingMediaPath } from '../core-socket.ts';

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

const passedBack = [
  'accept-ranges',
  'cache-control',
  'content-length',
  'content-range',
  'content-type',
  'cross-origin-resource-policy',
  'etag',
  'x-content-type-options',
];

/** Answers with what the core answers. A browser that goes away ends the core's side too. */
export async function relayMedia(
  request: IncomingMessage,
  response: ServerResponse,
  recording: string,
  { socketPath, token }: CoreAddress,
): Promise<void> {
  const wanted = mediaRequestHeaders.flatMap((name) => {
    const value = request.headers[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  const asked = httpRequest({
    socketPath,
    method: request.method,
    path: `${recordingMediaPath}${recording}`,
    headers: { ...Object.fromEntries(wanted), Authorization: `Bearer ${token}` },
    agent: false,
  });
  response.once('close', () => asked.destroy());
  const answered = Promise.withResolvers<IncomingMessage>();
  asked.once('response', answered.resolve);
  // Kept for the whole life of the request: it may also fail after it was answered.
  asked.on('error', answered.reject);
  asked.end();
  const answer = await answered.promise;
  const headers: OutgoingHttpHeaders = {};
  for (const name of passedBack) if (answer.headers[name] !== undefined) headers[name] = answer.headers[name];
  response.writeHead(answer.statusCode ?? 502, headers);
  await pipeline(answer, response);
}
