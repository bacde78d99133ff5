// The whole portal in a real browser: `bin/portal demo` in a folder of its own, Debian's Chromium, one worker for each
// core of a small machine. With PICTURES=1, pictures of every page land in screenshots/ for our own eyes.
import { defineConfig } from '@playwright/test';

const port = process.env.E2E_PORT ?? '18480';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.mjs',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  retries: process.env.CI ? 1 : 0, // a machine under load is no fault of the page; what needed a second try is printed as flaky
  reporter: [['list']],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    locale: 'de-DE',
    timezoneId: 'Europe/Berlin',
    trace: 'on-first-retry', // recording every run would cost a quarter of the time
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
  webServer: {
    command: './serve.sh',
    url: `http://127.0.0.1:${port}/readyz`,
    env: { PORTAL_ADDR: `127.0.0.1:${port}` },
    timeout: 240_000,
    reuseExistingServer: !process.env.CI,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
  },
});
