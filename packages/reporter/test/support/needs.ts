import { appendFileSync } from 'node:fs';

/** Returns true if tests can run here; where they cannot, the run's last lines name `what` is missing. */
export function canTest(isThere: boolean, what: string): boolean {
  const record = process.env.CANDOR_NOT_RUN;
  if (!isThere && record !== undefined) appendFileSync(record, `${what}\n`);
  return isThere;
}
