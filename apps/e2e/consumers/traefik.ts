import assert from 'node:assert/strict';
import { loadTraefikConfig, traefikV3 } from '@candor/traefik';

const { written } = loadTraefikConfig('v2', {
  argv: ['--entryPoints.web.address=:80', '--providers.docker'],
});
assert.deepEqual(written, { entryPoints: { web: { address: ':80' } }, providers: { docker: {} } });
assert.equal(typeof traefikV3, 'object');
console.log('ok');
