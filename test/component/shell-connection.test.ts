/** A connection that is lost: what the window says, what it keeps, how it comes back. */
import { defineComponent, h } from 'vue';
import { expect, test } from 'vitest';
import { AppError } from '../../src-main/contract/errors.ts';
import ConnectionBanner from '../../src-renderer/components/shell/ConnectionBanner.vue';
import { useConnection } from '../../src-renderer/stores/connection.ts';
import { expectAccessible } from './support/accessible.ts';
import { mountWithService, testInfo } from './support/window-service.ts';

test('says what a lost core means, comes back by itself, and says so', async () => {
  const { screen, core } = await mountWithService(ConnectionBanner);
  core.stop();
  await expect.element(screen.getByText('The core stopped. Reconnecting…')).toBeVisible();
  await expect.element(screen.getByRole('status')).toMatchTextContent('Nothing is lost');
  await expectAccessible(screen.container);
  core.start();
  await screen.getByRole('button', { name: 'Retry now' }).click();
  await expect.element(screen.getByText('Connected again.')).toBeVisible();
  await expect.element(screen.getByText('Connected again.')).not.toBeInTheDocument();
});

test('a program that was started anew asks for its new address', async () => {
  const { screen, core } = await mountWithService(ConnectionBanner);
  core.stop(new AppError('unauthorized', 'The program was started anew and does not know this window.'));
  await expect.element(screen.getByRole('status')).toMatchTextContent('Open the address that it printed at its start');
});

test('what was loaded stays, calls fail, and everything is loaded anew when it is back', async () => {
  let loads = 0;
  const View = defineComponent(() => {
    const connection = useConnection();
    connection.onReady(() => (loads += 1));
    return () =>
      h('p', connection.state.kind === 'ready' ? `version ${connection.state.info.version}` : connection.state.kind);
  });
  const { screen, core, pinia } = await mountWithService(View);
  await expect.element(screen.getByText(`version ${testInfo.version}`)).toBeVisible();
  core.stop();
  await expect.element(screen.getByText('lost')).toBeVisible();
  await expect(useConnection(pinia).client.jobs.list()).rejects.toMatchObject({ code: 'connection-lost' });
  core.start();
  await expect.element(screen.getByText(`version ${testInfo.version}`)).toBeVisible();
  expect(loads).toBe(2);
});
