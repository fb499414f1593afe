/** Teacher-forced log-probabilities: those of the choices of a transcript under a net that reads all of it at once. */
import { logSoftmax } from './choosing.ts';
import type { NanoNet } from './nano-net.ts';
import type { Transcript } from './scribe.ts';

/** `[choices]`, each the log-softmax over what was allowed there. */
export async function choiceLogProbs(net: NanoNet, { positions, choices }: Transcript): Promise<number[]> {
  const read = await net.read(
    positions,
    choices.map(({ at }) => at),
    null,
  );
  return choices.map(({ allowed, chosen }, index) => {
    const logits = read.tokens[index] ?? new Float32Array();
    return logSoftmax(allowed.map((row) => logits[row] ?? NaN))[allowed.indexOf(chosen)] ?? NaN;
  });
}
