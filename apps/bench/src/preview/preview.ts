import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packPackages } from '@candor/testing';
import type { Bench } from '../frame/bench.js';
import { ownManifest } from '../frame/own-manifest.js';
import { median, short } from '../frame/statistics.js';

const run = promisify(execFile);
const sizes = [10, 5_000, 10_000, 20_000];

/** Files with one entry point more for each number below `count`. */
const files: Readonly<Record<string, (count: number) => string>> = {
  toml: (count) => numbers(count, (at) => `[entryPoints.name${at}]\naddress = ":${at + 1}"\n`),
  yaml: (count) => `entryPoints:\n${numbers(count, (at) => `  name${at}:\n    address: ":${at + 1}"\n`)}`,
};

interface Usage {
  readonly seconds: number;
  readonly megabytes: number;
}

/** What the command line pays for showing a file of very many entry points. */
export const previewBench: Bench = {
  name: 'preview',
  title: 'Previewing very many entry points',
  async run({ rounds, progress }) {
    progress('preview: packing and installing');
    const folder = await mkdtemp(join(tmpdir(), 'candor-bench-'));
    const raw: Record<string, Usage[]> = {};
    try {
      const cli = await install(folder);
      progress('preview: a process for each file in each round');
      for (let round = 0; round < rounds; round += 1) {
        for (const [format, write] of Object.entries(files)) {
          for (const count of sizes) {
            const path = join(folder, `traefik.${format}`);
            await writeFile(path, write(count));
            (raw[`${format.toUpperCase()}, ${count} entry points`] ??= []).push(
              await measure(cli, path, count),
            );
          }
        }
      }
    } finally {
      await rm(folder, { recursive: true });
    }
    return {
      columns: ['processor seconds (median)', 'least', 'MB at most (median)'],
      rows: Object.entries(raw).map(([label, usages]) => {
        const seconds = usages.map((usage) => usage.seconds);
        const megabytes = median(usages.map((usage) => usage.megabytes));
        return { label, cells: [short(median(seconds)), short(Math.min(...seconds)), short(megabytes)] };
      }),
      remarks: [
        'Aim: linear, and 20,000 in under 2 s. The time is that of a whole process, all threads together, of the packages as published.',
      ],
      versions: {},
      raw,
    };
  },
};

/** Installs the command line as its users get it; resolves to its file. */
async function install(folder: string): Promise<string> {
  const tarballs = await packPackages(join(folder, 'tarballs'));
  const manifest = ownManifest(tarballs, ['candor', '@candor/traefik']);
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: folder });
  return join(folder, 'node_modules/candor/dist/bundle/cli/main.js');
}

function numbers(count: number, line: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => line(at)).join('');
}

// Runs in the process of the command line, and has its say last.
const report =
  'data:text/javascript,process.on("exit",()=>process.stderr.write(JSON.stringify(process.resourceUsage())))';

async function measure(cli: string, path: string, count: number): Promise<Usage> {
  const args = ['--import', report, cli, 'preview', '--schema', 'traefik-v2', path];
  const { stdout, stderr } = await run(process.execPath, args, { maxBuffer: 1 << 26 });
  if (!stdout.includes(`key${count}`) || stdout.includes('name0'))
    throw new Error(`${path} is not shown masked`);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(stderr) as NodeJS.ResourceUsage;
  return { seconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 };
}
