/** The ablation: what active looking, preferences, each term of the utility and each operator are worth. */
import { lookOperators } from '../../inquiry/operators.ts';
import type { Policy } from '../../inquiry/policy.ts';
import { policyNamed } from '../../inquiry/policies/index.ts';
import { nanoPolicy, openNano, type NanoModel, type NanoPolicy } from '../../inquiry/policies/nano/index.ts';
import type { SymbolicOptions } from '../../simulation/symbolic/index.ts';
import { defaultAeiWeights } from '../aei/utility.ts';
import { defaultIdpoSettings } from '../idpo/loss.ts';
import { trainRounds } from '../rounds/rounds.ts';
import { defaultRoundSettings, type RoundSettings } from '../rounds/settings.ts';
import { simulatedRounds } from '../start/simulated-rounds.ts';
import { simulatedTask } from '../start/simulated-task.ts';
import {
  drawnEpisodes,
  judgedEpisodes,
  rowOf,
  usageIn,
  type AblationRow,
  type JudgedEpisode,
} from './judged-episodes.ts';
import { operatorInformation, type OperatorInformation } from './operator-information.ts';
import { operatorTasks, operatorWorth, type OperatorWorth } from './operator-scenes.ts';
import { removable, withoutOperator } from './without-operator.ts';

export interface AblationSettings {
  readonly seed: string;
  /** Recordings that every row is measured on. */
  readonly heldOut: number;
  /** Scenes that were built for an operator, of each that looks. */
  readonly builtScenes: number;
  /** Recordings a round, and rounds, of each variant that is trained. */
  readonly roundRecordings: number;
  readonly rounds: number;
  readonly learningRate: number;
  readonly recordings: SymbolicOptions;
}

export interface AblationRun {
  readonly threads: number;
  readonly signal?: AbortSignal;
  readonly onRow?: (row: AblationRow) => void;
  readonly onWorth?: (worth: OperatorWorth) => void;
}

export interface Ablation {
  readonly settings: AblationSettings;
  readonly rows: readonly AblationRow[];
  /** Of the fully trained variant: what the kind of scene tells of its operators, on the recordings of the rows. */
  readonly operators: OperatorInformation;
  /** The same on the scenes that were built for operators, and what each is worth on its own ones. */
  readonly builtFor: { readonly operators: OperatorInformation; readonly worth: readonly OperatorWorth[] };
}

/** Policies that it is compared with: those that never decide where to look, and the hand-written one that does. */
const comparators = ['blind', 'triage', 'uniform', 'rules'] as const;

/** Variants of training: what each changes of the usual settings. DMPO's γ as in Shi et al. 2024. */
const variants: Readonly<Record<string, (settings: RoundSettings) => RoundSettings>> = {
  iDPO: (settings) => settings,
  'iDPO without information': (settings) => ({ ...settings, aei: { ...defaultAeiWeights, information: 0 } }),
  'iDPO without cost': (settings) => ({ ...settings, aei: { ...defaultAeiWeights, cost: 0 } }),
  'iDPO without localisation': (settings) => ({ ...settings, aei: { ...defaultAeiWeights, localisation: 0 } }),
  'iDPO with DMPO weights': (settings) => ({ ...settings, idpo: { ...defaultIdpoSettings, turnDiscount: 0.7 } }),
  'iDPO whatever the margin': (settings) => ({ ...settings, idpo: { ...defaultIdpoSettings, utilityScale: 1e-9 } }),
};

/**
 * Trains each variant from `start` on the same recordings, and measures all rows on the same held-out ones. One belief
 * judges all of them: that of `start`. Actions of nano are drawn at temperature 1, as in training: only that tells how it
 * uses its operators. What scans do, the likeliest tokens, has rows of its own.
 */
export async function ablate(start: NanoModel, settings: AblationSettings, run: AblationRun): Promise<Ablation> {
  const tasks = Array.from({ length: settings.heldOut }, (_, number) =>
    simulatedTask(`${settings.seed}/ablation/${number}`, settings.recordings),
  );
  await using judgeNet = await openNano(start, { provider: 'cpu', threads: 1 });
  const judge = nanoPolicy(judgeNet, { version: 'start', choose: 'sample' });
  const rows: AblationRow[] = [];
  const tell = (variant: string, episodes: readonly JudgedEpisode[]): void => {
    const row = rowOf(variant, episodes);
    rows.push(row);
    run.onRow?.(row);
  };
  const measure = async (variant: string, policy: Policy): Promise<void> =>
    tell(variant, await judgedEpisodes(policy, judge, tasks, { signal: run.signal }));
  for (const name of comparators) await measure(name, policyNamed(name));
  await measure('start', judge);
  await measure('start, likeliest tokens', nanoPolicy(judgeNet, { version: 'start', choose: 'greedy' }));

  let operators: OperatorInformation = { information: 0, p: 1 };
  let builtFor: Ablation['builtFor'] = { operators, worth: [] };
  for (const [name, change] of Object.entries(variants)) {
    const { model } = await trainedVariant(start, change(roundSettings(settings)), settings, run);
    await using net = await openNano(model, { provider: 'cpu', threads: 1 });
    const policy = nanoPolicy(net, { version: name, choose: 'sample' });
    if (name !== 'iDPO') {
      await measure(name, policy);
      continue;
    }
    const drawn = await drawnEpisodes(policy, judge, tasks, run.signal);
    tell(name, drawn[0] ?? []);
    await measure('iDPO, likeliest tokens', nanoPolicy(net, { version: name, choose: 'greedy' }));
    operators = operatorInformation(usageIn(drawn), { seed: settings.seed });
    for (const operator of removable) await measure(`iDPO, ${operator} taken away`, withoutOperator(policy, operator));
    builtFor = await worthOfOperators(policy, judge, settings, run);
  }
  return { settings, rows, operators, builtFor };
}

async function worthOfOperators(
  policy: NanoPolicy,
  judge: Policy,
  { seed, builtScenes }: AblationSettings,
  { signal, onWorth }: AblationRun,
): Promise<Ablation['builtFor']> {
  const found: Awaited<ReturnType<typeof operatorWorth>>[] = [];
  for (const operator of lookOperators) {
    const tasks = operatorTasks(operator, builtScenes, `${seed}/built`);
    const each = await operatorWorth(policy, judge, operator, tasks, signal);
    onWorth?.(each.worth);
    found.push(each);
  }
  const usage = found.flatMap((each) => each.usage);
  return { worth: found.map(({ worth }) => worth), operators: operatorInformation(usage, { seed }) };
}

const roundSettings = ({ rounds, learningRate }: AblationSettings): RoundSettings => ({
  ...{ ...defaultRoundSettings, rounds, learningRate },
});

function trainedVariant(start: NanoModel, settings: RoundSettings, given: AblationSettings, run: AblationRun) {
  const { seed, roundRecordings, recordings } = given;
  return trainRounds({
    ...{ model: start, settings, seed: `${seed}/rounds`, threads: run.threads },
    ...simulatedRounds({
      seeds: (round) => Array.from({ length: roundRecordings }, (_, number) => `${seed}/round-${round}/${number}`),
      ...{ recordings, threads: run.threads },
      ...(run.signal !== undefined && { signal: run.signal }),
    }),
    ...(run.signal !== undefined && { signal: run.signal }),
  });
}
