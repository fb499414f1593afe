/** The one place that loads ONNX Runtime: only programs of threads and child processes import it. */
import { InferenceSession, listSupportedBackends, Tensor } from 'onnxruntime-node';
import type { TensorData } from './graph/index.ts';
import type { SessionSetup } from './session-protocol.ts';

/** A session that lives in the calling thread and blocks it while it runs. */
export interface LocalSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Readonly<Record<string, TensorData>>): Promise<Record<string, TensorData>>;
  release(): Promise<void>;
}

/** Names of the providers that this build of ONNX Runtime has code for; having code is not yet working. */
export const compiledProviders = (): string[] => listSupportedBackends().map((backend) => backend.name);

export async function openLocalSession({ model, provider, threads }: SessionSetup): Promise<LocalSession> {
  const options: InferenceSession.SessionOptions = {
    executionProviders: [provider],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    // Errors only: ORT prints warnings about its own optimisations.
    logSeverityLevel: 3,
    // Waiting threads that spin take the processor from the other sessions.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  };
  const session =
    typeof model === 'string'
      ? await InferenceSession.create(model, options)
      : await InferenceSession.create(model, options);
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    async run(feeds) {
      const tensors = Object.entries(feeds).map(([name, { type, data, dims }]) => [name, new Tensor(type, data, dims)]);
      const outputs = await session.run(Object.fromEntries(tensors));
      return Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, tensorDataFrom(name, tensor)]));
    },
    release: () => session.release(),
  };
}

function tensorDataFrom(name: string, { type, dims, data }: Tensor): TensorData {
  if (type === 'float32' && data instanceof Float32Array) return { type, dims, data };
  if (type === 'float64' && data instanceof Float64Array) return { type, dims, data };
  if (type === 'int64' && data instanceof BigInt64Array) return { type, dims, data };
  if (type === 'int32' && data instanceof Int32Array) return { type, dims, data };
  if ((type === 'uint8' || type === 'bool') && data instanceof Uint8Array) return { type, dims, data };
  throw new TypeError(`output ${name} has elements of type ${type}, which sessions here do not give`);
}
