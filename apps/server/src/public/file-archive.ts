import { randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PublicArchive, PublicWeek } from '@candor/dashboard';

/** Creates an archive of published weeks in `folder/PRODUCT/YYYY-MM-DD.json`; each file is written once. */
export function createFileArchive(folder: string): PublicArchive {
  return {
    async read(product) {
      const weeks = new Map<string, PublicWeek | null>();
      const names = await readdir(join(folder, product)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return [];
        throw error;
      });
      for (const name of names.filter((one) => /^\d{4}-\d{2}-\d{2}\.json$/.test(one)).toSorted()) {
        const text = await readFile(join(folder, product, name), 'utf8');
        weeks.set(name.slice(0, 10), JSON.parse(text) as PublicWeek | null);
      }
      return weeks;
    },
    async write(product, firstDay, week) {
      await mkdir(join(folder, product), { recursive: true, mode: 0o700 });
      const path = join(folder, product, `${firstDay}.json`);
      const temporary = `${path}.${randomUUID()}`;
      try {
        // Written under another name, since a crash would leave half a file, which could never be read.
        await writeFile(temporary, `${JSON.stringify(week)}\n`, { flag: 'wx', flush: true });
        // Linked exclusively, since drawing the noise twice would reveal the number.
        await link(temporary, path);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      } finally {
        await rm(temporary, { force: true });
      }
    },
  };
}
