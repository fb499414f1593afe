/** The files of a package against its manifest: which were altered, added, removed, renamed or moved. */
import type { Manifest, PackageFault } from '../../contract/evidence.ts';
import { manifestName, signatureName } from './package-names.ts';
import type { ReadEntry } from './read-zip.ts';

type File = Pick<ReadEntry, 'name' | 'bytes' | 'sha256'>;

/** Pure. */
export function faultsInList(found: readonly File[], { entries }: Pick<Manifest, 'entries'>): PackageFault[] {
  const own = [manifestName, signatureName];
  const listed = new Map(entries.map((entry) => [entry.name, entry]));
  const seen = new Set<string>();
  const faults: PackageFault[] = [];
  const add = (fault: PackageFault['fault'], entry: string, reason: string) => faults.push({ fault, entry, reason });

  const strangers: File[] = [];
  for (const file of found) {
    const { name, sha256, bytes } = file;
    const isTwice = seen.has(name);
    seen.add(name);
    const wanted = listed.get(name);
    if (isTwice) add('file-added', name, `${name} is there a second time.`);
    else if (wanted === undefined && !own.includes(name)) strangers.push(file);
    else if (wanted !== undefined && (wanted.sha256 !== sha256 || wanted.bytes !== bytes)) {
      add('content-altered', name, `${name} is not what was signed: its bytes were altered.`);
    }
  }
  for (const { name, sha256 } of entries.filter((entry) => !seen.has(entry.name))) {
    const at = strangers.findIndex((file) => file.sha256 === sha256);
    const [stranger] = at < 0 ? [] : strangers.splice(at, 1);
    if (stranger === undefined) add('file-removed', name, `${name} was removed.`);
    else add('file-renamed', name, `${name} was renamed to ${stranger.name}.`);
  }
  for (const { name } of strangers) add('file-added', name, `${name} was added: the manifest does not list it.`);
  if (faults.length > 0) return faults;

  const order = [...entries.map(({ name }) => name), ...own];
  const moved = found.find(({ name }, index) => name !== order[index]);
  if (moved !== undefined) add('files-reordered', moved.name, `${moved.name} is not in its place among the files.`);
  return faults;
}
