/** Collects from a source file what it says in words, so that a test meets a sentence as soon as it is written. */
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import type { ErrorCode } from '../../src-main/contract/errors.ts';

/** An expression in the place of a template, and words that it may stand for. */
export type Samples = Readonly<Record<string, string>>;

/** Which parts of a source are looked at. */
export type Part = (node: ts.Node) => boolean;

/** What is made an error of one of these codes. */
export const thrownAs =
  (codes: readonly ErrorCode[]): Part =>
  (node) => {
    if (!ts.isNewExpression(node) || node.expression.getText() !== 'AppError') return false;
    const code = node.arguments?.[0];
    return code !== undefined && ts.isStringLiteral(code) && codes.some((each) => each === code.text);
  };

/** What is put under one of these names. */
export const keptAs =
  (names: readonly string[]): Part =>
  (node) =>
    (ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) && names.includes(node.name.getText());

/**
 * Every string and template of three words or more, templates with their places filled from `samples`; imports, types
 * and what is thrown are left out. With `part` only what lies in such parts. Throws for a place that has no sample.
 */
export function sentencesIn(path: string, samples: Samples, part: Part = ts.isSourceFile): string[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const findParts = (node: ts.Node): void => {
    if (part(node)) ts.forEachChild(node, visit);
    else ts.forEachChild(node, findParts);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || ts.isNewExpression(node)) return;
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) found.push(node.text);
    if (ts.isTemplateExpression(node) && isSentence(wordsOf(node))) found.push(filled(node, samples));
    ts.forEachChild(node, visit);
  };
  findParts(file);
  return found.filter(isSentence);
}

const isSentence = (text: string) => text.split(' ').length > 2;
const wordsOf = ({ head, templateSpans }: ts.TemplateExpression) =>
  [head, ...templateSpans.map(({ literal }) => literal)].map(({ text }) => text).join('');

function filled({ head, templateSpans }: ts.TemplateExpression, samples: Samples): string {
  const places = templateSpans.map(({ expression, literal }) => {
    const sample = samples[expression.getText()];
    if (sample === undefined) throw new Error(`No sample for \${${expression.getText()}}.`);
    return `${sample}${literal.text}`;
  });
  return `${head.text}${places.join('')}`;
}
