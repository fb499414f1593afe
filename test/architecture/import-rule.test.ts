/** The check of the import rule catches one planted violation of every rule, by the rule's name. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Rule {
  readonly name: string;
}
interface Report {
  readonly summary: { readonly violations: readonly { readonly from: string; readonly rule: Rule }[] };
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const configName = '.dependency-cruiser.cjs';
const { forbidden } = createRequire(import.meta.url)(join(root, configName)) as { forbidden: readonly Rule[] };
const ruleNames = forbidden.map(({ name }) => name);
const folders = ruleNames.flatMap((name) => /^(\w+)-imports-only-from-above$/.exec(name)?.[1] ?? []);
const owners = ruleNames.flatMap((name) => {
  const match = /^only-([\w/]+)-imports-(.+)$/.exec(name);
  return match === null ? [] : [{ folder: match[1] ?? '', library: match[2] ?? '' }];
});

const component = (script: string) => `<script setup lang="ts">\n${script}\n</script>\n`;

/**
 * Files that break a rule, by the rule: the first is the one that the check must name. Folder rules are broken by looking
 * down the list; the last folder has nothing below it in src-main, and looks at the tests.
 */
const planted: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...Object.fromEntries(
    folders.map((folder, index) => {
      const below = folders[index + 1];
      const target = below === undefined ? '../../test/planted-target.ts' : `../${below}/planted-target.ts`;
      const file = `src-main/${folder}/looks-down.ts`;
      return [`${folder}-imports-only-from-above`, { [file]: `import '${target}';\n` }];
    }),
  ),
  ...Object.fromEntries(
    owners.map(({ folder, library }) => [
      `only-${folder}-imports-${library}`,
      { [`src-main/math/takes-${library}.ts`]: `import '${library}';\n` },
    ]),
  ),
  'every-library-has-an-owner': { 'src-main/hosts/takes-a-stranger.ts': "import 'left-pad';\n" },
  'renderer-imports-only-the-contract': {
    'src-renderer/reaches-in.ts': "import '../src-main/math/planted-target.ts';\n",
  },
  'only-the-renderer-imports-its-libraries': { 'src-main/app/takes-vue.ts': "import 'vue';\n" },
  'only-stores-hold-the-client': {
    'src-renderer/components/Talks.vue': component("import '../client/planted-target.ts';"),
  },
  'renderer-arithmetic-knows-no-components': { 'src-renderer/lib/takes-vue.ts': "import 'vue';\n" },
  'pure-folders-have-no-node-builtins': { 'src-main/math/reads-files.ts': "import 'node:fs';\n" },
  'the-core-never-loads-a-decoder-or-a-runtime': {
    'src-main/hosts/core.ts': "import '../app/passes-it-on.ts';\n",
    'src-main/app/passes-it-on.ts': "import '../video/decodes.ts';\n",
    'src-main/video/decodes.ts': "import 'node-av';\n",
  },
  'no-cycles': {
    'src-main/review/here.ts': "import './there.ts';\n",
    'src-main/review/there.ts': "import './here.ts';\n",
  },
};

/** What keeps every rule: each folder imports the one above it, and its own library. */
const lawful: Readonly<Record<string, string>> = {
  'test/planted-target.ts': 'export {};\n',
  ...Object.fromEntries(folders.map((folder) => [`src-main/${folder}/planted-target.ts`, 'export {};\n'])),
  ...Object.fromEntries(
    folders.slice(1).map((folder) => [`src-main/${folder}/looks-up.ts`, "import '../contract/planted-target.ts';\n"]),
  ),
  ...Object.fromEntries(
    owners.map(({ folder, library }) => [`src-main/${folder}/owns-${library}.ts`, `import '${library}';\n`]),
  ),
  'src-renderer/shows.ts': "import '../src-main/contract/planted-target.ts';\n",
  'src-renderer/client/planted-target.ts': 'export {};\n',
  'src-renderer/stores/talks.ts': "import '../client/planted-target.ts';\n",
  'src-renderer/views/ShownView.vue': component("import 'vue';\nimport '../stores/talks.ts';"),
  'src-main/math/pure.test.ts': "import 'node:fs';\nimport '../hosts/planted-target.ts';\n",
};

let tree: string;

/** Rules that the check finds broken, each with the file that breaks it. */
async function check(files: Readonly<Record<string, string>>): Promise<{ rule: string; from: string }[]> {
  const here = await mkdtemp(join(tree, 'case-'));
  await cp(join(tree, 'base'), here, { recursive: true });
  await write(here, files);
  const depcruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const args = [depcruise, '--config', configName, '--output-type', 'json', 'src-main', 'src-renderer', 'test'];
  // The exit code is the number of violations.
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: here, maxBuffer: 2 ** 26 }).catch(
    (error: { stdout: string }) => error,
  );
  const report = JSON.parse(stdout) as Report;
  return report.summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }));
}

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), 'anom-pi-imports-'));
  const libraries = [...owners.map(({ library }) => library), 'vue', 'left-pad'];
  const dependencies = Object.fromEntries(libraries.map((library) => [library, '*']));
  await write(join(tree, 'base'), {
    ...lawful,
    'package.json': JSON.stringify({ type: 'module', dependencies }),
    'tsconfig.json': await readFile(join(root, 'tsconfig.json'), 'utf8').then((text) =>
      text.replace(/"extends": \[.*\],/, ''),
    ),
    ...Object.fromEntries(
      libraries.flatMap((library) => [
        [`node_modules/${library}/package.json`, JSON.stringify({ name: library, main: 'index.js' })],
        [`node_modules/${library}/index.js`, ''],
      ]),
    ),
  });
  await cp(join(root, configName), join(tree, 'base', configName));
});
afterAll(async () => {
  await rm(tree, { recursive: true });
});

describe('the import rule', () => {
  it('has a planted violation for every rule', () => {
    expect(Object.keys(planted).toSorted()).toEqual(ruleNames.toSorted());
  });

  it('is content with a tree that keeps it', async () => {
    expect(await check({})).toEqual([]);
  });

  it('catches each of them', async () => {
    const found = await check(Object.assign({}, ...Object.values(planted)));
    const pairs = found.map(({ rule, from }) => `${rule}: ${from}`);
    const expected = Object.entries(planted).map(([rule, files]) => `${rule}: ${Object.keys(files)[0]}`);
    expect(expected.filter((pair) => !pairs.includes(pair))).toEqual([]);
  });

  it.each(['video', 'training', 'hosts'])('catches transport taking anything but the contract: %s', async (folder) => {
    const found = await check({ 'src-main/transport/reaches.ts': `import '../${folder}/planted-target.ts';\n` });
    expect(found).toEqual([{ rule: 'transport-imports-only-from-above', from: 'src-main/transport/reaches.ts' }]);
  });
});

it('every library that the program needs at run time has an owner', async () => {
  const { dependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  // The shell brings itself; what the window is made of is bundled into it.
  const needed = [...Object.keys(dependencies), 'electron'];
  expect(owners.map(({ library }) => library).toSorted()).toEqual(needed.toSorted());
});
