import { isAtOrBelow } from '@candor/storage';
import { storedId } from './append.js';
import type { Database } from './database.js';
import { isUnusedFact } from './expire.js';
import { locks } from './locks.js';

/** Deletes the rows of a report, and its contents if no other row refers to them. Reads the whole log. */
export async function forgetReport(database: Database, id: string): Promise<void> {
  const own = storedId(id);
  const isOpen = await database.all<{ content: number }>(
    'DELETE FROM log WHERE id = $1::uuid RETURNING content',
    own,
  );
  // After those of the log, since rows move here.
  const isClosed = await database.all<{ content: number }>(
    'SELECT contents[array_position(ids, $1::uuid)] AS content FROM closed_log WHERE $1::uuid = ANY(ids)',
    own,
  );
  const found = [...isOpen, ...isClosed];
  await database.run(
    `UPDATE closed_log SET (ids, hashes, versions, flags, contents) = (
       SELECT array_agg(id), array_agg(hash), array_agg(version), array_agg(flag), array_agg(content)
       FROM unnest(ids, hashes, versions, flags, contents) AS each (id, hash, version, flag, content) WHERE id <> $1::uuid
     ) WHERE $1::uuid = ANY(ids)`,
    own,
  );
  for (const content of new Set(found.map((row) => row.content))) {
    const isUsed = `SELECT 1 FROM log WHERE content = $1
      UNION ALL SELECT 1 FROM closed_log WHERE $1 = ANY(contents) LIMIT 1`;
    if ((await database.get(isUsed, content)) !== undefined) continue;
    await database.transaction(async (sql) => {
      // Checked again, now that nobody can start to use it.
      await locks.notAppending(sql);
      if ((await sql.get(isUsed, content)) !== undefined) return;
      await sql.run('DELETE FROM content WHERE id = $1', content);
      await sql.run('DELETE FROM content_fact WHERE content = $1', content);
      await sql.run('UPDATE epoch SET number = number + 1');
    });
  }
  if (found.length > 0) await database.run('VACUUM log, closed_log, content, content_fact');
}

/** Deletes the facts at or below a path from the contents and the roll-ups of a product. */
export async function forgetPath(database: Database, name: string, above: string): Promise<void> {
  const product = (await database.get<{ id: number }>('SELECT id FROM product WHERE name = $1', name))?.id;
  if (product === undefined) return;
  const all = await database.all<{ id: number; name: string }>('SELECT id, name FROM path');
  const paths = all.filter((path) => isAtOrBelow(path.name, above)).map(({ id }) => id);
  await database.transaction(async (sql) => {
    await locks.notAppending(sql);
    // With another digest, later reports with the same content are stored anew.
    await sql.run(
      `UPDATE content SET digest = sha256(convert_to(id || ' ' || random(), 'UTF8'))
       WHERE product = $1 AND id IN (
         SELECT content FROM content_fact JOIN fact ON fact.id = fact WHERE path = ANY($2::int[])
       )`,
      product,
      paths,
    );
    await sql.run(
      `DELETE FROM content_fact USING fact, content
       WHERE fact.id = content_fact.fact AND content.id = content_fact.content
         AND path = ANY($2::int[]) AND product = $1`,
      product,
      paths,
    );
    await sql.run('UPDATE epoch SET number = number + 1');
  });
  await database.transaction(async (sql) => {
    const facts = `(SELECT id FROM fact WHERE path = ANY($2::int[]) UNION ALL SELECT -path FROM unnest($2::int[]) AS path)`;
    const questions = 'SELECT id FROM question WHERE product = $1';
    await sql.run(`DELETE FROM fact_roll_up WHERE product = $1 AND fact IN ${facts}`, product, paths);
    await sql.run('DELETE FROM path_roll_up WHERE product = $1 AND path = ANY($2::int[])', product, paths);
    await sql.run(
      `DELETE FROM cross_roll_up WHERE question IN (${questions}) AND first IN ${facts}`,
      product,
      paths,
    );
    await sql.run(
      `DELETE FROM cross_roll_up
       WHERE question IN (${questions} AND second_path IS NOT NULL) AND second IN ${facts}`,
      product,
      paths,
    );
    await locks.notAppending(sql);
    await sql.run(`DELETE FROM fact WHERE path = ANY($1::int[]) AND ${isUnusedFact}`, paths);
    await sql.run('UPDATE epoch SET number = number + 1');
  });
  await database.run('VACUUM content, content_fact, fact, fact_roll_up, path_roll_up, cross_roll_up');
}
