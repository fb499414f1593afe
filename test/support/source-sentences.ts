/** Collects from a source file what it says in words, so that a test meets a sentence as soon as it is written. */
import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** An expression in the place of a template, and words that it may stand for. */
export type Samples = Readonly<Record<string, string>>;

/**
 * Every string and template of three words or more, templates with their places filled from `samples`; imports, types
 * and what is thrown are left out. Throws for a place that has no sample.
 */
export function sentencesIn(path: string, samples: Samples): string[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || ts.isNewExpression(node)) return;
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) found.push(node.text);
    if (ts.isTemplateExpression(node) && isSentence(wordsOf(node))) found.push(filled(node, samples));
    ts.forEachChild(node, visit);
  };
  visit(file);
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
