import type { Json } from '@candor/schema';

/**
 * Writes and compiles a function that copies exactly this configuration, constants in place of what changed: the least
 * that any anonymizer could do. It reads no schema, checks no type and looks at no text.
 */
export function generateCopier(input: Json, output: Json): (input: Json) => Json {
  // What is compiled is written here, from names that the benchmark's own workload holds.
  return new Function('input', `return ${expression('input', input, output)};`) as (input: Json) => Json;
}

function expression(source: string, input: Json | undefined, output: Json): string {
  if (typeof output !== 'object' || output === null) {
    return output === input ? source : JSON.stringify(output);
  }
  if (Array.isArray(output)) {
    const items = output.map((item, at) => expression(`${source}[${at}]`, (input as Json[])[at], item));
    return `[${items.join()}]`;
  }
  const keys = Object.keys(input as object);
  const members = Object.entries(output).map(([key, member], at) => {
    // A member with another name than in the input stands where it stood there.
    const from = key in (input as object) ? key : keys[at]!;
    const below = (input as Record<string, Json>)[from];
    return `${JSON.stringify(key)}:${expression(`${source}[${JSON.stringify(from)}]`, below, member)}`;
  });
  return `{${members.join()}}`;
}
