/** The languages that the browser asks pages for, the liked best first. */

/**
 * The tags of them that are BCP 47, each without what POSIX says behind `@` or `.`: where a Linux names no language, some
 * Chromiums say `en-US@posix`, which formatters of numbers and dates throw at.
 */
export const languageTags = (asked: readonly string[]): string[] =>
  asked.flatMap((each) => {
    const tag = each.replace(/[@.].*$/, '').replaceAll('_', '-');
    try {
      return Intl.getCanonicalLocales(tag);
    } catch {
      return [];
    }
  });

export const systemLanguages = (): string[] => languageTags(navigator.languages);
