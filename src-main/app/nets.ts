/** Which models the workers use and where they run: chosen once, by trial, when the first frame needs them. */
import { chooseProvider, findModels, isComplete, levelOf, type ModelLevel, type ModelSet } from '../inference/index.ts';
import type { NetsChoice, TaskResult } from '../workers/index.ts';
import type { SettingsService } from './settings.ts';
import type { Tasks } from './tasks.ts';

export type Examination = TaskResult<'examine'>;

export interface Nets {
  /** Id of the models that are there now; '' for none. */
  modelsId(): Promise<string>;
  /** What the models that are there can see. */
  level(): Promise<ModelLevel>;
  /** The choice for a scan; the first call tries the providers, which takes seconds. */
  choose(signal: AbortSignal): Promise<NetsChoice>;
  /** What a worker finds on this machine, tried anew. */
  examine(signal: AbortSignal): Promise<Examination>;
}

export function createNets(options: {
  readonly tasks: Tasks;
  readonly settings: SettingsService;
  readonly modelFolders: readonly string[];
  readonly threads: number;
  readonly log: (line: string) => void;
}): Nets {
  const { tasks, settings, modelFolders, threads, log } = options;
  let known: { readonly modelsId: string; readonly examination: Examination } | null = null;

  let whole: ModelSet | null = null;
  /** Finding reads and hashes all models, and every client asks as it connects: once all are there, they are there. */
  const models = async () => {
    if (whole !== null) return whole;
    const found = await findModels(modelFolders);
    if (isComplete(found)) whole = found;
    return found;
  };
  const modelsId = async () => (await models()).id;
  const examine = async (signal: AbortSignal) => {
    const examination = await tasks.run('examine', { modelFolders, threads }, {}, () => [], { signal });
    known = { modelsId: examination.models.id, examination };
    return examination;
  };

  return {
    modelsId,
    level: async () => levelOf(await models()),
    examine,
    async choose(signal) {
      const id = await modelsId();
      const preference = settings.get().provider;
      // Without models nothing runs on a provider, and the CPU always works.
      if (id === '' || preference === 'cpu') return { modelFolders, modelsId: id, threads, provider: 'cpu' };
      const { providers } = known?.modelsId === id ? known.examination : await examine(signal);
      const { provider, note } = chooseProvider(preference, providers);
      if (note !== null) log(note);
      return { modelFolders, modelsId: id, threads, provider };
    },
  };
}
