/** The window's words: one language at a time, keys checked by the compiler. */
import { createI18n } from 'vue-i18n';
import { en } from './en/index.ts';

/** Dotted paths to the texts of `T`. */
type PathsOf<T> = {
  readonly [K in keyof T & string]: T[K] extends string ? K : `${K}.${PathsOf<T[K]>}`;
}[keyof T & string];

/** Every text there is, as `area.key`. Areas whose texts are chosen by an id have keys that end in that id. */
export type MessageKey = PathsOf<typeof en>;

/** Languages that there are words for. */
export const languages = ['en'] as const;
export type Language = (typeof languages)[number];

export const i18n = createI18n({ legacy: false, locale: 'en', fallbackLocale: 'en', messages: { en } });

/** The text of `key`. `count` among the values chooses between `one | many`. */
export function t(key: MessageKey, values: Readonly<Record<string, string | number>> = {}): string {
  return i18n.global.t(key, values);
}

/** Whether there is a text of this key: for texts that are chosen by something open, such as a class of one's own. */
export const hasText = (key: string): key is MessageKey => i18n.global.te(key);

/** The best language there are words for: the one asked for, else the first of the system's, else English. */
export function languageFor(wanted: string, system: readonly string[]): Language {
  const asked = wanted === '' ? system : [wanted];
  const known = asked.map((tag) => tag.toLowerCase().split('-')[0]);
  return languages.find((language) => known.includes(language)) ?? 'en';
}

export function setLanguage(language: Language): void {
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
}
