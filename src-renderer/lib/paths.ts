/** Paths of either kind of system as a picker needs them: parts to click on, and completing what is typed. */

const separatorOf = (path: string) => (/^[A-Za-z]:|^\\\\/.test(path) ? '\\' : '/');

export interface Crumb {
  readonly name: string;
  readonly path: string;
}

/** The folders from the root to `path`, each with its own path: `/`, `/home`, `/home/ann`; `C:\`, `C:\Video`. */
export function crumbsOf(path: string): Crumb[] {
  const separator = separatorOf(path);
  if (separator === '/') {
    const names = path.split('/').filter(Boolean);
    return [
      { name: '/', path: '/' },
      ...names.map((name, index) => ({ name, path: `/${names.slice(0, index + 1).join('/')}` })),
    ];
  }
  // A share (\\server\share) is one root, as a drive is.
  const root = /^\\\\[^\\]+\\[^\\]+|^[A-Za-z]:/.exec(path)?.[0] ?? '';
  const names = path.slice(root.length).split(/[\\/]/).filter(Boolean);
  return [
    { name: root, path: `${root}\\` },
    ...names.map((name, index) => ({ name, path: `${root}\\${names.slice(0, index + 1).join('\\')}` })),
  ];
}

/** Whether `path` says by itself where it is: from the root, a drive or a share on. */
export const isAbsolute = (path: string): boolean => /^\/|^[A-Za-z]:[\\/]|^\\\\/.test(path);

/** What is typed, as the folder that is complete and the beginning of the name that is not: `/home/a` → `/home/`, `a`. */
export function typedParts(typed: string): { readonly folder: string; readonly begun: string } {
  const end = Math.max(typed.lastIndexOf('/'), typed.lastIndexOf('\\')) + 1;
  return { folder: typed.slice(0, end), begun: typed.slice(end) };
}

/** `path` as a folder that names are added to. */
export const withSeparator = (path: string): string => (/[/\\]$/.test(path) ? path : `${path}${separatorOf(path)}`);

/** Names that go on from what was begun, in any case of letters. */
export const goingOn = (names: readonly string[], begun: string): string[] =>
  names.filter((name) => name.toLowerCase().startsWith(begun.toLowerCase()));

/** What is the same at the beginning of all names, in the letters of the first. */
export function commonBeginning(names: readonly string[]): string {
  const [first = '', ...others] = names;
  let length = first.length;
  for (const name of others) {
    while (name.slice(0, length).toLowerCase() !== first.slice(0, length).toLowerCase()) length -= 1;
  }
  return first.slice(0, length);
}
