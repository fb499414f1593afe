/** `anom-pi serve` as a person starts and ends it, with the real core behind it. */
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { createWorkspace, isAlive, until } from '../support/cli.ts';

it('serves until it is told to end, and leaves nothing running', async () => {
  await using workspace = await createWorkspace();
  const { process: host, result } = workspace.start(['serve', '--json']);
  const [text] = (await once(host.stdout ?? host, 'data')) as [string];
  const { url } = JSON.parse(text) as { url: string };
  const signedIn = await fetch(url, { redirect: 'manual' });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const page = await fetch(new URL('/', url), { headers: { cookie } });
  expect([signedIn.status, page.status]).toEqual([303, 200]);
  await page.body?.cancel();

  const core = await workspace.corePid();
  host.kill('SIGTERM');
  expect(await result).toMatchObject({ code: 0 });
  await until(() => core !== null && !isAlive(core));
});
