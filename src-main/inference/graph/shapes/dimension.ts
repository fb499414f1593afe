/**
 * Arithmetic of dimensions of which some have a name instead of a size. The outcome of arithmetic on names is a name
 * again, the same for the same arithmetic, so that two values with equal dimensions are known to be of one shape.
 */
import type { Dimension } from '../graph.ts';

interface Factors {
  readonly size: number;
  readonly names: readonly string[];
}

/** Parts of `text` between the asterisks that stand outside parentheses. */
function splitProduct(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const character of text) {
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (character === '*' && depth === 0) {
      parts.push(part);
      part = '';
    } else part += character;
  }
  return [...parts, part];
}

function factorsOf(dims: readonly Dimension[]): Factors {
  let size = 1;
  const names: string[] = [];
  for (const dim of dims) {
    for (const factor of typeof dim === 'number' ? [dim] : splitProduct(dim)) {
      const number = Number(factor);
      if (Number.isInteger(number)) size *= number;
      else names.push(String(factor));
    }
  }
  return { size, names: names.sort() };
}

const dimensionFrom = ({ size, names }: Factors): Dimension =>
  names.length === 0 || size === 0 ? size : [...(size === 1 ? [] : [size]), ...names].join('*');

/** Number of elements of a tensor with these dimensions. */
export const productOf = (dims: readonly Dimension[]): Dimension => dimensionFrom(factorsOf(dims));

/** `product(total) / product(parts)`; null where it is not a whole number or the names do not cancel. */
export function quotientOf(total: readonly Dimension[], parts: readonly Dimension[]): Dimension | null {
  const [above, below] = [factorsOf(total), factorsOf(parts)];
  const names = [...above.names];
  for (const name of below.names) {
    const at = names.indexOf(name);
    if (at < 0) return null;
    names.splice(at, 1);
  }
  const size = above.size / below.size;
  return Number.isInteger(size) ? dimensionFrom({ size, names }) : null;
}

/** The name of what an expression gives; sums of the sizes alone are sizes. */
export function sumOf(dims: readonly Dimension[]): Dimension {
  const sizes = dims.filter((dim) => typeof dim === 'number').reduce((sum, size) => sum + size, 0);
  const names = dims.filter((dim) => typeof dim === 'string');
  if (names.length === 0) return sizes;
  return names.length === 1 && sizes === 0 ? String(names[0]) : `(${[...names.sort(), sizes].join('+')})`;
}

/**
 * Dimensions after broadcasting as in NumPy; null where sizes disagree. A named dimension counts as more than 1; two
 * different names give a name of their own.
 */
export function broadcast(shapes: readonly (readonly Dimension[])[]): Dimension[] | null {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  const dims: Dimension[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const wide = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1).filter((dim) => dim !== 1);
    const sizes = new Set(wide.filter((dim) => typeof dim === 'number'));
    if (sizes.size > 1) return null;
    const names = [...new Set(wide.filter((dim) => typeof dim === 'string'))].sort();
    const [size] = sizes;
    dims.push(size ?? (names.length > 1 ? `max(${names.join(',')})` : (names[0] ?? 1)));
  }
  return dims;
}
