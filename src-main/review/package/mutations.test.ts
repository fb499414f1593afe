/** Evidence packages with anything changed: not one of a thousand mutations holds, and each is refused with a reason. */
import { afterAll, expect, test } from 'vitest';
import { randomFrom } from '../../math/random.ts';
import { jsonContent, textContent } from './make-package.ts';
import { createSamplePackage, excerpt, filesOf } from './testing/sample-package.ts';
import type { Content } from './write-zip.ts';

const { bytes, verify, zipOf, remove } = await createSamplePackage();
afterAll(remove);

test('one thousand mutations are all refused with a reason', async () => {
  const random = randomFrom(20261121);
  const files = filesOf(bytes);
  const anywhere = () => random.integer(bytes.length);
  const refused = new Map<string, number>();
  const missed: string[] = [];
  const mutate = async (): Promise<[string, Buffer]> => {
    const kind = random.integer(100);
    if (kind < 70) {
      const changed = Buffer.from(bytes);
      const position = anywhere();
      changed[position] = ((changed[position] ?? 0) + 1 + random.integer(255)) % 256;
      return [`byte ${position}`, changed];
    }
    if (kind < 76) return ['cut', bytes.subarray(0, anywhere())];
    if (kind < 80) {
      const position = anywhere();
      return [
        `slipped in at ${position}`,
        Buffer.concat([bytes.subarray(0, position), Buffer.from([random.integer(256)]), bytes.subarray(position)]),
      ];
    }
    if (kind < 84) {
      const position = anywhere();
      return [`taken out at ${position}`, Buffer.concat([bytes.subarray(0, position), bytes.subarray(position + 1)])];
    }
    const one = random.integer(files.length);
    const other = (one + 1 + random.integer(files.length - 1)) % files.length;
    const changed: Content[] = [...files];
    const file = files[one] ?? { name: '', bytes };
    if (kind < 87) changed.splice(one, 0, textContent(`added-${random.integer(1e6)}`, 'x'));
    else if (kind < 90) changed.splice(one, 1);
    else if (kind < 93) changed[one] = { ...file, name: `${file.name}.old` };
    else if (kind < 96) [changed[one], changed[other]] = [files[other] ?? file, file];
    else {
      const log = files.findIndex(({ name }) => name === 'audit.json');
      const { rows, ...rest } = excerpt();
      const row = random.integer(rows.length);
      const altered = rows.map((each, index) =>
        index === row ? { ...each, atMs: each.atMs + 1 + random.integer(1e6) } : each,
      );
      changed[log] = jsonContent('audit.json', { ...rest, rows: altered });
    }
    return [`files, kind ${kind}`, await zipOf(changed)];
  };
  for (let count = 0; count < 1000; count++) {
    const [what, changed] = await mutate();
    if (changed.equals(bytes)) continue;
    const { holds, faults } = await verify(changed);
    if (holds || faults.length === 0 || faults.some(({ reason }) => reason.length < 10)) missed.push(what);
    for (const { fault } of faults) refused.set(fault, (refused.get(fault) ?? 0) + 1);
  }
  expect(missed).toEqual([]);
  // Every way of being refused was met but the ones that a key decides.
  expect([...refused.keys()].toSorted()).toEqual([
    ...[
      'audit-altered',
      'content-altered',
      'cut-off',
      'directory-altered',
      'file-added',
      'file-removed',
      'file-renamed',
    ],
    ...['files-reordered', 'header-altered', 'manifest-altered', 'no-package', 'signature-altered'],
  ]);
});

test('every byte of a package counts, whatever it is part of', async () => {
  const held: number[] = [];
  // All of them take half a minute.
  for (let position = 1; position < bytes.length; position += 3) {
    const changed = Buffer.from(bytes);
    changed[position] = (changed[position] ?? 0) ^ (1 << (position % 8));
    if ((await verify(changed)).holds) held.push(position);
  }
  expect(held).toEqual([]);
});
