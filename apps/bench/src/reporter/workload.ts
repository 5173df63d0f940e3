/** A configuration of 300 leaves in 30 sections, and its schema with every second field exported. */
export function workload(): { configuration: Record<string, unknown>; schema: Record<string, unknown> } {
  const configuration: Record<string, unknown> = {};
  const properties: Record<string, unknown> = {};
  for (let section = 0; section < 30; section += 1) {
    const values: Record<string, unknown> = {};
    const fields: Record<string, unknown> = {};
    for (let field = 0; field < 10; field += 1) {
      const name = `field${field}`;
      const exported = field % 2 === 0 ? { export: field % 3 === 0 ? true : 'text' } : {};
      if (field % 3 === 0) {
        values[name] = field % 2 === 0;
        fields[name] = { type: 'boolean', ...exported };
      } else {
        values[name] = `value ${section} of https://service-${field}.example.com:8443/path?token=abc${field}`;
        fields[name] = { type: 'string', ...exported };
      }
    }
    configuration[`section${section}`] = values;
    properties[`section${section}`] = { type: 'object', export: true, properties: fields };
  }
  return { configuration, schema: { type: 'object', export: true, properties } };
}
