/** Reading a node's attributes by kind, with the default that the operator gives where one is left out. */
import type { Attributes } from './graph.ts';

export function intAttribute(attributes: Attributes, name: string, fallback: number): number {
  const attribute = attributes[name];
  return attribute !== undefined && 'int' in attribute ? attribute.int : fallback;
}

export function floatAttribute(attributes: Attributes, name: string, fallback: number): number {
  const attribute = attributes[name];
  return attribute !== undefined && 'float' in attribute ? attribute.float : fallback;
}

export function stringAttribute(attributes: Attributes, name: string, fallback: string): string {
  const attribute = attributes[name];
  return attribute !== undefined && 'string' in attribute ? attribute.string : fallback;
}

/** Null where the attribute is left out. */
export function intsAttribute(attributes: Attributes, name: string): readonly number[] | null {
  const attribute = attributes[name];
  return attribute !== undefined && 'ints' in attribute ? attribute.ints : null;
}
