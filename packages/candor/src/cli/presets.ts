import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SchemaPreset } from '@candor/config';

/** Packages that bring presets; each is optional. */
const packages = ['@candor/traefik'];

/** Where to get presets, for messages. */
export const presetHint = 'npm install @candor/traefik brings traefik-v2 and traefik-v3';

/** Returns the presets of the packages that are installed beside this one or in the working directory. */
export async function installedPresets(): Promise<readonly SchemaPreset[]> {
  const found = await Promise.all(packages.map(presetsOf));
  return found.flat();
}

async function presetsOf(name: string): Promise<readonly SchemaPreset[]> {
  const [near, own] = [join(process.cwd(), 'package.json'), import.meta.url].map((from) => find(name, from));
  const file = near ?? own;
  if (file === undefined) return [];
  // `require` finds the CommonJS form, which would load a second copy of the modules shared with this package.
  const specifier = file === own ? name : pathToFileURL(file).href;
  const module = (await import(specifier)) as { readonly presets?: readonly SchemaPreset[] };
  return module.presets ?? [];
}

function find(name: string, from: string): string | undefined {
  try {
    return createRequire(from).resolve(name);
  } catch {
    // The package is not installed there.
    return undefined;
  }
}
