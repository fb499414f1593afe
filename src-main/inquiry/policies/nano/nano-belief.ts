/** The belief of the nano policy: a read-out of the net over the set of what was observed. */
import { normalClass } from '../../../contract/taxonomy.ts';
import { tokens } from '../../grammar.ts';
import type { BeliefInput, ReadOut } from '../../policy.ts';
import { baseRate } from '../../read-out.ts';
import { logitOf } from '../../score.ts';
import { logSoftmax } from './choosing.ts';
import { rowOfClass, type NanoWords } from './nano-config.ts';
import type { NanoNet } from './nano-net.ts';
import { beliefSequence } from './sequence.ts';

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
 * The read-out after all looks; `unseen` is the one before any. Frames are read one by one; what they tell together, that
 * an incident is more or less likely than before, raises or lowers them all.
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

function incidentLogit({ probabilities }: Pick<ReadOut, 'probabilities'>): number {
  return logitOf(Math.min(1 - leastChance, Math.max(leastChance, 1 - (probabilities[normalClass] ?? 0.5))));
}

async function readClasses(input: BeliefInput, net: NanoNet): Promise<Pick<ReadOut, 'probabilities' | 'evidence'>> {
  const { positions, read, frames } = beliefSequence(input, net.words);
  const { classes, evidence } = await net.read(positions, [read], null);
  return {
    probabilities: probabilitiesOf(input.classes, classes[0] ?? new Float32Array(), net.words),
    evidence: frames.map((look) => look.map((at) => evidence[at] ?? 0)),
  };
}

const clipped = (logit: number) => Math.min(surest, Math.max(-surest, logit));

/** Softmax over the rows of the classes; classes that share a row share its probability. */
export function probabilitiesOf(
  classes: readonly string[],
  logits: Float32Array,
  words: NanoWords,
): Record<string, number> {
  const classRows = classes.map((id) => rowOfClass(words, id));
  const sharing = (row: number) => classRows.filter((other) => other === row).length;
  const logProbs = logSoftmax(classRows.map((row) => (logits[row - tokens.class] ?? 0) - Math.log(sharing(row))));
  return Object.fromEntries(classes.map((id, index) => [id, Math.exp(logProbs[index] ?? -Infinity)]));
}
