/** What components write to the console: every warning and error must be claimed by the test that causes it. */

let messages: string[] = [];
let claims: RegExp[] = [];

/** From here on warnings and errors are kept; those that nobody has claimed are printed as well. */
export function watchConsole(): void {
  for (const level of ['warn', 'error'] as const) {
    const print = console[level].bind(console);
    console[level] = (...values: unknown[]) => {
      const message = `${level}: ${values.map(String).join(' ')}`;
      messages.push(message);
      if (!claims.some((claim) => claim.test(message))) print(...values);
    };
  }
}

export function forgetConsole(): void {
  messages = [];
  claims = [];
}

/** The test causes warnings or errors that match, and must: one that nothing matched fails it as well. */
export function expectConsole(pattern: RegExp): void {
  claims.push(pattern);
}

/** What no claim matches, and claims that match nothing. */
export function unclaimedMessages(): string[] {
  return [
    ...messages.filter((message) => !claims.some((claim) => claim.test(message))),
    ...claims
      .filter((claim) => !messages.some((message) => claim.test(message)))
      .map((claim) => `nothing that matches ${String(claim)}`),
  ];
}
