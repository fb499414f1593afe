/** Where a text stops being JSON: the parser of the language does not always say. */

const blank = /[ \t\r\n]*/y;
// A string holds everything but quotes, backslashes and what comes before the blank.
const scalar =
  /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][+-]?\d+)?|true|false|null/y;

/** Index of the first character that cannot stand where it stands; the length of the text where it only breaks off. */
export function jsonFaultAt(text: string): number {
  // What is open, innermost last, and what may come next.
  const open: ('{' | '[')[] = [];
  let wants: 'value' | 'first' | 'key' | 'after' = 'value';
  for (let at = skip(blank, text, 0); at < text.length; at = skip(blank, text, at)) {
    const sign = text[at] ?? '';
    const inside = open.at(-1);
    if (wants === 'after') {
      if (sign === ',' && inside !== undefined) wants = inside === '{' ? 'key' : 'value';
      else if (sign === (inside === '{' ? '}' : ']') && inside !== undefined) open.pop();
      else return at;
      at++;
    } else if (wants === 'first' && sign === (inside === '{' ? '}' : ']')) {
      open.pop();
      wants = 'after';
      at++;
    } else if (wants === 'key' || (wants === 'first' && inside === '{')) {
      const end = sign === '"' ? skip(scalar, text, at) : at;
      const colon = skip(blank, text, end);
      if (end === at || text[colon] !== ':') return end === at ? at : colon;
      wants = 'value';
      at = colon + 1;
    } else if (sign === '{' || sign === '[') {
      open.push(sign);
      wants = 'first';
      at++;
    } else {
      const end = skip(scalar, text, at);
      if (end === at) return at;
      wants = 'after';
      at = end;
    }
  }
  return text.length;
}

/** Where `pattern`, which is sticky, ends if it stands at `at`; else `at`. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
