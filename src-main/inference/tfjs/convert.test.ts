/** The converter against TensorFlow.js, operator by operator; how the expected values were made is in make-references.mjs. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { operatorCases, type OperatorCase } from '../../../test/fixtures/nets/operator-cases.ts';
import { encodeModel } from '../graph/index.ts';
import { openSession } from '../session.ts';
import { convertGraphModel } from './convert.ts';
import { readGraphModel } from './graph-model.ts';

interface Expected {
  readonly name: string;
  readonly dims: readonly number[];
  readonly values: readonly number[];
}
const path = new URL('../../../test/fixtures/nets/operators.json', import.meta.url);
const expected = JSON.parse(readFileSync(path, 'utf8')) as readonly Expected[];

const jsonOf = ({ model }: OperatorCase) => ({
  modelTopology: model.topology,
  weightsManifest: [{ weights: model.weightSpecs }],
});
const bytesOf = ({ model }: OperatorCase) => Uint8Array.from(Buffer.from(model.weights, 'base64'));

function convert(example: OperatorCase) {
  const { dims } = example.input;
  return convertGraphModel(readGraphModel(jsonOf(example), bytesOf(example)), {
    name: 'example',
    input: { node: 'x', name: 'x', type: 'float32', dims, shape: dims },
    outputs: [{ node: example.output, name: 'result', dims: ['a', 'b', 'c', 'd'] }],
  });
}

const first = () => {
  const [example] = operatorCases();
  if (example === undefined) throw new Error('no cases');
  return example;
};

describe('convertGraphModel', () => {
  it('has an expected result for every case', () => {
    expect(expected.map(({ name }) => name)).toEqual(operatorCases().map(({ name }) => name));
  });

  it.each(operatorCases().map((example) => [example.name, example] as const))('%s', async (name, example) => {
    const reference = expected.find((entry) => entry.name === name);
    await using session = await openSession(encodeModel(convert(example)), { provider: 'cpu', threads: 1 });
    const { result } = await session.run({ x: { type: 'float32', ...example.input } });
    expect(result?.dims).toEqual(reference?.dims);
    const differences = reference?.values.map((value, index) => Math.abs(value - Number(result?.data[index])));
    expect(Math.max(...(differences ?? [Infinity]))).toBeLessThan(1e-5);
  });

  it('names the operator and the node that it cannot convert', () => {
    const example = first();
    const node = { name: 'odd', op: 'NonMaxSuppressionV5', input: ['x'], attr: {} };
    const json = { ...jsonOf(example), modelTopology: { node: [node] } };
    const model = readGraphModel(json, bytesOf(example));
    const recipe = {
      name: 'example',
      input: { node: 'x', name: 'x', type: 'float32', dims: [1], shape: [1] },
      outputs: [{ node: 'odd', name: 'y', dims: [1] }],
    } as const;
    expect(() => convertGraphModel(model, recipe)).toThrow(/NonMaxSuppressionV5.*odd/);
    expect(() => convertGraphModel(model, { ...recipe, outputs: [{ node: 'gone', name: 'y', dims: [] }] })).toThrow(
      /gone/,
    );
  });

  it('refuses a resize that has no fixed ratio', () => {
    const example = operatorCases().find(({ name }) => name.startsWith('ResizeBilinear halving'));
    if (example === undefined) throw new Error('no case');
    const uneven = {
      ...example,
      model: { ...example.model, weights: Buffer.from([5, 0, 0, 0, 3, 0, 0, 0]).toString('base64') },
    };
    expect(() => convert(uneven)).toThrow(/ResizeBilinear \(node y\)/);
  });
});

describe('readGraphModel', () => {
  it('refuses weights that are too short, too long or of another type', () => {
    const example = first();
    const bytes = bytesOf(example);
    const json = jsonOf(example);
    expect(() => readGraphModel(json, bytes.subarray(1))).toThrow(/end within w/);
    expect(() => readGraphModel(json, new Uint8Array([...bytes, 0]))).toThrow(/bytes of weights/);
    const strings = { ...json, weightsManifest: [{ weights: [{ name: 'w', shape: [1], dtype: 'string' }] }] };
    expect(() => readGraphModel(strings, bytes)).toThrow(/neither int32 nor float16/);
    expect(() => readGraphModel({}, bytes)).toThrow(/modelTopology is missing/);
    expect(() => readGraphModel(null, bytes)).toThrow(/the model is missing/);
  });
});
