/** Keyboard shortcuts of what is on screen, and the list of them for the help. */
import { useEventListener } from '@vueuse/core';
import { computed, onScopeDispose, shallowReactive } from 'vue';
import { t } from '../i18n/index.ts';
import { shortcutEntry, shortcutGroups, type ShortcutId } from './shortcut-catalogue.ts';
import { matchesKeys } from '../lib/shortcut-keys.ts';
import { useShortcutKeys } from '../stores/shortcut-keys.ts';

interface Action {
  readonly run: () => void;
  /** Passed over, and the key left to others, where it says no. */
  readonly when?: (() => boolean) | undefined;
}

/** A shortcut of the catalogue: it has the keys that the reviewer gave it. */
interface NamedShortcut extends Action {
  readonly id: ShortcutId;
  /** In place of the catalogue's, where what it does depends on what is on screen. */
  readonly label?: string | undefined;
}

/** A shortcut whose keys stay as they are. */
interface FixedShortcut extends Action {
  /** As in `Ctrl+Shift+Z`, `↑`, `Space`, `?`; empty for none. */
  readonly keys: string;
  readonly label: string;
  /** Heading in the help. */
  readonly group: string;
}

export type Shortcut = NamedShortcut | FixedShortcut;

type Source = () => readonly FixedShortcut[];

/** What a shortcut is called in lists. */
export function shortcutLabel(id: ShortcutId): string {
  const { label, count } = shortcutEntry(id);
  return t(label, count === undefined ? {} : { count });
}

/** Those of components that came later go first. */
const sources = shallowReactive<Source[]>([]);

/** Every shortcut that is registered now and has a key. */
export const registeredShortcuts = computed(() =>
  sources.flatMap((source) => source().filter(({ keys }) => keys !== '')),
);

/** Registers shortcuts as long as the component lives. */
export function useShortcuts(source: () => readonly Shortcut[]): void {
  const own = useShortcutKeys();
  const withKeys = (shortcut: Shortcut): FixedShortcut => {
    if ('keys' in shortcut) return shortcut;
    const { id, label = shortcutLabel(id), ...action } = shortcut;
    return { ...action, label, keys: own.keysOf(id), group: t(shortcutGroups[shortcutEntry(id).group].title) };
  };
  const resolved: Source = () => source().map(withKeys);
  sources.push(resolved);
  onScopeDispose(() => sources.splice(sources.indexOf(resolved), 1));
}

const typing = 'textarea, select, [contenteditable=""], [contenteditable="true"], [role="combobox"]';
/** Inputs that take no text leave letters to shortcuts. */
const typingInput = 'input:not([type="checkbox"], [type="radio"], [type="range"], [type="button"])';
/** Keys that a control under the focus has a use for itself. */
const ownKeys: readonly (readonly [selector: string, keys: readonly string[]])[] = [
  ['button, summary, [role="switch"], [role="menuitem"], [role="option"]', [' ', 'Enter']],
  ['a[href]', ['Enter']],
  [
    '[role="slider"], [role="separator"], [role="tab"], input[type="range"]',
    ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'],
  ],
];

function belongsToTarget(event: KeyboardEvent): boolean {
  const { target } = event;
  if (!(target instanceof Element)) return false;
  if (target.matches(typing) || target.matches(typingInput)) return true;
  return ownKeys.some(([selector, keys]) => keys.includes(event.key) && target.matches(selector));
}

/** An open dialog or menu takes all keys. */
const isCovered = () => document.querySelector('[role="dialog"][data-state="open"], [role="menu"]') !== null;

/** Listens for the whole window; called once, by the frame. */
export function listenForShortcuts(): void {
  useEventListener(window, 'keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || belongsToTarget(event) || isCovered()) return;
    for (const source of sources.toReversed()) {
      const shortcut = source().find(({ keys, when }) => keys !== '' && matchesKeys(keys, event) && when?.() !== false);
      if (shortcut === undefined) continue;
      event.preventDefault();
      shortcut.run();
      return;
    }
  });
}
