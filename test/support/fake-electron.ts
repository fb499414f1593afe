/** An npm package of Electron whose binary and download are scripts of the test's. POSIX only. */
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface FakeElectron {
  readonly packageFolder: string;
  /** Puts a binary in place: a shell script. Each run leaves a line in `runs`. */
  setBinary(script: string): Promise<void>;
  /** What its download does: plain JavaScript, run in the package's folder. */
  setDownload(script: string): Promise<void>;
  /** One line per run of the binary: its arguments. */
  runs(): readonly string[];
}

export const fakeVersion = '45.9.9';

export async function createFakeElectron(folder: string): Promise<FakeElectron> {
  const packageFolder = join(folder, 'electron');
  const runs = join(folder, 'runs');
  await mkdir(join(packageFolder, 'dist'), { recursive: true });
  await writeFile(join(packageFolder, 'package.json'), JSON.stringify({ name: 'electron', version: fakeVersion }));
  return {
    packageFolder,
    async setBinary(script) {
      const binary = join(packageFolder, 'dist', 'electron');
      await writeFile(binary, `#!/bin/sh\necho "$*" >> '${runs}'\n${script}\n`);
      await chmod(binary, 0o755);
      await writeFile(join(packageFolder, 'path.txt'), 'electron');
    },
    async setDownload(script) {
      await writeFile(join(packageFolder, 'install.js'), `process.chdir(__dirname);\n${script}\n`);
    },
    runs: () => (existsSync(runs) ? readFileSync(runs, 'utf8').trimEnd().split('\n') : []),
  };
}
