/** A small head on observation vectors: logistic regression on each view of them, in a form chosen on the training sources. */
import { logLoss, sigmoid } from '../../math/logistic.ts';
import { type Scale, scaleOf, standardised } from '../../math/standardise.ts';
import { foldsBySource } from '../folds/folds-by-source.ts';
import { fitKernelLogistic } from './kernel-logistic.ts';

/** How alike two standardised vectors are. */
export type KernelName = 'linear' | 'gaussian';

export interface HeadForm {
  readonly kernel: KernelName;
  /** Of the quadratic penalty, above 0. */
  readonly penalty: number;
}

export interface HeadOptions {
  /** `[N]`: which vectors come from one source. */
  readonly groups: readonly number[];
  readonly seed: number | string;
  /** Entries, by index, that are judged apart from the others; one view of all entries unless told. */
  readonly views?: readonly (readonly number[])[];
  /** What is chosen from for each view, the first of equals; `headForms` unless told. */
  readonly forms?: readonly HeadForm[];
  /** Inner folds that the choice is made on, at least 2; 5 unless told. */
  readonly innerFolds?: number;
}

/** Fitted. Plain data. Its log-odds are the mean of its views'. */
export interface Head {
  /** Length of the vectors that it judges. */
  readonly length: number;
  readonly views: readonly HeadView[];
}

export interface HeadView {
  /** Entries of the vector, by index. */
  readonly entries: readonly number[];
  readonly form: HeadForm;
  readonly scale: Scale;
  /** `[N][D]`: the training vectors, standardised. */
  readonly examples: readonly Float64Array[];
  /** `[N]` */
  readonly coefficients: Float64Array;
  readonly intercept: number;
}

const penalties = [0.3, 1, 3] as const;

/** Simplest first. */
export const headForms: readonly HeadForm[] = (['linear', 'gaussian'] as const).flatMap((kernel) =>
  penalties.toReversed().map((penalty) => ({ kernel, penalty })),
);

/**
 * A head fitted to `vectors` (`[N][D]`, NaN for what is missing) with `labels` (1 anomalous, 0 normal). For each view the
 * form with the smallest log-loss over inner folds by source is fitted to all. With a single source there is nothing to
 * choose on and the last form is taken. Deterministic for a seed. Throws a RangeError for lists of different lengths or none.
 */
export function fitHead(vectors: readonly Float32Array[], labels: readonly (0 | 1)[], options: HeadOptions): Head {
  const { groups, forms = headForms } = options;
  if (vectors.length === 0 || vectors.length !== labels.length || vectors.length !== groups.length) {
    throw new RangeError(
      `${vectors.length} vectors, ${labels.length} labels and ${groups.length} groups are no training set.`,
    );
  }
  const length = vectors[0]?.length ?? 0;
  const views = (options.views ?? [Array.from({ length }, (_, entry) => entry)]).map((entries): HeadView => {
    const seen = vectors.map((vector) => viewOf(vector, entries));
    return { entries, ...fitForm(seen, labels, chosenForm(seen, labels, options, forms)) };
  });
  return { length, views };
}

const viewOf = (vector: Float32Array, entries: readonly number[]): Float32Array =>
  Float32Array.from(entries, (entry) => vector[entry] ?? Number.NaN);

type Fitted = Omit<HeadView, 'entries'>;

function chosenForm(
  vectors: readonly Float32Array[],
  labels: readonly (0 | 1)[],
  { groups, seed, innerFolds = 5 }: HeadOptions,
  forms: readonly HeadForm[],
): HeadForm {
  const fallback = forms.at(-1);
  if (fallback === undefined) throw new RangeError('There is no form to choose from.');
  if (forms.length === 1 || new Set(groups).size < 2) return fallback;
  const folds = foldsBySource(groups, labels, innerFolds, `${String(seed)}/inner`);
  const losses = forms.map(() => 0);
  for (let fold = 0; fold <= Math.max(...folds); fold++) {
    const training = [...folds.keys()].filter((index) => folds[index] !== fold);
    const held = [...folds.keys()].filter((index) => folds[index] === fold);
    const trained = fitForms(
      training.map((index) => vectors[index] as Float32Array),
      training.map((index) => labels[index] as 0 | 1),
      forms,
    );
    for (const index of held) {
      for (const [at, logit] of logitsOf(trained, vectors[index] as Float32Array).entries()) {
        losses[at] = (losses[at] as number) + logLoss(logit, labels[index] as 0 | 1);
      }
    }
  }
  return forms[losses.indexOf(Math.min(...losses))] ?? fallback;
}

const fitForm = (vectors: readonly Float32Array[], labels: readonly (0 | 1)[], form: HeadForm): Fitted =>
  fitForms(vectors, labels, [form])[0] as Fitted;

/** One head for each form; forms of one kernel share its matrix. */
function fitForms(vectors: readonly Float32Array[], labels: readonly (0 | 1)[], forms: readonly HeadForm[]): Fitted[] {
  const scale = scaleOf(vectors);
  const examples = vectors.map((vector) => standardised(scale, vector));
  const matrices = new Map<KernelName, Float64Array>();
  return forms.map((form): Fitted => {
    const matrix = matrices.get(form.kernel) ?? kernelMatrix(form.kernel, examples);
    matrices.set(form.kernel, matrix);
    return { form, scale, examples, ...fitKernelLogistic(matrix, labels, form.penalty) };
  });
}

function kernelMatrix(kernel: KernelName, examples: readonly Float64Array[]): Float64Array {
  const size = examples.length;
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      const value = alike(kernel, examples[row] as Float64Array, examples[column] as Float64Array);
      matrix[row * size + column] = value;
      matrix[column * size + row] = value;
    }
  }
  return matrix;
}

/** Per entry, so that penalties mean the same for vectors of any length: of two random vectors the gaussian is 1 / e. */
function alike(kernel: KernelName, a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let entry = 0; entry < a.length; entry++) {
    const [x, y] = [a[entry] as number, b[entry] as number];
    sum += kernel === 'linear' ? x * y : (x - y) * (x - y);
  }
  const mean = sum / Math.max(1, a.length);
  return kernel === 'linear' ? mean : Math.exp(-mean / 2);
}

/** Of heads that were fitted together: scale and examples are the same, and forms of one kernel share its values. */
function logitsOf(heads: readonly Fitted[], seen: Float32Array): number[] {
  const [first] = heads;
  if (first === undefined) return [];
  const scaled = standardised(first.scale, seen);
  const values = new Map<KernelName, Float64Array>();
  return heads.map(({ form: { kernel }, coefficients, intercept }) => {
    const known = values.get(kernel) ?? Float64Array.from(first.examples, (example) => alike(kernel, scaled, example));
    values.set(kernel, known);
    return coefficients.reduce((sum, coefficient, index) => sum + coefficient * (known[index] as number), intercept);
  });
}

/** The log-odds that `vector` is anomalous. Throws a RangeError for a vector of another length. */
export function headLogit({ length, views }: Head, vector: Float32Array): number {
  if (vector.length !== length) {
    throw new RangeError(`The head judges vectors of ${length} entries, not of ${vector.length}.`);
  }
  return views.reduce((sum, view) => sum + (logitsOf([view], viewOf(vector, view.entries))[0] ?? 0) / views.length, 0);
}

/** The probability that `vector` is anomalous, [0, 1], as far as the training sources tell. */
export const scoreHead = (head: Head, vector: Float32Array): number => sigmoid(headLogit(head, vector));
