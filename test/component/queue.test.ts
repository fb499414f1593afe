/** The queue: rows fetched around what is in view, filters, the keyboard, what stands where the list is empty. */
import axe from 'axe-core';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { AppError } from '../../src-main/contract/errors.ts';
import QueuePanel from '../../src-renderer/components/queue/QueuePanel.vue';
import { useConnection } from '../../src-renderer/stores/connection.ts';
import { useHistory } from '../../src-renderer/stores/history.ts';
import { useNotices } from '../../src-renderer/stores/notices.ts';
import { useQueue } from '../../src-renderer/stores/queue.ts';
import { cameraSums, flagArchive, flagAt, flagId } from './queue-fixture.ts';
import { type CallOverrides, mountWithService, testInfo, testJob } from './support/window-service.ts';
import { providePictures } from './evidence-fixture.ts';

beforeEach(() => {
  sessionStorage.clear();
  providePictures();
});

async function mount(overrides: CallOverrides) {
  const mounted = await mountWithService(QueuePanel, { overrides, height: 640 });
  const { screen, core } = mounted;
  const rowsAsked = () =>
    core.calls.filter(({ name }) => name === 'flags.rows').map(({ params }) => (params as { ids: string[] }).ids);
  return { ...mounted, queue: useQueue(), list: screen.getByRole('listbox'), rowsAsked };
}

const selectedName = () => document.querySelector('[role="option"][aria-selected="true"]')?.textContent ?? '';
const textOf = (element: Element | null) => element?.textContent ?? '';

describe('a long list', () => {
  test('asks for the rows around what is in view and for none else, each once', async () => {
    const { queue, list, rowsAsked } = await mount(flagArchive(20_000).overrides);
    await expect.poll(() => document.querySelectorAll('.facts .class').length, { timeout: 10_000 }).toBeGreaterThan(8);
    const box = list.element();
    box.scrollTop = 15_000 * 64;
    await expect.poll(() => queue.row(flagId(15_000))?.id).toBe(flagId(15_000));
    const asked = rowsAsked().flat();
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.length).toBeLessThanOrEqual(600);
    expect(Math.max(...rowsAsked().map((ids) => ids.length))).toBeLessThanOrEqual(100);
    expect(box.querySelectorAll('[role="option"]').length).toBeLessThan(40);
  });

  test('drops wishes that were scrolled past', async () => {
    const archive = flagArchive(20_000);
    const answers: (() => void)[] = [];
    const { queue, rowsAsked } = await mount({
      ...archive.overrides,
      flags: {
        ...archive.overrides.flags,
        rows: async ({ ids }) => {
          await new Promise<void>((resolve) => answers.push(resolve));
          return { items: ids.map((id) => flagAt(Number.parseInt(id.slice(2), 16))) };
        },
      },
    });
    await vi.waitFor(() => expect(queue.ids).toHaveLength(0));
    await vi.waitFor(() => expect(answers.length).toBeGreaterThan(0));
    // The list is made once the row of the selected flag is there.
    answers.shift()?.();
    await vi.waitFor(() => expect(queue.ids.length).toBe(20_000));
    for (let page = 20; page < 190; page += 20) queue.ensure(page * 100, page * 100 + 10);
    const release = setInterval(() => answers.shift()?.(), 1);
    await vi.waitFor(() => expect(queue.row(flagId(18_000))).toBeDefined());
    clearInterval(release);
    expect(rowsAsked().some((ids) => ids.includes(flagId(10_000)))).toBe(false);
  });

  test('asks again after a failure, and says it', async () => {
    const archive = flagArchive(300);
    let fails = true;
    const { queue, list } = await mount({
      ...archive.overrides,
      flags: {
        ...archive.overrides.flags,
        rows: async ({ ids }) => {
          if (fails) throw new Error('The disk is away.');
          return { items: ids.map((id) => flagAt(Number.parseInt(id.slice(2), 16))) };
        },
      },
    });
    await expect.element(list).toBeVisible();
    fails = false;
    queue.ensure(0, 20);
    await expect.poll(() => queue.row(flagId(3))?.id).toBe(flagId(3));
  });
});

describe('by the keyboard', () => {
  test('moves by one, by a page, to the ends, and keeps the selected row in view', async () => {
    const { queue, list } = await mount(flagArchive(1000).overrides);
    await expect.poll(() => queue.selectedId).toBe(flagId(0));
    (list.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}');
    expect(queue.selectedId).toBe(flagId(1));
    await userEvent.keyboard('{PageDown}');
    expect(queue.selectedIndex).toBeGreaterThan(5);
    await userEvent.keyboard('{End}');
    expect(queue.selectedId).toBe(flagId(999));
    const active = () => document.getElementById(list.element().getAttribute('aria-activedescendant') ?? '');
    await vi.waitFor(() => {
      const [row, box] = [active()?.getBoundingClientRect(), list.element().getBoundingClientRect()];
      expect(row?.bottom).toBeLessThanOrEqual(box.bottom + 1);
      expect(row?.top).toBeGreaterThanOrEqual(box.top);
    });
    expect(active()?.getAttribute('aria-posinset')).toBe('1000');
    await userEvent.keyboard('{Home}');
    expect(queue.selectedId).toBe(flagId(0));
    await userEvent.keyboard('{ArrowUp}');
    expect(queue.selectedId).toBe(flagId(0));
  });

  test('names a row for those who do not see it', async () => {
    const { screen } = await mount(flagArchive(3).overrides);
    await expect.element(screen.getByRole('option', { name: /^Fight Open Gate Score 100 ?% .* 8 s$/ })).toBeVisible();
  });

  test('points at the selected row also where the list was scrolled away from it', async () => {
    const { list } = await mount(flagArchive(1000).overrides);
    await expect.poll(selectedName).toContain('Fight');
    list.element().scrollTop = 30_000;
    await expect.poll(() => list.element().querySelector('[aria-posinset="470"]')).not.toBeNull();
    const id = list.element().getAttribute('aria-activedescendant') ?? '';
    expect(document.getElementById(id)?.getAttribute('aria-posinset')).toBe('1');
  });
});

describe('filters', () => {
  test('show open flags at first, one state by a press, several with Shift, all by a second press', async () => {
    const archive = flagArchive(30, (number) => number % 3 === 0);
    const { screen, queue, core } = await mount(archive.overrides);
    await expect.poll(() => queue.ids.length).toBe(20);
    const rejected = screen.getByRole('button', { name: 'Rejected 10' });
    await rejected.click();
    await expect.poll(() => queue.ids.length).toBe(10);
    await expect.element(rejected).toHaveAttribute('aria-pressed', 'true');
    await screen.getByRole('button', { name: 'Open 20' }).click({ modifiers: ['Shift'] });
    await expect.poll(() => queue.ids.length).toBe(30);
    await screen.getByRole('button', { name: 'Open 20' }).click();
    await screen.getByRole('button', { name: 'Open 20' }).click();
    await expect.poll(() => queue.filter.states).toEqual([]);
    const [last] = core.calls.filter(({ name }) => name === 'flags.find').slice(-1);
    expect(last?.params).toEqual({ order: 'score' });
  });

  test('keep the selected flag where it is still listed, else take the first', async () => {
    const { screen, queue } = await mount(flagArchive(40).overrides);
    await expect.poll(() => queue.ids.length).toBe(40);
    queue.select(flagId(15));
    await screen.getByRole('button', { name: 'More filters' }).click();
    const cameras = page.getByRole('group', { name: 'Camera' });
    await cameras.getByRole('checkbox', { name: 'Hall' }).click();
    await expect.poll(() => queue.ids.length).toBe(10);
    expect(queue.selectedId).toBe(flagId(15));
    await cameras.getByRole('checkbox', { name: 'Yard' }).click();
    await expect.poll(() => queue.ids.length).toBe(20);
    await userEvent.keyboard('{Escape}');
    await screen.getByRole('button', { name: 'Remove: Camera Hall' }).click();
    await expect.poll(() => queue.selectedId).toBe(flagId(20));
    await screen.getByRole('button', { name: 'Remove: Camera Yard' }).click();
    await expect.poll(() => queue.ids.length).toBe(40);
    expect(queue.selectedId).toBe(flagId(20));
  });

  test('show the head of another list before the rest of it was found and counted', async () => {
    const archive = flagArchive(900);
    const rest = Promise.withResolvers<void>();
    let isHeld = false;
    const { queue } = await mount({
      ...archive.overrides,
      flags: {
        ...archive.overrides.flags,
        find: async (params, context) => {
          if (isHeld) await rest.promise;
          const found = await archive.overrides.flags?.find?.(params, context);
          if (found === undefined) throw new Error('The archive of the test finds nothing.');
          return found;
        },
      },
    });
    await expect.poll(() => queue.ids.length).toBe(900);
    isHeld = true;
    queue.filter = { ...queue.filter, cameras: ['Hall', 'Yard'] };
    await expect.poll(() => queue.ids.length).toBe(200);
    expect(queue.length).toBe(200);
    expect(queue.selectedId).toBe(flagId(0));
    rest.resolve();
    await expect.poll(() => queue.ids.length).toBe(600);
    await expect.poll(() => queue.selectedId).toBe(flagId(10));
    expect([queue.length, queue.states.open]).toEqual([600, 600]);
  });

  test('are kept for the session', async () => {
    const { screen, queue } = await mount(flagArchive(40).overrides);
    await expect.poll(() => queue.ids.length).toBe(40);
    queue.filter = { ...queue.filter, classes: ['theft'] };
    await expect.poll(() => queue.ids.length).toBe(13);
    await screen.unmount();
    const again = await mount(flagArchive(40).overrides);
    await expect.poll(() => again.queue.ids.length).toBe(13);
    await expect.element(again.screen.getByRole('button', { name: 'Remove: Class Theft' })).toBeVisible();
  });

  test('are all there to combine, and taken away together', async () => {
    const { screen, queue, core } = await mount(flagArchive(40, (number) => number === 0).overrides);
    await screen.getByRole('button', { name: 'More filters' }).click();
    const filter = page.getByRole('dialog');
    await filter.getByRole('checkbox', { name: 'Fall' }).click();
    await filter.getByLabelText('First day').fill('2026-03-01');
    await filter.getByLabelText('Last day').fill('2026-03-04');
    await filter.getByLabelText('Lowest score').fill('40');
    await filter.getByRole('checkbox', { name: 'rules · 1' }).click();
    await filter.getByRole('checkbox', { name: 'night' }).click();
    await filter.getByLabelText('Note').selectOptions('Without a note');
    await userEvent.keyboard('{Escape}');
    const chips = screen.getByRole('list', { name: 'What the list is narrowed to' });
    await expect
      .poll(() => chips.element().textContent)
      .toMatch(/Days.*Mar 1.*4.*Class.*Fall.*Score.*from 40 %.*Policy.*rules · 1.*Tag.*night.*Note.*Without a note/);
    const [last] = core.calls.filter(({ name }) => name === 'flags.find').slice(-1);
    expect(last?.params).toMatchObject({
      ...{ states: ['open'], classes: ['fall'], minScore: 0.4, versions: ['rules/1'], tags: ['night'], noted: false },
      ...{ from: new Date(2026, 2, 1).getTime(), until: new Date(2026, 2, 5).getTime() },
    });
    await chips.getByRole('button', { name: 'Clear all' }).click();
    await expect.poll(() => queue.ids.length).toBe(39);
    expect(chips.query()).toBeNull();
  });
});

describe('the search', () => {
  test('lists what says the words, marks them, and takes signs for letters', async () => {
    const archive = flagArchive(30);
    const { screen, queue } = await mount(archive.overrides);
    await expect.poll(() => queue.ids.length).toBe(30);
    const field = screen.getByRole('searchbox');
    await field.fill('CLEAR fight');
    await expect.poll(() => [...document.querySelectorAll('mark')].slice(0, 2).map(textOf)).toEqual(['Clear', 'fight']);
    await field.fill('fight" OR "%');
    await expect.element(screen.getByText('No flag matches')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => queue.ids.length).toBe(30);
    await expect.element(field).toHaveValue('');
  });
});

describe('saved filters', () => {
  test('are saved, shown, renamed, moved and deleted, each with the way back', async () => {
    let items: { id: string; name: string; query: Record<string, string[]> }[] = [];
    const { screen, queue } = await mount({
      ...flagArchive(30, (number) => number % 3 === 0).overrides,
      savedFilters: {
        list: async () => ({ items }),
        put: async ({ filter, place }) => {
          const others = items.filter(({ id }) => id !== filter.id);
          const at = place ?? items.findIndex(({ id }) => id === filter.id);
          items = at < 0 ? [...others, filter] : [...others.slice(0, at), filter, ...others.slice(at)];
          return { items };
        },
        remove: async ({ filter }) => {
          items = items.filter(({ id }) => id !== filter);
          return { items };
        },
      },
    });
    const history = useHistory();
    await expect.poll(() => queue.ids.length).toBe(20);
    const opens = screen.getByRole('button', { name: /^Saved filters/ });
    const dialog = page.getByRole('dialog');
    const save = async (name: string) => {
      await dialog.getByLabelText('Name of this filter').fill(name);
      await userEvent.keyboard('{Enter}');
      await expect.element(dialog.getByRole('button', { name, exact: true })).toBeVisible();
    };
    await opens.click();
    await save('Open ones');
    queue.filter = { ...queue.filter, states: ['reject'] };
    await expect.poll(() => queue.ids.length).toBe(10);
    await save('Rejected ones');
    expect(items.map(({ query }) => query)).toEqual([{ state: ['open'] }, { state: ['reject'] }]);
    await dialog.getByRole('button', { name: 'Open ones', exact: true }).click();
    await expect.poll(() => queue.ids.length).toBe(20);
    await opens.click();
    await dialog.getByRole('button', { name: 'Move Rejected ones up' }).click();
    await expect.poll(() => items.map(({ name }) => name)).toEqual(['Rejected ones', 'Open ones']);
    await dialog.getByRole('button', { name: 'Rename Open ones' }).click();
    await userEvent.keyboard('To do{Enter}');
    await expect.poll(() => items.map(({ name }) => name)).toEqual(['Rejected ones', 'To do']);
    await dialog.getByRole('button', { name: 'Delete Rejected ones' }).click();
    await expect.poll(() => items.map(({ name }) => name)).toEqual(['To do']);
    await history.undo();
    expect(items.map(({ name }) => name)).toEqual(['Rejected ones', 'To do']);
    await history.undo();
    await history.undo();
    expect(items.map(({ name }) => name)).toEqual(['Open ones', 'Rejected ones']);
    await history.redo();
    expect(items.map(({ name }) => name)).toEqual(['Rejected ones', 'Open ones']);
  });
});

describe('several at once', () => {
  const chosen = () =>
    [...document.querySelectorAll('[role="option"][aria-selected="true"]')].map((row) =>
      row.getAttribute('aria-posinset'),
    );

  test('are chosen by Shift and Ctrl, with the mouse and with keys', async () => {
    const { screen, queue, list } = await mount(flagArchive(300).overrides);
    await expect.poll(() => queue.row(flagId(5))).toBeDefined();
    const row = (place: number) => screen.getByRole('option').nth(place - 1);
    await row(2).click();
    await row(4).click({ modifiers: ['Shift'] });
    await expect.poll(chosen).toEqual(['2', '3', '4']);
    await row(3).click({ modifiers: ['ControlOrMeta'] });
    await expect.poll(chosen).toEqual(['2', '4']);
    await row(6).click();
    await expect.poll(chosen).toEqual(['6']);
    (list.element() as HTMLElement).focus();
    await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{ArrowUp}{/Shift}');
    await expect.poll(chosen).toEqual(['6', '7']);
    await userEvent.keyboard('{Control>}a{/Control}');
    await expect.element(screen.getByText('300 chosen')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.poll(chosen).toHaveLength(1);
  });

  test('are decided together and taken back together', async () => {
    const archive = flagArchive(12, (number) => number === 0);
    const { screen, queue, list } = await mount(archive.overrides);
    await expect.poll(() => queue.ids.length).toBe(11);
    (list.element() as HTMLElement).focus();
    await userEvent.keyboard('{Control>}a{/Control}');
    await screen.getByRole('button', { name: 'Reject all' }).click();
    await expect.poll(() => archive.flag(flagId(11)).verdict?.decision).toBe('reject');
    expect(screen.getByRole('region', { name: 'Chosen flags' }).query()).toBeNull();
    const history = useHistory();
    expect(history.undoLabel).toContain('11 flags');
    await history.undo();
    expect(archive.flag(flagId(11)).verdict).toBeNull();
    expect(archive.flag(flagId(0)).verdict?.decision).toBe('reject');
    await history.redo();
    expect(archive.flag(flagId(5)).verdict?.decision).toBe('reject');
  });

  test('stay chosen, with a word, where the core refuses', async () => {
    const archive = flagArchive(4);
    const { screen, queue, list } = await mount(archive.overrides);
    await expect.poll(() => queue.ids.length).toBe(4);
    (list.element() as HTMLElement).focus();
    await userEvent.keyboard('{Control>}a{/Control}');
    archive.refuse(new AppError('disk-full', 'The disk is full.'));
    await screen.getByRole('button', { name: 'Confirm all' }).click();
    await expect
      .poll(() =>
        useNotices()
          .notices.map(({ text }) => text)
          .join(),
      )
      .toContain('Not all of it was saved');
    await expect.element(screen.getByText('4 chosen')).toBeVisible();
    expect(useHistory().canUndo).toBe(false);
  });

  test('are tagged together; what had the tag already keeps it when that is undone', async () => {
    const archive = flagArchive(4);
    const { screen, queue, list } = await mount(archive.overrides);
    await expect.poll(() => queue.ids.length).toBe(4);
    await archive.overrides.flags?.tag?.(
      { flag: flagId(1), tags: ['night'] },
      { signal: new AbortController().signal },
    );
    (list.element() as HTMLElement).focus();
    await userEvent.keyboard('{Control>}a{/Control}');
    await screen.getByRole('button', { name: 'Tag all' }).click();
    await page.getByRole('combobox', { name: 'Tag all' }).fill('night');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => archive.flag(flagId(3)).tags).toEqual(['night']);
    await useHistory().undo();
    expect(archive.flag(flagId(3)).tags).toEqual([]);
    expect(archive.flag(flagId(1)).tags).toEqual(['night']);
  });
});

describe('what happens meanwhile', () => {
  test('new flags do not move the list: they are offered, and the selection stays', async () => {
    const archive = flagArchive(20);
    const { screen, queue, core } = await mount(archive.overrides);
    await expect.poll(() => queue.ids.length).toBe(20);
    queue.select(flagId(7));
    archive.remove(flagId(2));
    core.emit('archive.changed', { recordings: 3, flags: 19 });
    await expect.element(screen.getByRole('button', { name: 'Open 19', exact: true })).toBeVisible();
    expect(queue.ids).toHaveLength(20);
    await screen.getByRole('button', { name: /Refresh the list/ }).click();
    await expect.poll(() => queue.ids.length).toBe(19);
    expect(queue.selectedId).toBe(flagId(7));
    await expect.element(screen.getByText('7 of 19')).toBeVisible();
  });

  test('a verdict given elsewhere changes the row and the counts', async () => {
    const { screen, queue, core } = await mount(flagArchive(20).overrides);
    await expect.poll(() => queue.row(flagId(4))).toBeDefined();
    const verdict = { decision: 'confirm', class: null, start: null, end: null, note: '', decidedAtMs: 1 } as const;
    core.emit('flag.changed', { ...flagAt(4), verdict });
    await expect.element(screen.getByRole('button', { name: 'Confirmed 1', exact: true })).toBeVisible();
    await expect.element(screen.getByText('1 decided')).toBeVisible();
    expect(queue.ids).toHaveLength(20);
  });

  test('after a lost connection the list is made again', async () => {
    const archive = flagArchive(20);
    const { queue, core } = await mount(archive.overrides);
    await expect.poll(() => queue.ids.length).toBe(20);
    queue.select(flagId(3));
    archive.remove(flagId(1));
    core.stop();
    core.start();
    useConnection().retryNow();
    await expect.poll(() => queue.ids.length).toBe(19);
    expect(queue.selectedId).toBe(flagId(3));
  });
});

describe('an empty list', () => {
  test('leads to a folder where there is no archive', async () => {
    const { screen } = await mount({});
    await expect.element(screen.getByRole('button', { name: 'Open a folder' })).toBeVisible();
  });

  test('shows how far the scan is', async () => {
    const { screen } = await mount({
      core: { info: async () => ({ ...testInfo, recordings: 4 }) },
      archive: { overview: async () => ({ cameras: [cameraSums('Gate', 4, 0)], unreadable: 0 }) },
      jobs: { list: async () => ({ items: [testJob({ progress: { ...testJob().progress, done: 30, total: 60 } })] }) },
    });
    await expect.element(screen.getByText('Looking through the recordings', { exact: true })).toBeVisible();
    await expect.element(screen.getByText(/^50 ?%$/)).toBeVisible();
  });

  test('says that nothing was found, or that nobody looked', async () => {
    let scanned = 4;
    const overview = async () => ({ cameras: [{ ...cameraSums('Gate', 4, 0), scanned }], unreadable: 0 });
    const { screen } = await mount({ archive: { overview } });
    await expect.element(screen.getByText('Nothing was flagged')).toBeVisible();
    await screen.unmount();
    scanned = 1;
    const again = await mount({ archive: { overview } });
    await expect.element(again.screen.getByRole('button', { name: 'Look through all' })).toBeVisible();
  });

  test('celebrates when all is decided and shows it on request', async () => {
    const { screen, queue } = await mount(flagArchive(12, () => true).overrides);
    await expect.element(screen.getByText('All decided')).toBeVisible();
    await expect.element(screen.getByText(/12 flags were decided/)).toBeVisible();
    await screen.getByRole('button', { name: 'Show what was decided' }).click();
    await expect.poll(() => queue.ids.length).toBe(12);
  });

  test('offers to clear a filter that nothing fits', async () => {
    const { screen, queue } = await mount(flagArchive(5).overrides);
    await expect.poll(() => queue.ids.length).toBe(5);
    queue.filter = { ...queue.filter, cameras: ['Yard'] };
    await expect.element(screen.getByText('No flag matches')).toBeVisible();
    await screen.getByRole('button', { name: 'Clear filter' }).click();
    await expect.poll(() => queue.ids.length).toBe(5);
  });

  test('says what went wrong and tries again', async () => {
    const archive = flagArchive(5);
    let fails = true;
    const { screen, queue } = await mount({
      ...archive.overrides,
      flags: {
        ...archive.overrides.flags,
        find: async (params, context) => {
          if (fails) throw new Error('The index is damaged.');
          return (
            (await archive.overrides.flags?.find?.(params, context)) ?? {
              ids: [],
              states: { open: 0, confirm: 0, reject: 0, unsure: 0 },
            }
          );
        },
      },
    });
    await expect.element(screen.getByText('The flags could not be read')).toBeVisible();
    fails = false;
    await screen.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => queue.ids.length).toBe(5);
  });
});

test('holds what screen readers need', async () => {
  const { screen, list } = await mount(flagArchive(50, (number) => number % 2 === 0).overrides);
  await expect.poll(() => textOf(list.element().querySelector('.class'))).not.toBe('');
  const { violations } = await axe.run(screen.container, { rules: { region: { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
});
