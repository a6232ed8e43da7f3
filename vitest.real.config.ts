import { defineConfig } from 'vitest/config';

/** The suites against real servers, as scripts/test-real.mjs picks them. */
export default defineConfig({
  test: {
    include: ['test/**/*.real.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    globalSetup: ['test/support/global-setup.ts'],
    // One server for all: suites side by side would only wait for each other.
    fileParallelism: false,
  },
});
