/** Collects whatever goes wrong behind a page: a test fails by it unless it claimed what it causes. */
import type { Page, Request } from 'playwright-core';

export interface Problems {
  /** The test causes a problem that matches, and must: one that never comes fails it as well. */
  expectError(pattern: RegExp): void;
  /** What no claim matches, and claims that nothing matched. */
  unclaimed(): string[];
}

/** Console warnings and errors (broken policies are among them), uncaught errors, failed requests and bad answers. */
export function collectProblems(page: Page): Problems {
  const found: string[] = [];
  const claims: RegExp[] = [];
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    found.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => found.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 400) found.push(`answer ${String(response.status())}: ${response.url()}`);
  });
  page.on('requestfailed', (request) => {
    if (!isLetGo(request)) found.push(`failed: ${request.url()} (${request.failure()?.errorText ?? 'unknown'})`);
  });
  return {
    expectError: (pattern) => claims.push(pattern),
    unclaimed: () => [
      ...found.filter((problem) => !claims.some((claim) => claim.test(problem))),
      ...claims
        .filter((claim) => !found.some((problem) => claim.test(problem)))
        .map((claim) => `nothing that matches ${String(claim)}`),
    ],
  };
}

/** Whoever seeks in a video lets go of what was being loaded. */
const isLetGo = (request: Request) =>
  request.failure()?.errorText === 'net::ERR_ABORTED' && new URL(request.url()).pathname.startsWith('/media/');
