// The data of ci-info, not its code: the code reads `process.env` when it is loaded.
import vendors from 'ci-info/vendors.json' with { type: 'json' };

type Environment = Readonly<Record<string, string | undefined>>;
type Sign = string | Readonly<Record<string, unknown>>;

/** Whether these environment variables are those of a continuous integration job; `CI=false` says no. */
export function isContinuousIntegration(env: Environment): boolean {
  if (env['CI'] === 'false') return false;
  if (isSet(env, 'CI') || isSet(env, 'CONTINUOUS_INTEGRATION')) return true;
  const signs: readonly (Sign | readonly Sign[])[] = vendors.map((vendor) => vendor.env);
  return signs.some((sign) => (Array.isArray(sign) ? sign.every(holds) : holds(sign as Sign)));

  function holds(sign: Sign): boolean {
    if (typeof sign === 'string') return isSet(env, sign);
    const { env: name, includes, any } = sign;
    if (Array.isArray(any)) return any.some((name) => isSet(env, String(name)));
    if (typeof name === 'string') return env[name]?.includes(String(includes)) === true;
    return Object.entries(sign).every(([name, value]) => env[name] === value);
  }
}

function isSet(env: Environment, name: string): boolean {
  return env[name] !== undefined && env[name] !== '';
}
