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
 * The read-out before any look, from triage and the classes asked for alone. Its prior is that of a moment which nobody
 * looked at: half of what the net learned from has an incident, of an archive hardly anything, and the difference is taken
 * off.
 */
export async function readUnseen(input: Pick<BeliefInput, 'activity' | 'classes'>, net: NanoNet): Promise<ReadOut> {
  const read = await readClasses({ ...input, looks: [] }, net);
  const incident = Math.min(1 - leastChance, Math.max(leastChance, 1 - (read.probabilities[normalClass] ?? 0.5)));
  return { prior: clipped(logitOf(incident) + logitOf(baseRate)), ...read };
}

/** The read-out after all looks; `unseen` is the one before any. */
export const readNano = async (input: BeliefInput, net: NanoNet, unseen: ReadOut): Promise<ReadOut> =>
  input.looks.length === 0 ? unseen : { prior: unseen.prior, ...(await readClasses(input, net)) };

async function readClasses(input: BeliefInput, net: NanoNet): Promise<Pick<ReadOut, 'probabilities' | 'evidence'>> {
  const { positions, read, frames } = beliefSequence(input, net.words);
  const { classes, evidence } = await net.read(positions, [read], null);
  return {
    probabilities: probabilitiesOf(input.classes, classes[0] ?? new Float32Array(), net.words),
    evidence: frames.map((look) => look.map((at) => clipped(evidence[at] ?? 0))),
  };
}

const clipped = (logit: number) => Math.min(surest, Math.max(-surest, logit));

/** Softmax over the rows of the classes; classes that share a row share its probability. */
function probabilitiesOf(classes: readonly string[], logits: Float32Array, words: NanoWords): Record<string, number> {
  const classRows = classes.map((id) => rowOfClass(words, id));
  const sharing = (row: number) => classRows.filter((other) => other === row).length;
  const logProbs = logSoftmax(classRows.map((row) => (logits[row - tokens.class] ?? 0) - Math.log(sharing(row))));
  return Object.fromEntries(classes.map((id, index) => [id, Math.exp(logProbs[index] ?? -Infinity)]));
}
