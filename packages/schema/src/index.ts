export type { Json, JsonSchema, Kind, Place, Tag, Transform } from './place.js';
