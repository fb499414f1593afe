/** From the named outputs of the nets' graphs to what they found, in pixels of the image. */
import type { TensorData } from '../inference/index.ts';
import type { Detection, Person } from './detection.ts';
import { decodeMovenet } from './movenet.ts';
import { decodeNanodet } from './nanodet.ts';

type Outputs = Readonly<Record<string, TensorData>>;

/** Of NanoDet. Throws TypeError where an output is missing. */
export function objectsFrom(outputs: Outputs): Detection[] {
  return decodeNanodet([8, 16, 32].map((stride) => ({ stride, ...head(outputs, `stride${stride}`) })));
}

/** Of MoveNet. Throws TypeError where an output is missing. */
export function personsFrom(outputs: Outputs): Person[] {
  const center = head(outputs, 'center');
  return decodeMovenet({
    rows: center.rows,
    columns: center.columns,
    center: center.values,
    boxScale: head(outputs, 'box_scale').values,
    boxOffset: head(outputs, 'box_offset').values,
    heatmap: head(outputs, 'kpt_heatmap').values,
    regress: head(outputs, 'kpt_regress').values,
    offset: head(outputs, 'kpt_offset').values,
  });
}

function head(outputs: Outputs, name: string) {
  const tensor = outputs[name];
  if (tensor?.type !== 'float32') throw new TypeError(`the net gives no ${name}`);
  const [, rows = 0, columns = 0] = tensor.dims;
  return { rows, columns, values: tensor.data };
}
