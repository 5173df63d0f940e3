import { createAnonymizer } from '@candor/anonymizer';
import { load, render } from '@candor/config';
import type { LoadOptions } from '@candor/config';
import { publishedExample } from '@candor/testing';
import { describe, expect, it } from 'vitest';
import { traefikRules, traefikV2 } from '../src/index.js';

const { toml, anonymizedToml, yaml, flags } = publishedExample;
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
    expect(shown({ text: { format: 'toml', text: toml } })).toBe(anonymizedToml);
  });

  it('comes out of YAML in the layout of the YAML', () => {
    const output = shown({ text: { format: 'yaml', text: yaml } });
    expect(dataOf('yaml', output)).toEqual(dataOf('toml', anonymizedToml));
    expect(output).toBe(
      yaml
        .replace('# Kept by the platform team\n', '')
        .replace('tcp://10.10.10.10:2375', 'xxxx')
        .replaceAll(/docker(CA|Cert|Key)/g, 'xxxx')
        .replace('SkipVerify: true', 'SkipVerify: false'),
    );
  });

  it('comes out of flags as the same data', () => {
    expect(dataOf('toml', shown({ argv: flags }))).toEqual(dataOf('toml', anonymizedToml));
  });
});
