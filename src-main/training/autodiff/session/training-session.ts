/** Runs a training plan: parameters and optimizer state stay in a thread, batches go in, losses come out. */
import { AppError, appErrorFrom } from '../../../contract/errors.ts';
import type { Graph } from '../../../inference/graph/index.ts';
import { openResidentSession, type ResidentOptions, type ResidentSession } from '../../../inference/index.ts';
import type { Checkpoint } from './checkpoint.ts';
import { nextName, scalarTensor, shareName, type Tensors, type TrainingPlan } from './plan.ts';

export type TrainingSessionOptions = ResidentOptions & {
  /** Where to go on from; the plan's own parameters, and no step taken, where left out. */
  readonly from?: Checkpoint;
};

export interface StepOutcome {
  /** Updates so far, this one included. */
  readonly step: number;
  /** What the forward graph gave for each micro-batch, before the update. */
  readonly outputs: readonly Tensors[];
  /** Numbers of the optimizer: `gradient-norm` where gradients are clipped. */
  readonly metrics: Readonly<Record<string, number>>;
}

export interface TrainingSession extends AsyncDisposable {
  /**
   * One update on a batch, or on the mean of the gradients of several micro-batches. A step that is aborted before its
   * update changes nothing. Throws AppError `cancelled`, `internal` with ORT's own words, `worker-crashed`.
   */
  step(batch: Tensors | readonly Tensors[], options?: { readonly signal?: AbortSignal }): Promise<StepOutcome>;
  /** What the forward graph gives with the parameters as they are. */
  evaluate(feeds: Tensors): Promise<Tensors>;
  parameters(): Promise<Tensors>;
  checkpoint(): Promise<Checkpoint>;
}

/**
 * Steps are taken in the order of asking. On the same machine, provider and number of threads, the same checkpoint and
 * batches give the same parameters bit for bit (on the CPU).
 */
export async function openTrainingSession(
  plan: TrainingPlan,
  { from, ...options }: TrainingSessionOptions,
): Promise<TrainingSession> {
  const resident = openResidentSession(options);
  const runner = new Runner(plan, resident, from?.step ?? 0);
  try {
    await resident.hold(from ? checkedTensors(plan, from) : { ...plan.parameters, ...plan.state });
    return {
      step: (batch, { signal } = {}) => runner.inTurn(() => runner.step(isBatches(batch) ? batch : [batch], signal)),
      evaluate: (feeds) => runner.inTurn(() => runner.evaluate(feeds)),
      parameters: () => runner.inTurn(() => resident.read(Object.keys(plan.parameters))),
      checkpoint: () => runner.inTurn(() => runner.checkpoint()),
      [Symbol.asyncDispose]: () => resident[Symbol.asyncDispose](),
    };
  } catch (error) {
    await resident[Symbol.asyncDispose]();
    throw error;
  }
}

const isBatches = (batch: Tensors | readonly Tensors[]): batch is readonly Tensors[] => Array.isArray(batch);

function checkedTensors(plan: TrainingPlan, { tensors }: Checkpoint): Tensors {
  const wanted = { ...plan.parameters, ...plan.state };
  for (const [name, { dims }] of Object.entries(wanted)) {
    if (tensors[name]?.dims.join() !== dims.join()) {
      throw new AppError('invalid-argument', `The checkpoint has no tensor ${name} of size [${dims.join(', ')}].`);
    }
  }
  return Object.fromEntries(Object.keys(wanted).flatMap((name) => (tensors[name] ? [[name, tensors[name]]] : [])));
}

/** Each under its own name. */
const themselves = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, name]));
/** Each updated one in place of the old one. */
const replaced = (names: readonly string[]) => Object.fromEntries(names.map((name) => [nextName(name), name]));

class Runner {
  readonly #plan: TrainingPlan;
  readonly #resident: ResidentSession;
  readonly #opened = new Map<Graph, string>();
  readonly #parameters: readonly string[];
  readonly #all: readonly string[];
  readonly #sums: readonly string[];
  #step: number;
  #last: Promise<unknown> = Promise.resolve();

  constructor(plan: TrainingPlan, resident: ResidentSession, step: number) {
    this.#plan = plan;
    this.#resident = resident;
    this.#step = step;
    this.#parameters = Object.keys(plan.parameters);
    this.#all = [...this.#parameters, ...Object.keys(plan.state)];
    this.#sums = Object.keys(plan.sums);
  }

  /** Runs `action` after all that was asked for before. */
  inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(action);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async step(batches: readonly Tensors[], signal: AbortSignal | undefined): Promise<StepOutcome> {
    throwIfAborted(signal);
    const [batch] = batches;
    if (batch === undefined) throw new AppError('invalid-argument', 'A training step needs at least one batch.');
    return batches.length === 1 ? this.#whole(batch) : this.#inParts(batches, signal);
  }

  async evaluate(feeds: Tensors): Promise<Tensors> {
    const model = await this.#open(this.#plan.forward);
    return this.#resident.run(model, { feeds, held: themselves(this.#parameters) });
  }

  async checkpoint(): Promise<Checkpoint> {
    return { step: this.#step, tensors: await this.#resident.read(this.#all) };
  }

  async #whole(batch: Tensors): Promise<StepOutcome> {
    const outputs = await this.#resident.run(await this.#open(this.#plan.step), {
      feeds: { ...batch, ...this.#plan.scalars(this.#step + 1) },
      held: themselves(this.#all),
      kept: replaced(this.#all),
    });
    const own = new Set(this.#plan.forward.outputs.map(({ name }) => name));
    const [forward, metrics] = [true, false].map((isOwn) =>
      Object.fromEntries(Object.entries(outputs).filter(([name]) => own.has(name) === isOwn)),
    );
    return { step: ++this.#step, outputs: [forward ?? {}], metrics: numbersOf(metrics ?? {}) };
  }

  async #inParts(batches: readonly Tensors[], signal: AbortSignal | undefined): Promise<StepOutcome> {
    const model = await this.#open(this.#plan.accumulate);
    await this.#resident.hold(this.#plan.sums);
    const outputs: Tensors[] = [];
    for (const feeds of batches) {
      throwIfAborted(signal);
      const held = themselves([...this.#parameters, ...this.#sums]);
      outputs.push(await this.#resident.run(model, { feeds, held, kept: replaced(this.#sums) }));
    }
    throwIfAborted(signal);
    const metrics = await this.#resident.run(await this.#open(this.#plan.apply), {
      feeds: { ...this.#plan.scalars(this.#step + 1), [shareName]: scalarTensor(1 / batches.length) },
      held: themselves([...this.#all, ...this.#sums]),
      kept: replaced(this.#all),
    });
    return { step: ++this.#step, outputs, metrics: numbersOf(metrics) };
  }

  /** Graphs are opened when they are first needed: each one costs memory. */
  async #open(graph: Graph): Promise<string> {
    const known = this.#opened.get(graph);
    if (known !== undefined) return known;
    const name = `model ${this.#opened.size}`;
    await this.#resident.open(name, graph);
    this.#opened.set(graph, name);
    return name;
  }
}

const numbersOf = (tensors: Tensors) =>
  Object.fromEntries(Object.entries(tensors).map(([name, { data }]) => [name, Number(data[0])]));

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  const reason = appErrorFrom(signal.reason);
  throw reason.code === 'internal' ? new AppError('cancelled', reason.message, { cause: reason }) : reason;
}
