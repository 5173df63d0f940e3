import { createAnonymizer } from '@candor/anonymizer';
import { load, render } from '@candor/config';
import type { LoadOptions } from '@candor/config';
import { describe, expect, it } from 'vitest';
import { traefikRules, traefikV2 } from '../src/index.js';

const original = `[entryPoints]
  [entryPoints.web]
    address = ":80"

[api]

[providers.docker]
  endpoint = "tcp://10.10.10.10:2375"
  exposedByDefault = true
  swarmMode = true

  [providers.docker.TLS]
    ca = "dockerCA"
    cert = "dockerCert"
    key = "dockerKey"
    insecureSkipVerify = true
`;

const published = `[entryPoints]
  [entryPoints.web]
    address = ":80"

[api]

[providers.docker]
  endpoint = "xxxx"
  exposedByDefault = true
  swarmMode = true

  [providers.docker.TLS]
    ca = "xxxx"
    cert = "xxxx"
    key = "xxxx"
    insecureSkipVerify = false
`;

const yaml = `entryPoints:
  web:
    address: ":80"

api: {}

providers:
  docker:
    endpoint: "tcp://10.10.10.10:2375" # the manager
    exposedByDefault: true
    swarmMode: true

    TLS:
      ca: dockerCA
      cert: dockerCert
      key: dockerKey
      insecureSkipVerify: true
`;

const flags = [
  '--entryPoints.web.address=:80',
  '--api',
  '--providers.docker.endpoint=tcp://10.10.10.10:2375',
  '--providers.docker.exposedByDefault',
  '--providers.docker.swarmMode=true',
  '--providers.docker.TLS.ca=dockerCA',
  '--providers.docker.TLS.cert=dockerCert',
  '--providers.docker.TLS.key=dockerKey',
  '--providers.docker.TLS.insecureSkipVerify',
];

const anonymizer = createAnonymizer(traefikV2);

function shown(input: Partial<LoadOptions>): string {
  const loaded = load({ schema: traefikV2, ...traefikRules, ...input });
  return render(loaded, anonymizer.explain(loaded.written));
}

function dataOf(format: 'toml' | 'yaml', text: string): unknown {
  return load({ schema: traefikV2, ...traefikRules, text: { format, text } }).written;
}

describe('the example of the published page', () => {
  it('comes out of TOML as it was published, to the letter', () => {
    expect(shown({ text: { format: 'toml', text: original } })).toBe(published);
  });

  it('comes out of YAML in the layout of the YAML', () => {
    const output = shown({ text: { format: 'yaml', text: yaml } });
    expect(dataOf('yaml', output)).toEqual(dataOf('toml', published));
    expect(output).toBe(
      yaml
        .replace(' # the manager', '')
        .replace('tcp://10.10.10.10:2375', 'xxxx')
        .replaceAll(/docker(CA|Cert|Key)/g, 'xxxx')
        .replace('SkipVerify: true', 'SkipVerify: false'),
    );
  });

  it('comes out of flags as the same data', () => {
    expect(dataOf('toml', shown({ argv: flags }))).toEqual(dataOf('toml', published));
  });
});
