/** Compares secrets without telling by the time it takes how much of a guess was right. */
import { createHash, timingSafeEqual } from 'node:crypto';

/** Hashed first: the comparison wants equal lengths, and the length is a secret's too. */
export function isSameSecret(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}
