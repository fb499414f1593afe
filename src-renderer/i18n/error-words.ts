/** What is said about an error: the window's words where there are some for its code, else the error's own. */
import { appErrorFrom } from '../../src-main/contract/errors.ts';
import { hasText, t } from './index.ts';

export function errorWords(error: unknown): string {
  const { code, message } = appErrorFrom(error);
  const key = `shell.error.${code}`;
  return hasText(key) ? t(key, { message }) : message;
}
