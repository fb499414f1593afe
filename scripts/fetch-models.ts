/** Fetches the nets into resources/models, or another folder that is named, and says in one line what it did. */
import { join, relative } from 'node:path';
import { appErrorFrom } from '../src-main/contract/errors.ts';
import { fetchModels, findModels, isComplete } from '../src-main/inference/index.ts';

const root = join(import.meta.dirname, '..');
const folder = process.argv[2] ?? join(root, 'resources', 'models');
const shown = relative(root, folder);

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

async function line(): Promise<string> {
  if (isComplete(await findModels([folder]))) return `models: already in ${shown}.`;
  const start = performance.now();
  try {
    await fetchModels(folder, { signal: stop.signal });
    return `models: fetched and converted into ${shown} in ${Math.round((performance.now() - start) / 1000)} s.`;
  } catch (error) {
    const { code, message } = appErrorFrom(error);
    const what = code === 'network-unavailable' ? `no network (${message.replace(/\.$/, '')}).` : message;
    return `models: ${what} The program runs on motion alone and tries again at first start.`;
  }
}

console.log(await line());
