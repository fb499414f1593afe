/** A strict reader of the part of XML that annotation files use: elements, attributes, text, comments. */
import { labelError } from '../labels/label-error.ts';

export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Of the element itself, without that of its children. */
  readonly text: string;
  /** On which its tag begins. */
  readonly line: number;
}

interface OpenElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
  readonly line: number;
}

/** Deeper than any annotation. */
const deepest = 64;
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const space = /[ \t\r\n]*/y;
const nameToken = /[A-Za-z_][\w.:-]*/y;
const attributeToken = /[ \t\r\n]+([A-Za-z_][\w.:-]*)[ \t\r\n]*=[ \t\r\n]*(?:"([^"<]*)"|'([^'<]*)')/y;

/**
 * The root element of `text`. A document type is refused whatever it says: entities of one's own can blow a small file up
 * to fill the memory, or name other files. So are processing instructions after the first, and CDATA.
 * Errors: AppError `invalid-argument` that names file, line and reason.
 */
export function readXml(text: string, file: string): XmlElement {
  let at = 0;
  // Lines are counted along, since counting from the start for each element would take the square of the length.
  let counted = { at: 0, line: 1 };
  const lineHere = () => {
    counted = { at, line: counted.line + text.slice(counted.at, at).split('\n').length - 1 };
    return counted.line;
  };
  const refuse = (reason: string) => labelError({ file, line: lineHere() }, reason);
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at = pattern.lastIndex;
    return found;
  };
  const past = (end: string, what: string) => {
    const found = text.indexOf(end, at);
    if (found === -1) throw refuse(`${what} is not closed.`);
    at = found + end.length;
  };
  const decoded = (raw: string, start: number): string =>
    raw.replaceAll(/&([^;&\s]{0,10};?)/g, (_, name: string, offset: number) => {
      const plain = name.endsWith(';') ? name.slice(0, -1) : '';
      const code = /^#(?:x([\da-fA-F]{1,6})|(\d{1,7}))$/.exec(plain);
      const point = code === null ? null : code[1] === undefined ? Number(code[2]) : Number.parseInt(code[1], 16);
      const sign = point === null ? (Object.hasOwn(entities, plain) ? entities[plain] : undefined) : characterOf(point);
      if (sign !== undefined) return sign;
      at = start + offset;
      throw refuse(`“&${name}” is no entity that XML knows by itself.`);
    });

  if (text.startsWith('\uFEFF')) at = 1;
  if (text.startsWith('<?xml', at)) past('?>', 'the XML declaration');
  const open: OpenElement[] = [];
  for (;;) {
    const parent = open.at(-1);
    if (text.startsWith('<!--', at)) {
      past('-->', 'a comment');
    } else if (text.startsWith('<!', at)) {
      throw refuse('a document type and CDATA are not read; save the file without them.');
    } else if (text.startsWith('<?', at)) {
      throw refuse('a processing instruction is not read; save the file without it.');
    } else if (text.startsWith('</', at)) {
      at += 2;
      const name = match(nameToken)?.[0] ?? '';
      match(space);
      if (text[at] !== '>') throw refuse(`the end of <${name}> is not closed.`);
      at++;
      if (parent === undefined || parent.name !== name) {
        throw refuse(`</${name}> closes ${parent === undefined ? 'nothing' : `<${parent.name}>`}.`);
      }
      open.pop();
      const above = open.at(-1);
      if (above === undefined) return finished(parent);
      above.children.push(parent);
    } else if (text[at] === '<') {
      const line = lineHere();
      at++;
      const name = match(nameToken)?.[0];
      if (name === undefined) throw refuse('a tag has no name.');
      const attributes = new Map<string, string>();
      for (let found = match(attributeToken); found !== null; found = match(attributeToken)) {
        const [, key = '', double, single] = found;
        if (attributes.has(key)) throw refuse(`<${name}> has ${key} twice.`);
        attributes.set(key, decoded(double ?? single ?? '', at));
      }
      match(space);
      const element: OpenElement = { name, attributes, children: [], text: '', line };
      if (text.startsWith('/>', at)) {
        at += 2;
        if (parent === undefined) return finished(element);
        parent.children.push(element);
      } else if (text[at] === '>') {
        at++;
        if (open.length >= deepest) throw refuse(`elements lie more than ${deepest} deep.`);
        open.push(element);
      } else throw refuse(`the tag <${name}> is not closed, or an attribute has no value in quotes.`);
    } else {
      const next = text.indexOf('<', at);
      const end = next === -1 ? text.length : next;
      const raw = text.slice(at, end);
      if (parent === undefined && raw.trim() !== '') throw refuse('there is text outside of the elements.');
      if (next === -1) throw refuse(parent === undefined ? 'there is no element.' : `<${parent.name}> is not closed.`);
      if (parent !== undefined) parent.text += decoded(raw, at);
      at = end;
    }
  }

  function finished(root: OpenElement): XmlElement {
    const rest = text.slice(at).replaceAll(/<!--[^]*?-->/g, '');
    if (rest.trim() !== '') throw refuse(`something follows the end of <${root.name}>.`);
    return root;
  }
}

/** XML allows no control characters and no surrogates; undefined for those. */
function characterOf(point: number): string | undefined {
  const isAllowed =
    point === 9 ||
    point === 10 ||
    point === 13 ||
    (point >= 32 && point < 0xd800) ||
    (point > 0xdfff && point <= 0x10ffff);
  return isAllowed ? String.fromCodePoint(point) : undefined;
}

/** Text for an element or a quoted attribute; what XML cannot hold becomes �. */
export const xmlText = (text: string): string =>
  text
    .replaceAll(/[&<>"']/g, (sign) => `&${Object.keys(entities).find((name) => entities[name] === sign) ?? ''};`)
    .replaceAll(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, (sign) =>
      sign === '\n' || sign === '\t' ? `&#${sign.charCodeAt(0)};` : '\uFFFD',
    );
