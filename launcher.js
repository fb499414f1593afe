#!/usr/bin/env node
/** Starts the command line on a Node that can run it: the one that runs this, or the project's own. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// Plain JavaScript without dependencies: an old Node must get as far as telling what is missing.
const neededMajor = 24;
const root = dirname(fileURLToPath(import.meta.url));
const entry = join(root, 'src-main', 'hosts', 'cli', 'main.ts');

function fail(reason) {
  process.stderr.write(`anom-pi: ${reason} Run \`npm install\` in ${root} once, then try again.\n`);
  process.exit(1);
}

function ownNode() {
  const candidates =
    process.platform === 'win32'
      ? ['node_modules/node/bin/node.exe', 'node_modules/.bin/node.exe']
      : ['node_modules/node/bin/node', 'node_modules/.bin/node'];
  return candidates.map((candidate) => join(root, candidate)).find((candidate) => existsSync(candidate));
}

function runOn(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    // The channel tells the child when this process is gone, however it went.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];
  for (const signal of passedOn) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the child as well; a second one would end it without tidying up.
      const fromTerminal = process.stdin.isTTY && (signal === 'SIGINT' || signal === 'SIGQUIT');
      if (!fromTerminal) child.kill(signal);
    });
  }
  child.once('error', (error) => fail(`the project's own Node does not start (${error.message}).`));
  child.once('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    for (const name of passedOn) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}

// `npm run` changes to the project's root and keeps the caller's folder in INIT_CWD. Started in any other way, an
// INIT_CWD that is there belongs to some other npm script around us.
if (process.cwd() !== root || process.env.INIT_CWD === undefined) process.env.INIT_CWD = process.cwd();

if (Number(process.versions.node.split('.')[0]) < neededMajor) {
  const node = ownNode();
  if (node === undefined) fail(`this is Node ${process.versions.node}, Node ${neededMajor} is needed.`);
  else runOn(node);
} else if (!existsSync(join(root, 'node_modules'))) {
  fail('the libraries are not installed.');
} else {
  process.argv.splice(1, 1, entry);
  await import(pathToFileURL(entry).href);
}
