/** The explanation of a flag: what is claimed, how sure that is, and the way from each claim to its frames. */
import axe from 'axe-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Flag } from '../../src-main/contract/flag.ts';
import { englishFor } from '../../src-main/contract/wording/en.ts';
import ExplanationPanel from '../../src-renderer/components/evidence/ExplanationPanel.vue';
import { usePlayer } from '../../src-renderer/stores/player.ts';
import { foundFlag, providePictures, recordingRow } from './evidence-fixture.ts';
import { mountWithService } from './support/window-service.ts';

beforeEach(providePictures);
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function mount(changes: Partial<Flag> = {}) {
  const { flag } = await foundFlag();
  const shown = { ...flag, ...changes };
  const { screen } = await mountWithService(ExplanationPanel, { props: { flag: shown } });
  const player = usePlayer();
  player.recording = recordingRow;
  return { screen, player, flag: shown };
}

test('tells every claim in words, under the question that it answers', async () => {
  const { screen, flag } = await mount();
  for (const claim of flag.claims) {
    await expect.element(screen.getByText(englishFor.claim(claim), { exact: true })).toBeVisible();
  }
  const headings = screen.getByRole('heading', { level: 3 }).elements();
  expect(headings.map(({ textContent }) => textContent)).toEqual([
    'What',
    'Who',
    'When',
    'Where',
    'Measured',
    'Found by',
    'Other readings',
  ]);
});

test('says in words how sure it is and what the score means', async () => {
  const { screen, flag } = await mount();
  await expect.element(screen.getByRole('heading', { level: 2 })).toHaveTextContent('Clearly a fight');
  await expect.element(screen.getByText('Clear', { exact: true })).toBeVisible();
  await expect.element(screen.getByText(flag.score.toFixed(2))).toBeVisible();
  await expect.element(screen.getByText(/does not say how often the program is right/)).toBeVisible();
});

test('goes from a claim to its first frame, then from one to the next, and stops the player there', async () => {
  const { screen, player, flag } = await mount();
  const pause = vi.spyOn(player, 'pause');
  const [what] = flag.claims;
  const claim = screen.getByRole('button', { name: /^Clearly a fight \(\d+ %\)\. Go to frame/ });
  for (const time of [...(what?.evidence ?? []), what?.evidence[0]]) {
    await claim.click();
    expect(player.time).toBe(time);
  }
  expect(pause).toHaveBeenCalledTimes((what?.evidence.length ?? 0) + 1);
});

test('goes to any of the frames by its time and marks the one that the player shows', async () => {
  const { screen, player, flag } = await mount();
  const last = flag.claims[0]?.evidence.at(-1) ?? 0;
  const chip = screen.getByRole('button', { name: `Go to ${englishFor.position(last)}`, exact: true }).first();
  await expect.element(chip).not.toHaveAttribute('aria-current');
  await chip.click();
  expect(player.time).toBe(last);
  await expect.element(chip).toHaveAttribute('aria-current', 'true');
});

test('draws the place of a claim on a picture of its frame', async () => {
  const { screen, flag } = await mount();
  const where = flag.claims.find((claim) => claim.kind === 'where');
  await expect.element(screen.getByAltText(/with the place marked/)).toBeVisible();
  await vi.waitFor(() => {
    const rectangle = screen.container.querySelector('rect.mark');
    for (const side of ['x', 'y', 'width', 'height'] as const) {
      expect(Number(rectangle?.getAttribute(side))).toBe(where?.args.place[side]);
    }
  });
});

test('copies the whole as text', async () => {
  const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  const { screen, flag } = await mount();
  await screen.getByRole('button', { name: 'Copy the explanation as text' }).click();
  await expect.element(screen.getByRole('button', { name: 'Copied' })).toBeVisible();
  const text = written.mock.calls[0]?.[0] ?? '';
  expect(text).toContain(englishFor.explanation(flag.claims));
  expect(text).toContain(flag.path);
});

test('says plainly that a flag has no claims', async () => {
  const { screen } = await mount({ claims: [] });
  await expect.element(screen.getByText(/comes without claims/)).toBeVisible();
  expect(screen.getByRole('listitem').elements()).toEqual([]);
});

test.each(['dark', 'light'])('can be read and worked by everyone in the %s theme', async (theme) => {
  document.documentElement.dataset['theme'] = theme;
  const { screen } = await mount();
  await expect.element(screen.getByAltText(/with the place marked/)).toBeVisible();
  const { violations } = await axe.run(screen.container);
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
});

test('says how urgently it asks for a person, and by what; what is usual here is a press away', async () => {
  const { screen } = await mount();
  const risk = screen.getByText(/^people may be in danger · lasts \d+ s · what is usual here is not known yet$/);
  await expect.element(risk).toBeVisible();
  await expect.element(screen.getByText('High', { exact: true })).toBeVisible();
  const link = screen.getByRole('link', { name: 'What is usual here' });
  await expect.element(link).toHaveAttribute('href', expect.stringMatching(/^\/camera\/Yard\?flag=/));
});
