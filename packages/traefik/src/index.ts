export { traefikV2AsShipped } from './generated/traefik-v2-as-shipped.js';
export { traefikV3AsShipped } from './generated/traefik-v3-as-shipped.js';
