/** Which nets the program uses, and which part of each published graph: the heads, before the packaged decoding. */
import type { GraphBuilder, Value } from '../graph/index.ts';
import type { ConversionRecipe } from '../tfjs/convert.ts';

export const netNames = ['nanodet', 'movenet'] as const;
export type NetName = (typeof netNames)[number];

/** Both nets take the same image: uint8 red-green-blue, rows and columns any multiple of 32. */
const image = { name: 'image', type: 'uint8', dims: [1, 'rows', 'columns', 3] } as const;

const perChannel = (builder: GraphBuilder, values: readonly number[]) =>
  builder.constant({ type: 'float32', dims: [1, values.length, 1, 1], data: Float32Array.from(values) }, 'per_channel');

/** NanoDet sees blue first, channels before rows, normalised. Source: RangiLyu/nanodet, config nanodet-g.yml. */
function prepareNanodet(builder: GraphBuilder, input: Value): Value {
  const float = builder.node('Cast', [input], { to: { int: 1 } });
  const planes = builder.node('Transpose', [float], { perm: { ints: [0, 3, 1, 2] } });
  const order = builder.constant({ type: 'int64', dims: [3], data: BigInt64Array.of(2n, 1n, 0n) }, 'blue_first');
  const blueFirst = builder.node('Gather', [planes, order], { axis: { int: 1 } });
  const centred = builder.node('Sub', [blueFirst, perChannel(builder, [103.53, 116.28, 123.675])]);
  return builder.node('Div', [centred, perChannel(builder, [57.375, 57.12, 58.395])]);
}

const movenetHead = (name: string, index: number, channels: number) => ({
  node: `StatefulPartitionedCall/${name}_0/conv2d_${index}/BiasAdd`,
  name,
  dims: [1, 'rows_4', 'columns_4', channels],
});

const nanodetHead = (stride: number, index: number) => ({
  node: `PartitionedCall/Add_${index}`,
  name: `stride${stride}`,
  dims: [1, `rows_${stride}`, `columns_${stride}`, 124],
});

export const netRecipes: Readonly<Record<NetName, ConversionRecipe>> = {
  /** Per cell 80 class logits and 4 sides of 11 bins. */
  nanodet: {
    name: 'nanodet',
    input: { node: 'input_1', ...image, prepare: prepareNanodet, shape: [1, 3, 416, 416] },
    outputs: [nanodetHead(8, 29), nanodetHead(16, 33), nanodetHead(32, 37)],
  },
  /** The six heads of CenterNet with 17 keypoints, at a quarter of the image's size. */
  movenet: {
    name: 'movenet',
    input: { node: 'input', ...image, shape: [1, 256, 256, 3] },
    outputs: [
      movenetHead('center', 4, 1),
      movenetHead('box_scale', 5, 2),
      movenetHead('box_offset', 6, 2),
      movenetHead('kpt_heatmap', 7, 17),
      movenetHead('kpt_regress', 8, 34),
      movenetHead('kpt_offset', 9, 34),
    ],
  },
};
