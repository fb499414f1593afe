/** A policy with its version as a person knows it: a trained version by its name, any other by its number. */

/** `version` is `policy/version`; `versionOf` finds a trained or shipped one by its id. */
export function versionLabel(
  version: string,
  versionOf: (id: string) => { readonly name: string } | undefined,
): string {
  const slash = version.indexOf('/');
  const [policy, number] = [version.slice(0, slash), version.slice(slash + 1)];
  const name = versionOf(number)?.name;
  return `${policy} · ${name ?? (number.length > 12 ? number.slice(0, 8) : number)}`;
}
