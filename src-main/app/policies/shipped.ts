/** The version of the nano policy that comes with the program: two files, entered among the versions at every start. */
import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appErrorFrom, AppError } from '../../contract/errors.ts';
import { shippedCardSchema } from '../../contract/policy-version.ts';
import { parseAs } from '../../contract/validate.ts';
import { decodeNano } from '../../inquiry/policies/nano/index.ts';
import type { JsonValue, Store } from '../../store/index.ts';

/**
 * Enters the version in `folder` (`nano.bin`, and `nano.json` with what is known of it) and puts it in force where none
 * is, or where that is one that came with an earlier program. What was there before stays as it is.
 * @returns Why it could not be entered, in one sentence; null where it was. Nothing else depends on it.
 * Errors: `disk-full`, `permission-denied` of the store.
 */
export async function registerShipped(store: Store, folder: string, nowMs: number): Promise<string | null> {
  const read = await readShipped(folder).catch((error: unknown) => appErrorFrom(error));
  if (read instanceof AppError) return read.message;
  const { bytes, card } = read;
  const { policyVersions } = store;
  // Written anew where its blob was damaged.
  const weights = await store.blobs.put(bytes);
  const before = policyVersions.count();
  const { name, settings, data, command, curves = card.points } = card;
  const seed = card.seed ?? seedOf(settings['seed']);
  const id = policyVersions.add({
    ...{ policy: 'nano', origin: 'shipped', name, parents: [], seed, weights, bytes: bytes.length, curves, gate: null },
    settings: plain({ ...settings, ...(command !== undefined && { command }) }),
    data: plain(Array.isArray(data) ? { sources: data } : data),
    createdAtMs: card.createdAtMs ?? nowMs,
  });
  const active = policyVersions.active();
  const isNew = policyVersions.count() > before;
  // Whoever trained a version of his own, or went back to an older one, keeps it.
  if (active === null || (isNew && policyVersions.get(active)?.origin === 'shipped')) {
    policyVersions.activate(id, 'first', nowMs);
  }
  return null;
}

async function readShipped(folder: string) {
  const [weightsPath, cardPath] = [join(folder, 'nano.bin'), join(folder, 'nano.json')];
  const bytes = await readFile(weightsPath).catch((error: unknown) => {
    throw unreadable(`The weights of the nano policy cannot be read from ${weightsPath}`, error);
  });
  const text = await readFile(cardPath, 'utf8').catch((error: unknown) => {
    throw unreadable(`The description of the nano policy cannot be read from ${cardPath}`, error);
  });
  try {
    decodeNano(bytes);
  } catch (error) {
    throw unreadable(`The weights of the nano policy in ${weightsPath} are damaged`, error);
  }
  const card = cardFrom(text, cardPath);
  if (card.weights !== undefined && card.weights !== hash('sha256', bytes)) {
    throw unreadable(
      `The weights of the nano policy in ${weightsPath} are damaged`,
      'their hash is not that of the card',
    );
  }
  return { bytes, card };
}

function cardFrom(text: string, path: string) {
  try {
    return parseAs(shippedCardSchema, JSON.parse(text), path);
  } catch (error) {
    throw unreadable(`The description of the nano policy in ${path} is damaged`, error);
  }
}

const wayOut = 'everything but this policy works; install the program again';

const unreadable = (what: string, error: unknown) =>
  new AppError('model-missing', `${what}: ${wayOut} (${error instanceof Error ? error.message : String(error)}).`, {
    cause: error,
  });

const seedOf = (value: unknown): number | string =>
  typeof value === 'number' || typeof value === 'string' ? value : 0;

/** What was read from JSON is such a value. */
const plain = (value: Readonly<Record<string, unknown>>) => value as Readonly<Record<string, JsonValue>>;
