import { defineConfig } from '@playwright/test';
import { QUIET, browserProgram } from './browser.ts';

const launchOptions = { executablePath: browserProgram(), args: QUIET };

export default defineConfig({
  // A story that passes at the second attempt has not passed.
  retries: 0,
  forbidOnly: true,
  workers: 1,
  // A busy machine starts a browser slowly.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  outputDir: 'test-results',
  projects: [
    {
      name: 'stories',
      testDir: 'stories',
      use: {
        viewport: { width: 1440, height: 900 },
        launchOptions,
        timezoneId: 'UTC',
        locale: 'en-US',
        trace: 'retain-on-failure',
        screenshot: 'only-on-failure',
        // A service worker would answer in the server's place, unseen by `page.route`; the stories about it allow it.
        serviceWorkers: 'block',
      },
    },
    // It starts and kills browsers of its own, and says how long each round may take.
    { name: 'kill', testDir: 'kill' },
  ],
});
