/** The bare page of the web host: one self-contained document and the headers that keep it so. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** With plain line ends: a browser hashes what it has parsed, and a checkout on Windows may have others. */
const read = (name: string) =>
  readFileSync(new URL(`./page/${name}`, import.meta.url), 'utf8').replaceAll('\r\n', '\n');
const sourceHash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const style = read('page.css');
const script = read('page.js');

export const pageHtml = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Anom-π Review</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<header><h1>Anom-π Review</h1><div id="status" role="status">Connecting…</div></header>
<dl>
<div><dt>Data folder</dt><dd id="folder">–</dd></div>
<div><dt>Recordings</dt><dd id="recordings">–</dd></div>
<div><dt>Unreadable</dt><dd id="unreadable">–</dd></div>
<div><dt>Flags</dt><dd id="flag-count">–</dd></div>
<div><dt>Version</dt><dd id="version">–</dd></div>
</dl>
<main>
<h2>Jobs</h2>
<ul id="jobs"></ul>
<h2>Flagged intervals</h2>
<ul id="flags"></ul>
</main>
<script>${script}</script>
</body>
</html>
`;

/** Nothing but the page's own two pieces runs, nothing but this host is spoken to, and nobody frames it. */
export const pageHeaders = (host: string): Readonly<Record<string, string>> => ({
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': [
    "default-src 'none'",
    `script-src ${sourceHash(script)}`,
    `style-src ${sourceHash(style)}`,
    'img-src data:',
    // `'self'` covers WebSockets in some browsers only.
    `connect-src ws://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
});
