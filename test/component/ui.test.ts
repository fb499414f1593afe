/** The controls that every view is made of, as a person and a screen reader meet them. */
import { Play, Trash2 } from '@lucide/vue';
import { defineComponent, h, ref } from 'vue';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import AppButton from '../../src-renderer/components/ui/AppButton.vue';
import AppDialog from '../../src-renderer/components/ui/AppDialog.vue';
import AppMenu from '../../src-renderer/components/ui/AppMenu.vue';
import AppProgress from '../../src-renderer/components/ui/AppProgress.vue';
import AppSelect from '../../src-renderer/components/ui/AppSelect.vue';
import AppSlider from '../../src-renderer/components/ui/AppSlider.vue';
import AppSwitch from '../../src-renderer/components/ui/AppSwitch.vue';
import AppTabs from '../../src-renderer/components/ui/AppTabs.vue';
import IconButton from '../../src-renderer/components/ui/IconButton.vue';
import PanelSplit from '../../src-renderer/components/ui/PanelSplit.vue';
import TextField from '../../src-renderer/components/ui/TextField.vue';
import { expectAccessible } from './support/accessible.ts';
import { mountWithService } from './support/window-service.ts';

test('an icon button has a name, and says it with its shortcut when it has the focus', async () => {
  const clicks: MouseEvent[] = [];
  const { screen } = await mountWithService(IconButton, {
    props: {
      icon: Play,
      label: 'Play',
      shortcut: 'Space',
      class: 'mine',
      onClick: (event: MouseEvent) => clicks.push(event),
    },
  });
  const button = screen.getByRole('button', { name: 'Play' });
  await expect.element(button).toHaveAttribute('aria-keyshortcuts', 'Space');
  await expect.element(button).toHaveClass('mine');
  await userEvent.keyboard('{Tab}');
  await expect.element(screen.getByRole('tooltip')).toHaveTextContent('Play');
  await button.click();
  expect(clicks).toHaveLength(1);
});

test('a dialog takes the focus, keeps it, and gives it back when Escape closes it', async () => {
  const open = ref(false);
  const Host = defineComponent(() => () => [
    h('button', { onClick: () => (open.value = true) }, 'Ask'),
    h(
      AppDialog,
      {
        open: open.value,
        'onUpdate:open': (value: boolean) => (open.value = value),
        title: 'Sure?',
        description: 'Really.',
      },
      { default: () => h('input', { 'aria-label': 'Reason' }), footer: () => h(AppButton, () => 'Yes') },
    ),
  ]);
  const { screen } = await mountWithService(Host);
  const ask = screen.getByRole('button', { name: 'Ask' });
  await ask.click();
  const dialog = screen.getByRole('dialog', { name: 'Sure?' });
  await expect.element(dialog).toHaveAccessibleDescription('Really.');
  await expect.element(screen.getByLabelText('Reason')).toHaveFocus();
  for (const name of ['Yes', 'Close']) {
    await userEvent.keyboard('{Tab}');
    await expect.element(screen.getByRole('button', { name })).toHaveFocus();
  }
  await userEvent.keyboard('{Tab}');
  await expect.element(screen.getByLabelText('Reason')).toHaveFocus();
  await expectAccessible(dialog.element());
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog).not.toBeInTheDocument();
  await expect.element(ask).toHaveFocus();
});

test('a menu behind an icon button is opened, walked and chosen from by keyboard; what is disabled is passed over', async () => {
  const chosen: string[] = [];
  const { screen } = await mountWithService(AppMenu, {
    props: {
      label: 'More',
      items: [
        { id: 'play', label: 'Play', icon: Play },
        { id: 'copy', label: 'Copy', disabled: true },
        { id: 'delete', label: 'Delete', icon: Trash2, danger: true, shortcut: 'Ctrl+D' },
      ],
      onSelect: (id: string) => chosen.push(id),
    },
    slots: { trigger: () => h(IconButton, { icon: Play, label: 'More actions' }) },
  });
  await userEvent.keyboard('{Tab}{Enter}');
  await expect.element(screen.getByRole('menuitem', { name: 'Play' })).toHaveFocus();
  await expect.element(screen.getByRole('menu')).toBeInViewport({ ratio: 1 });
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(screen.getByRole('menuitem', { name: 'Delete' })).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByRole('menu')).not.toBeInTheDocument();
  expect(chosen).toEqual(['delete']);
});

test('tabs go with the arrow keys and show one panel', async () => {
  const tab = ref('a');
  const Host = defineComponent(
    () => () =>
      h(
        AppTabs,
        {
          modelValue: tab.value,
          'onUpdate:modelValue': (value: string) => (tab.value = value),
          label: 'Parts',
          tabs: [
            { id: 'a', label: 'First' },
            { id: 'b', label: 'Second', count: 3 },
          ],
        },
        { a: () => 'content of a', b: () => 'content of b' },
      ),
  );
  const { screen } = await mountWithService(Host);
  await screen.getByRole('tab', { name: 'First' }).click();
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(screen.getByRole('tabpanel', { name: /Second/ })).toHaveTextContent('content of b');
  expect(tab.value).toBe('b');
});

test('switch, slider, list and line hand on what was given', async () => {
  const values = ref({ on: false, number: 4, choice: 'a', line: '' });
  const Host = defineComponent(() => () => [
    h(AppSwitch, { label: 'Loop', modelValue: values.value.on, 'onUpdate:modelValue': (on) => (values.value.on = on) }),
    h(AppSlider, {
      label: 'Volume',
      min: 0,
      max: 10,
      step: 1,
      modelValue: values.value.number,
      'onUpdate:modelValue': (number) => (values.value.number = number),
    }),
    h(AppSelect, {
      label: 'Order',
      options: [
        { value: 'a', label: 'By score' },
        { value: 'b', label: 'By clock' },
      ],
      modelValue: values.value.choice,
      'onUpdate:modelValue': (choice) => (values.value.choice = choice),
    }),
    h(TextField, {
      label: 'Note',
      error: values.value.line === 'bad' ? 'Not that.' : undefined,
      modelValue: values.value.line,
      'onUpdate:modelValue': (line) => (values.value.line = line),
    }),
  ]);
  const { screen } = await mountWithService(Host);
  await screen.getByText('Loop').click();
  screen.getByRole('slider', { name: 'Volume' }).element().focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}');
  await screen.getByLabelText('Order').selectOptions('By clock');
  await screen.getByLabelText('Note').fill('bad');
  expect(values.value).toEqual({ on: true, number: 6, choice: 'b', line: 'bad' });
  await expect.element(screen.getByLabelText('Note')).toHaveAccessibleDescription('Not that.');
  await expect.element(screen.getByRole('switch')).toBeChecked();
  await expectAccessible(screen.container);
});

test('progress tells its share, and that nobody knows it', async () => {
  const { screen } = await mountWithService(AppProgress, { props: { value: 0.375, label: 'Scan' } });
  const bar = screen.getByRole('progressbar', { name: 'Scan' });
  await expect.element(bar).toHaveAttribute('aria-valuenow', '37.5');
  await screen.rerender({ value: null });
  await expect.element(bar).not.toHaveAttribute('aria-valuenow');
});

test('a split is moved by keys within its limits, remembered, and reset by a double click', async () => {
  sessionStorage.clear();
  const mountSplit = () =>
    mountWithService(PanelSplit, {
      props: { id: 'test', direction: 'horizontal', sizes: [30, 70], minSizes: [20, 20] },
      slots: { p0: () => 'left', p1: () => 'right' },
      height: 200,
    });
  const first = await mountSplit();
  const handle = first.screen.getByRole('separator');
  handle.element().focus();
  await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}{ArrowRight}');
  await expect.element(handle).toHaveAttribute('aria-valuenow', '36');
  await userEvent.keyboard('{Home}');
  await expect.element(handle).toHaveAttribute('aria-valuenow', '20');
  await first.screen.unmount();
  const second = await mountSplit();
  const again = second.screen.getByRole('separator');
  await expect.element(again).toHaveAttribute('aria-valuenow', '20');
  await again.dblClick();
  await expect.element(again).toHaveAttribute('aria-valuenow', '30');
});
