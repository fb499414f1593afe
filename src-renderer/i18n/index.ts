/** The window's words: one language at a time, keys checked by the compiler. */
import { createI18n } from 'vue-i18n';
import { shortWords as englishWords } from '../../src-main/contract/wording/en-terms.ts';
import { englishFor } from '../../src-main/contract/wording/en.ts';
import { shortWords as chineseWords } from '../../src-main/contract/wording/zh-terms.ts';
import { chineseFor } from '../../src-main/contract/wording/zh.ts';
import { setClassNames } from '../lib/class-label.ts';
import { setFormatLocale } from '../lib/format-locale.ts';
import { en } from './en/index.ts';
import { zh } from './zh/index.ts';

/** Dotted paths to the texts of `T`. */
type PathsOf<T> = {
  readonly [K in keyof T & string]: T[K] extends string ? K : `${K}.${PathsOf<T[K]>}`;
}[keyof T & string];

/** Every text there is, as `area.key`. Areas whose texts are chosen by an id have keys that end in that id. */
export type MessageKey = PathsOf<typeof en>;

/** Languages that there are words for. */
export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

export const i18n = createI18n({ legacy: false, locale: 'en', fallbackLocale: 'en', messages: { en, zh } });

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
  return known.flatMap((tag) => languages.filter((language) => language === tag))[0] ?? 'en';
}

/** Words in that language, and numbers, dates and lengths as the system's own kind of it has them. */
export function setLanguage(language: Language, system: readonly string[]): void {
  const tag = system.find((each) => each.toLowerCase().split('-')[0] === language) ?? formatTags[language];
  setFormatLocale(tag, shortWords[language]);
  setClassNames(wordings[language].class);
  i18n.global.locale.value = language;
  document.documentElement.lang = formatTags[language];
}

const wordings: Readonly<Record<Language, typeof englishFor>> = { en: englishFor, zh: chineseFor };
const shortWords = { en: englishWords, zh: chineseWords } satisfies Record<Language, unknown>;
/** Claims and paths in the window's language; asked for anew each time, so that what shows them follows a change of it. */
export const currentWording = () => wordings[i18n.global.locale.value];

/** BCP 47. Which Chinese it is decides which forms of the characters are drawn. */
const formatTags: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-CN' };
