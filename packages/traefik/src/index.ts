export { traefikV2 } from './generated/traefik-v2.js';
export { traefikV2AsShipped } from './generated/traefik-v2-as-shipped.js';
export { traefikV3 } from './generated/traefik-v3.js';
export { traefikV3AsShipped } from './generated/traefik-v3-as-shipped.js';
export { loadTraefikConfig, traefikRules } from './load.js';
export type { TraefikSource, TraefikVersion } from './load.js';
export { traefikFormat } from './traefik-format.js';
export { parseTraefikReport, type TraefikReport } from './traefik-report.js';
