import { createAnonymizer } from '@candor/anonymizer';
import { load, render } from '@candor/config';
import { traefikRules, traefikV2 } from '@candor/traefik';

/** Returns the anonymized configuration of a file, in the file's own format. */
export function anonymizedText(file: string): string {
  const loaded = load({ schema: traefikV2, ...traefikRules, file });
  return render(loaded, createAnonymizer(traefikV2).explain(loaded.written));
}
