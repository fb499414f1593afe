/** Components may not warn behind a test's back: the watch on the console catches what Vue says. */
import { defineComponent, h } from 'vue';
import { expect, it } from 'vitest';
import { render } from 'vitest-browser-vue';
import { expectConsole, forgetConsole, unclaimedMessages } from './support/console.ts';

const Greeting = defineComponent({
  props: { name: { type: String, required: true } },
  setup: (props) => () => h('p', `Hello ${props.name}`),
});

it('shows a component in a real browser, with the styles of the window', async () => {
  const screen = await render(Greeting, { props: { name: 'reviewer' } });
  await expect.element(screen.getByText('Hello reviewer')).toBeVisible();
  expect(getComputedStyle(document.body).fontFamily).toContain('Inter');
});

it('finds a warning that no test claimed', async () => {
  await render(Greeting, { props: {} as { name: string } });
  expect(unclaimedMessages()).toEqual([expect.stringContaining('Missing required prop: "name"')]);
  forgetConsole();
});

it('lets a test claim the warning that it causes', async () => {
  expectConsole(/Missing required prop/);
  await render(Greeting, { props: {} as { name: string } });
  expect(unclaimedMessages()).toEqual([]);
});

it('fails a claim that comes to nothing', () => {
  expectConsole(/never said/);
  expect(unclaimedMessages()).toEqual(['nothing that matches /never said/']);
  forgetConsole();
});
