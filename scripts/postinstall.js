/**
 * Runs at the end of `npm install`, on whatever Node npm has: fetches the nets and builds the window, with the project's
 * own Node 24. It never fails the install; what could not be done now is done at first start.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const models = {
  name: 'models',
  script: 'fetch-models.ts',
  undone: 'not fetched',
  later: 'The program runs on motion alone and tries again at first start.',
  // Beyond the ten minutes that the fetch gives itself.
  limitMs: 11 * 60_000,
};
const renderer = {
  name: 'window',
  script: 'build-renderer.ts',
  undone: 'not built',
  later: 'It is built at first start.',
  limitMs: 3 * 60_000,
};

function projectNode() {
  const own = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(own)) return own;
  return Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : null;
}

/** Runs one of the scripts; resolves to the line to be printed, whatever happens. */
function run(node, { name, script, undone, later, limitMs }) {
  return new Promise((resolve) => {
    const child = spawn(node, [join(root, 'scripts', script)], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: limitMs,
      windowsHide: true,
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (errors = (errors + data).slice(-8000)));
    child.on('error', (error) => resolve(`${name}: ${undone} (${error.message}). ${later}`));
    child.on('close', (code, signal) => {
      const said = output.trim().split('\n').at(-1);
      if (code === 0) return resolve(said || `${name}: already there.`);
      const reason = errors.split('\n').find((line) => /^\w*Error\b/.test(line)) ?? `it ended with ${signal ?? code}`;
      return resolve(`${name}: ${undone} (${reason.trim()}). ${later}`);
    });
  });
}

const node = projectNode();
for (const task of [models, renderer]) {
  if (task === models && process.env.ANOM_PI_SKIP_MODELS === '1') {
    console.log(`models: skipped, as ANOM_PI_SKIP_MODELS=1 asks. ${task.later}`);
  } else if (node === null) {
    console.log(`${task.name}: ${task.undone}, there is no Node 24 (devDependency "node"). ${task.later}`);
  } else {
    console.log(await run(node, task));
  }
}
