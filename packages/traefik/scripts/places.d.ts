import type { JsonSchema } from '@candor/schema';

/** The paths of every `Definition.property` of a schema. */
export function placesOf(schema: JsonSchema): Map<string, string[][]>;
