/** What axe finds wrong with a piece of the window, told as a failure that names each finding and its elements. */
import axe from 'axe-core';
import { expect } from 'vitest';

/** Rules about whole pages do not hold for a component by itself. */
const rules = { region: { enabled: false }, 'page-has-heading-one': { enabled: false } };

export async function expectAccessible(element: Element): Promise<void> {
  const { violations } = await axe.run(element, { rules });
  const findings = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ html }) => `  ${html}`).join('\n')}`,
  );
  expect(findings).toEqual([]);
}
