/** The test projects: unit and property tests beside the code, and what runs the real parts together. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', environment: 'node', include: ['src-main/**/*.test.ts'], testTimeout: 20_000 } },
      {
        test: {
          name: 'integration',
          environment: 'node',
          include: ['test/{architecture,conformance,integration}/**/*.test.ts'],
          pool: 'forks',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
