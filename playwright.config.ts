import { defineConfig } from '@playwright/test'

const PORT = Number(process.env['PORT'] ?? 4183)

// The built page, served as static files, in one Chromium. `npm test` sets CHROMIUM_PATH.
export default defineConfig({
  testDir: 'tests/browser',
  timeout: 90_000,
  expect: { timeout: 20_000 },
  workers: 1,
  // A test that passes only at the second try has failed.
  retries: 0,
  reporter: 'list',
  use: {
    // Keeping files for use offline is work beside the page and would cost every test its time.
    serviceWorkers: 'block',
    baseURL: `http://localhost:${PORT}/`,
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      ...(process.env['CHROMIUM_PATH'] ? { executablePath: process.env['CHROMIUM_PATH'] } : {}),
      args: [
        '--disable-gpu',
        '--disable-background-networking',
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    },
  },
  webServer: {
    command: `npx vite preview --port ${PORT} --strictPort`,
    url: `http://localhost:${PORT}/`,
    reuseExistingServer: false,
  },
})
