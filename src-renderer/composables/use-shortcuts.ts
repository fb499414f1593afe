/** Keyboard shortcuts of what is on screen, and the list of them for the help. */
import { useEventListener } from '@vueuse/core';
import { computed, onScopeDispose, shallowReactive } from 'vue';
import { matchesKeys } from '../lib/shortcut-keys.ts';

export interface Shortcut {
  /** As in `Ctrl+Shift+Z`, `↑`, `Space`, `?`. */
  readonly keys: string;
  readonly label: string;
  /** Heading in the help. */
  readonly group: string;
  readonly run: () => void;
  /** Passed over, and the key left to others, where it says no. */
  readonly when?: (() => boolean) | undefined;
}

type Source = () => readonly Shortcut[];

/** Those of components that came later go first. */
const sources = shallowReactive<Source[]>([]);

/** Every shortcut that is registered now. */
export const registeredShortcuts = computed(() => sources.flatMap((source) => [...source()]));

/** Registers shortcuts as long as the component lives. */
export function useShortcuts(source: Source): void {
  sources.push(source);
  onScopeDispose(() => sources.splice(sources.indexOf(source), 1));
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
      const shortcut = source().find(({ keys, when }) => matchesKeys(keys, event) && when?.() !== false);
      if (shortcut === undefined) continue;
      event.preventDefault();
      shortcut.run();
      return;
    }
  });
}
