/** What a run was going to learn from when it began, kept beside its checkpoints so that it goes on with the very same. */
import { hash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainingData } from '../../contract/training.ts';
import { canonicalJson, type JsonValue } from '../../store/index.ts';
import { writeWhole } from '../../store/whole-file.ts';
import type { BlobHash, TrainingMaterial } from '../../workers/index.ts';

export interface RunPlan {
  readonly material: TrainingMaterial;
  /** Blobs that the material names. */
  readonly blobs: readonly BlobHash[];
  /** Files that it names which are no blobs of the store. */
  readonly files: Readonly<Record<string, string>>;
  readonly data: TrainingData;
  /** Ids of what it rests on, for the version that comes out. */
  readonly sources: Readonly<Record<string, JsonValue>>;
  /** Of one inference run: part of what makes the weights. */
  readonly threads: number;
}

/** SHA-256 of the material. */
export const materialHash = ({ material }: RunPlan): string =>
  hash('sha256', canonicalJson(JSON.parse(JSON.stringify(material)) as JsonValue));

/** The plan in `folder`; made by `make` and written there where there is none. Errors: those of both. */
export async function planIn(folder: string, make: () => Promise<RunPlan>): Promise<RunPlan> {
  const path = join(folder, 'plan.json');
  const known = await readFile(path, 'utf8').catch(() => null);
  // Written below, whole or not at all.
  if (known !== null) return JSON.parse(known) as RunPlan;
  const plan = await make();
  await mkdir(folder, { recursive: true });
  await writeWhole(path, (aside) => writeFile(aside, JSON.stringify(plan)));
  return plan;
}
