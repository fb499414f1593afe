/** The page as the web host serves it: it starts under its own strict policy without a word in the console. */
import { expect } from 'vitest';
import { accessibilityProblems } from './support/accessibility.ts';
import { it } from './support/test.ts';

it('starts under a policy that lets nothing foreign run', async ({ program, open }) => {
  const { page, answer } = await open(program);
  const policy = answer.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("style-src 'self';");
  expect(policy).not.toContain('unsafe');
  await page.getByRole('main').waitFor();
  expect(await page.title()).toContain('Anom-π Review');
  // Kept out of the address bar, the history and what is copied from them.
  expect(page.url()).not.toContain('token');
});

it('has nothing in its first view that shuts anybody out', async ({ program, open }) => {
  const { page } = await open(program);
  // It goes to its first view by itself.
  await page.waitForURL(/#\/\w/);
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});

it('runs no script that somebody put into it', async ({ program, open }) => {
  const { page, expectError } = await open(program);
  await page.evaluate(`{
    const script = document.createElement('script');
    script.textContent = 'globalThis.ran = true';
    document.body.append(script);
  }`);
  expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false);
  // That it is told is what the other tests rely on.
  expectError(/Content Security Policy/);
});
