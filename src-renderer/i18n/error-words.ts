/** What is said about an error: the window's own words where there are some for its code, else those of its language. */
import { appErrorFrom } from '../../src-main/contract/errors.ts';
import { hasText, t } from './index.ts';
import { wording } from './wording.ts';

export function errorWords(error: unknown): string {
  const known = appErrorFrom(error);
  const key = `shell.error.${known.code}`;
  return hasText(key) ? t(key) : wording.error(known);
}
