import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** No sandbox, since tests may run as root; no traffic of the browser's own. */
const args = [
  '--no-sandbox',
  '--no-zygote',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
];

/** Starts a headless Chromium: the one that `CANDOR_CHROMIUM` names, Debian's, else the one from npm. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), args });
}

async function findChromium(): Promise<string> {
  const named = process.env.CANDOR_CHROMIUM;
  if (named !== undefined) return named;
  if (existsSync('/usr/bin/chromium')) return '/usr/bin/chromium';
  // The package unpacks the libraries that a bare machine lacks only where it believes to be on this platform.
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs20.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}
