import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { relayMedia } from './relay.ts';

test('the core is not asked for a browser that went away while the core was started', async () => {
  const relayed = Promise.withResolvers<void>();
  const nowhere = { pid: 1, version: '', socketPath: '/nowhere/core.sock', token: '' };
  const server = createServer((request, response) => {
    response.once('close', () =>
      relayMedia(request, response, '/media/x', nowhere).then(relayed.resolve, relayed.reject),
    );
    browser.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const browser = get({ host: '127.0.0.1', port: (server.address() as AddressInfo).port }).on('error', () => undefined);
  await expect(relayed.promise).resolves.toBeUndefined();
  server.close();
});
