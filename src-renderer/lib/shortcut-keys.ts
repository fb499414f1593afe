/** Shortcuts as texts like `Ctrl+Shift+Z`: matching key presses, drawing key caps. Ctrl is ⌘ on a Mac. */

/** The part of a KeyboardEvent that decides. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

interface ShortcutKeys {
  readonly key: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

const onMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);
const names: Readonly<Record<string, string>> = {
  up: 'ArrowUp',
  down: 'ArrowDown',
  left: 'ArrowLeft',
  right: 'ArrowRight',
  '↑': 'ArrowUp',
  '↓': 'ArrowDown',
  '←': 'ArrowLeft',
  '→': 'ArrowRight',
  space: ' ',
  esc: 'Escape',
};

/** `+` itself is written last: `Ctrl++`. */
function parts(keys: string): string[] {
  return keys.endsWith('+') ? [...keys.slice(0, -1).split('+').filter(Boolean), '+'] : keys.split('+');
}

function keysFromText(text: string): ShortcutKeys {
  const all = parts(text);
  const last = all.at(-1) ?? '';
  const has = (modifier: string) => all.slice(0, -1).some((part) => part.toLowerCase() === modifier);
  return { key: names[last.toLowerCase()] ?? last, ctrl: has('ctrl'), shift: has('shift'), alt: has('alt') };
}

const isLetter = (key: string) => /^\p{L}$/u.test(key);
/** Keys whose name stays the same with Shift, so that the modifier has to be asked for. */
const isNamed = (key: string) => key.length > 1 || key === ' ';

/** Signs such as `?` are told by what is typed, on whatever key the layout has them; their Shift does not count. */
export function matchesKeys(text: string, press: KeyPress, mac: boolean = onMac): boolean {
  const wanted = keysFromText(text);
  const ctrl = mac ? press.metaKey : press.ctrlKey;
  const other = mac ? press.ctrlKey : press.metaKey;
  if (ctrl !== wanted.ctrl || other || press.altKey !== wanted.alt) return false;
  if (isLetter(wanted.key)) {
    return press.key.toLowerCase() === wanted.key.toLowerCase() && press.shiftKey === wanted.shift;
  }
  if (press.key !== wanted.key) return false;
  return !isNamed(wanted.key) || press.shiftKey === wanted.shift;
}

/** Keys that are no shortcut by themselves, or that every control needs for itself. */
const never = [
  'Shift',
  'Control',
  'Alt',
  'AltGraph',
  'Meta',
  'CapsLock',
  'Dead',
  'Process',
  'Unidentified',
  'Escape',
  'Tab',
  'Enter',
];
const writtenAs: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** The text of the keys that are pressed; null for those that can be no shortcut. */
export function keysFromPress(press: KeyPress, mac: boolean = onMac): string | null {
  const { key } = press;
  // The other of Ctrl and ⌘ belongs to the system.
  if (never.includes(key) || (mac ? press.ctrlKey : press.metaKey)) return null;
  const ctrl = mac ? press.metaKey : press.ctrlKey;
  const hasShift = press.shiftKey && (isLetter(key) || isNamed(key));
  const modifiers = [ctrl && 'Ctrl', press.altKey && 'Alt', hasShift && 'Shift'].filter(Boolean);
  return [...modifiers, writtenAs[key] ?? (isLetter(key) ? key.toUpperCase() : key)].join('+');
}

const caps: Readonly<Record<string, string>> = {
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  ' ': 'Space',
  escape: 'Esc',
};
const macCaps: Readonly<Record<string, string>> = { ctrl: '⌘', shift: '⇧', alt: '⌥' };

/** The keys of a shortcut as they are printed on a keyboard. */
export function keyCaps(text: string, mac: boolean = onMac): string[] {
  return parts(text).map((part) => {
    const name = part.toLowerCase();
    return (mac ? macCaps[name] : undefined) ?? caps[name] ?? (isLetter(part) ? part.toUpperCase() : part);
  });
}

/** The value of `aria-keyshortcuts`. */
export function ariaShortcut(text: string, mac: boolean = onMac): string {
  const { key, ctrl, shift, alt } = keysFromText(text);
  const modifiers = [ctrl && (mac ? 'Meta' : 'Control'), alt && 'Alt', shift && 'Shift'].filter(Boolean);
  return [...modifiers, key === ' ' ? 'Space' : key].join('+');
}
