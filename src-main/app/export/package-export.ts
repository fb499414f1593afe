/** An evidence package of flags: clips, copies to look at, how each was found and decided, and the audit log's rows. */
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256File } from '../../archive/index.ts';
import { englishFor } from '../../contract/wording/en.ts';
import {
  auditExcerpt,
  auditName,
  type Content,
  type ExportedFlag,
  flagRecord,
  jsonContent,
  makePackage,
  type SigningKey,
  textContent,
  timesOf,
} from '../../review/index.ts';
import type { Store } from '../../store/index.ts';
import { clipExtension } from '../../video/clip-extension.ts';
import { type FootageTools, type MadeClip, withClip, withViewingCopy } from './footage-of.ts';
import { packageReadme } from './package-readme.ts';

export interface PackageTools extends Omit<FootageTools, 'store' | 'onShare'> {
  readonly store: Pick<Store, 'recordings' | 'blobs' | 'audit'>;
  readonly key: SigningKey;
  /** Name and version. */
  readonly program: string;
  readonly now: () => number;
  /** An empty folder of this work alone. */
  readonly folder: string;
  /** Steps done of `total`, in parts of a step. */
  readonly onStep: (done: number, total: number) => void;
}

export interface PackageRequest {
  readonly flags: readonly ExportedFlag[];
  readonly exact: boolean;
  readonly whole: boolean;
}

/** Of a flag: hashing its recording, cutting, copying. */
const stepsOfFlag = 3;

/** Writes the package to the new file `out`. Errors: those of the recordings' files and of writing; `cancelled`. */
export async function exportPackage(tools: PackageTools, request: PackageRequest, out: string): Promise<void> {
  const { flags } = request;
  const total = flags.length * stepsOfFlag + 1;
  const contents: Content[] = [];
  const originals = new Map<string, Content>();
  for (const [index, exported] of flags.entries()) {
    const onShare = (step: number) => (share: number) => tools.onStep(index * stepsOfFlag + step + share, total);
    const name = `flags/${String(index + 1).padStart(2, '0')}-${exported.flag.id.slice(0, 12)}`;
    contents.push(...(await contentsOf(tools, exported, request.exact, name, onShare)));
    const { recording } = exported;
    if (request.whole && !originals.has(recording.id)) {
      const extension = /\.[A-Za-z0-9]{1,8}$/.exec(recording.path)?.[0].toLowerCase() ?? '';
      originals.set(recording.id, { name: `originals/${recording.id}${extension}`, path: recording.path });
    }
  }
  const shown = new Set(flags.map(({ flag }) => flag.id));
  const audit = auditExcerpt(tools.store.audit.all(), ({ subject }) => shown.has(subject));
  const facts = {
    ...{ program: tools.program, madeAtMs: tools.now(), flags: [...shown], auditHead: audit.head },
  };
  await makePackage(
    out,
    [
      textContent('README.txt', packageReadme(flags, tools.key.fingerprint)),
      jsonContent(auditName, audit),
      ...contents,
      ...originals.values(),
    ],
    facts,
    tools.key,
    {
      signal: tools.signal,
      onProgress: (done, of) => tools.onStep(total - 1 + (of > 0 ? Math.min(1, done / of) : 0), total),
    },
  );
}

async function contentsOf(
  tools: PackageTools,
  exported: ExportedFlag,
  exact: boolean,
  name: string,
  onShare: (step: number) => (share: number) => void,
): Promise<Content[]> {
  const { flag, recording } = exported;
  const folder = join(tools.folder, flag.id);
  await mkdir(folder, { recursive: true });
  const sha256 = await originalHash(tools, exported, onShare(0));
  const extension = clipExtension(recording.video?.codec ?? '');
  const clipName = `clip${extension}`;
  // Only MP4 can begin between keyframes without an encoder, and what an encoder made is no evidence.
  const begin = exact && extension === '.mp4';
  const clip = await withClip({ ...tools, onShare: onShare(1) }, exported, begin, async (made) => {
    await copyFile(made.path, join(folder, clipName));
    return made;
  });
  await withViewingCopy({ ...tools, onShare: onShare(2) }, exported, clip, (path) =>
    copyFile(path, join(folder, 'viewing.mp4')),
  );
  const { start, end, keyframe, method, sound } = clip;
  const claims = flag.claims.map((claim) => `- ${englishFor.claim(claim)} (${claim.evidence.join(' s, ')} s)`);
  return [
    jsonContent(`${name}/flag.json`, flagRecord(exported)),
    textContent(`${name}/explanation.txt`, `${[flag.explanation, '', 'Evidence frames:', ...claims].join('\n')}\n`),
    jsonContent(`${name}/times.json`, timesOf(exported)),
    jsonContent(
      `${name}/verdicts.json`,
      exported.verdicts.map((entry) => ({ ...entry })),
    ),
    { name: `${name}/trajectory.json`, bytes: await tools.store.blobs.read(flag.trajectory) },
    jsonContent(`${name}/footage.json`, {
      original: { sha256, bytes: recording.bytes, fingerprint: recording.id },
      clip: { file: clipName, pictures: method, start, end, firstFrame: keyframe, sound: soundWords(sound) },
      viewing: { file: 'viewing.mp4', pictures: 'encoded', start, end, sound: 'left out' },
    }),
    { name: `${name}/${clipName}`, path: join(folder, clipName) },
    { name: `${name}/viewing.mp4`, path: join(folder, 'viewing.mp4') },
  ];
}

/** What became of the recording's sound. */
const soundWords = (sound: MadeClip['sound']): string =>
  sound === null ? 'none' : `${sound.codec}, ${sound.isCopied ? 'copied' : 'left out'}`;

/** SHA-256 of the whole recording; computed now, since what was computed once is no evidence of today's file. */
async function originalHash(
  { store, signal }: PackageTools,
  { recording: { id, path, bytes } }: ExportedFlag,
  onShare: (share: number) => void,
): Promise<string> {
  const sha256 = await sha256File(path, { signal, onProgress: (done) => onShare(bytes > 0 ? done / bytes : 1) });
  store.recordings.setSha256(id, sha256);
  return sha256;
}
