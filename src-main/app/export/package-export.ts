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
  sidecarJson,
  textContent,
  timesOf,
  webVttText,
} from '../../review/index.ts';
import type { Store } from '../../store/index.ts';
import type { ClipCut, ViewingStyle } from '../../contract/evidence.ts';
import { clipExtension } from '../../video/clip-extension.ts';
import { type FootageTools, type MadeClip, type MadeCopy, withClip, withViewingCopy } from './footage-of.ts';
import { footageOfFlag } from './gather.ts';
import { viewingNotes } from './notes.ts';
import { packageReadme } from './package-readme.ts';

export interface PackageTools extends Omit<FootageTools, 'store' | 'onShare'> {
  readonly store: Pick<Store, 'recordings' | 'frameCache' | 'blobs' | 'audit'>;
  readonly key: SigningKey;
  /** Name and version. */
  readonly program: string;
  readonly now: () => number;
  /** An empty folder of this work alone. */
  readonly folder: string;
  /** Takes what who hands the package on should know. */
  readonly note: (words: string) => void;
  /** Steps done of `total`, in parts of a step. */
  readonly onStep: (done: number, total: number) => void;
}

export interface PackageRequest {
  readonly flags: readonly ExportedFlag[];
  readonly cut: ClipCut;
  readonly viewing: Required<ViewingStyle>;
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
    contents.push(...(await contentsOf(tools, exported, request, name, onShare)));
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
  { cut, viewing }: PackageRequest,
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
  const begin = cut !== 'keyframe' && extension === '.mp4' ? 'exact' : 'keyframe';
  const footage = footageOfFlag(exported);
  const clip = await withClip({ ...tools, onShare: onShare(1) }, footage, begin, async (made) => {
    await copyFile(made.path, join(folder, clipName));
    return made;
  });
  const copy = await withViewingCopy({ ...tools, onShare: onShare(2) }, footage, clip, viewing, async (made) => {
    await copyFile(made.path, join(folder, 'viewing.mp4'));
    return made;
  });
  for (const note of viewingNotes(footage, viewing, copy)) tools.note(note);
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
      viewing: {
        ...{ file: 'viewing.mp4', pictures: 'encoded', start, end, sound: 'left out' },
        ...changesOf(recording.id, viewing, copy),
      },
    }),
    ...(viewing.beside
      ? [
          textContent(
            `${name}/viewing.overlay.json`,
            sidecarJson(copy.overlay?.frames ?? [], { recording: recording.id, shownFrom: start, shownTo: end }),
          ),
          textContent(`${name}/viewing.vtt`, webVttText([exported], start)),
        ]
      : []),
    { name: `${name}/${clipName}`, path: join(folder, clipName) },
    { name: `${name}/viewing.mp4`, path: join(folder, 'viewing.mp4') },
  ];
}

/** What the viewing copy shows that was not recorded, and what it does not show that was. */
function changesOf(
  recording: string,
  { draw, heads, regions }: Required<ViewingStyle>,
  { looked, headsHidden }: Pick<MadeCopy, 'looked' | 'headsHidden'>,
) {
  const own = regions.filter((region) => region.recording === recording);
  return {
    drawn: draw,
    hidden: {
      heads: heads ? { framesLookedAt: looked, hiddenInPictures: headsHidden } : null,
      regions: own.map(({ start, end, box }) => ({ start, end, box })),
    },
  };
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
