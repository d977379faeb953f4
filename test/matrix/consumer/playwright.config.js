// biome-ignore lint/style/noDefaultExport: Playwright wants it so
export default {
  testMatch: '*.spec.js',
  reporter: 'line',
  workers: 1,
  use: { launchOptions: { executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-quic'] } },
};
