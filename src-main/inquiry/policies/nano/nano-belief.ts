/** The belief of the nano policy: a read-out of the net over the set of what was observed. */
import { normalClass } from '../../../contract/taxonomy.ts';
import { tokens } from '../../grammar.ts';
import type { BeliefInput, ReadOut } from '../../policy.ts';
import { baseRate } from '../../read-out.ts';
import { logitOf } from '../../../math/logistic.ts';
import { logSoftmax } from './choosing.ts';
import { rowOfClass, type NanoWords } from './nano-config.ts';
import type { NanoNet } from './nano-net.ts';
import { asksForAll, beliefSequence } from './sequence.ts';
import { windowHeadLogit } from './window-head.ts';

/** Probabilities are kept off 0 and 1 by this. */
const leastChance = 1e-9;
/** Log-odds beyond this say no more. */
const surest = 12;
/**
 * How much of what looking taught of the episode as a whole counts for each of its moments, seen or not. Ours: over
 * replays anything from ¼ to 1 ranks moments better than none does.
 */
const sharedByMoments = 0.5;

/**
 * The read-out before any look, from triage and the classes asked for alone. Its prior is that of a moment which nobody
 * looked at: half of what the net learned from has an incident, of an archive hardly anything, and the difference is taken
 * off.
 */
export async function readUnseen(input: Pick<BeliefInput, 'activity' | 'classes'>, net: NanoNet): Promise<ReadOut> {
  const read = await readClasses({ ...input, looks: [] }, net);
  return { prior: clipped(incidentLogit(read) + logitOf(baseRate)), ...read };
}

/**
 * The read-out after all looks; `unseen` is the one before any. Frames are read one by one, with what the head says of
 * their look; what they tell together, that an incident is more or less likely than before, raises or lowers them all.
 */
export async function readNano(input: BeliefInput, net: NanoNet, unseen: ReadOut): Promise<ReadOut> {
  if (input.looks.length === 0) return unseen;
  const read = await readClasses(input, net);
  const learned = sharedByMoments * (incidentLogit(read) - incidentLogit(unseen));
  return {
    prior: clipped(unseen.prior + learned),
    probabilities: read.probabilities,
    evidence: read.evidence.map((look) => look.map((logit) => clipped(logit + learned))),
  };
}

/** Log-odds of an incident of whatever class. */
export function incidentLogit({ probabilities }: Pick<ReadOut, 'probabilities'>): number {
  return logitOf(Math.min(1 - leastChance, Math.max(leastChance, 1 - (probabilities[normalClass] ?? 0.5))));
}

async function readClasses(input: BeliefInput, net: NanoNet): Promise<Pick<ReadOut, 'probabilities' | 'evidence'>> {
  const { positions, read, frames } = beliefSequence(input, net.words);
  const { classes, evidence } = await net.read(positions, [read], null);
  // What it was taught of some incidents says little where others are asked for.
  const head = asksForAll(input.classes) ? net.head : undefined;
  // The position of a look stands before those of its frames.
  const ofLook = ([first = 0]: readonly number[]) => windowHeadLogit(head, positions.slice(first - 1, first));
  return {
    probabilities: probabilitiesOf(input.classes, classes[0], net.words, windowHeadLogit(head, positions)),
    evidence: frames.map((look) => {
      const raised = ofLook(look);
      return look.map((at) => (evidence[at] ?? 0) + raised);
    }),
  };
}

const clipped = (logit: number) => Math.min(surest, Math.max(-surest, logit));

/**
 * Softmax over the rows of the classes; classes that share a row share its probability.
 * @param logits `[classCount]`, of what the net read
 * @param raised what the log-odds of an incident are raised by
 */
export function probabilitiesOf(
  classes: readonly string[],
  logits: Float32Array | undefined,
  words: NanoWords,
  raised = 0,
): Record<string, number> {
  const classRows = classes.map((id) => rowOfClass(words, id));
  const normal = rowOfClass(words, normalClass);
  const logitOfRow = (row: number) => (logits?.[row - tokens.class] ?? 0) - (row === normal ? raised : 0);
  const sharing = (row: number) => classRows.filter((other) => other === row).length;
  const logProbs = logSoftmax(classRows.map((row) => logitOfRow(row) - Math.log(sharing(row))));
  return Object.fromEntries(classes.map((id, index) => [id, Math.exp(logProbs[index] ?? -Infinity)]));
}
