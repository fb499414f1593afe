import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { versionIn } from './find-electron.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anom-pi-find-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ['{"version":"45.4.1"}', '45.4.1'],
  ['{"version":"45.', null],
  ['', null],
])('the version of a package whose manifest reads %s is %s', (manifest, version) => {
  writeFileSync(join(folder, 'package.json'), manifest);
  expect(versionIn(folder)).toBe(version);
});

test('a package that is not there has none', () => {
  expect(versionIn(join(folder, 'missing'))).toBeNull();
});
