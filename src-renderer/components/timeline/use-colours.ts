/** The theme's colours for drawing on a canvas, read anew when the theme changes. */
import { useMutationObserver, usePreferredDark } from '@vueuse/core';
import { nextTick, shallowRef, watch } from 'vue';

/** Roles of `styles/tokens.css`. */
const names = {
  text: '--text',
  muted: '--text-muted',
  border: '--border',
  lane: '--surface-2',
  accent: '--accent',
  score: '--curve-score',
  activity: '--curve-activity',
  look: '--look',
  miss: '--bad',
  truth: '--good',
  strong: '--border-strong',
  below: '--surface-0',
  open: '--state-open',
  confirm: '--state-confirm',
  reject: '--state-reject',
  unsure: '--state-unsure',
} as const;
export type Colours = { readonly [K in keyof typeof names]: string } & { readonly font: string };

function readColours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const colours = Object.fromEntries(Object.entries(names).map(([role, name]) => [role, read(name)]));
  // The loop above makes exactly the members that the mapped type names.
  return { ...colours, font: read('--font-mono') } as Colours;
}

export function useColours() {
  const colours = shallowRef(readColours());
  const update = () => (colours.value = readColours());
  useMutationObserver(() => document.documentElement, update, { attributes: true, attributeFilter: ['data-theme'] });
  watch(usePreferredDark(), () => void nextTick(update));
  return colours;
}
