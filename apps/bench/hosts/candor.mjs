export async function start({ endpoint, configuration, schema, due }) {
  const { createUsageReporting } = await import('candor');
  const usage = createUsageReporting({
    product: 'bench',
    version: '1.0.0',
    schema,
    config: () => configuration,
    endpoint: `${endpoint}/v1/reports`,
    consent: 'on',
    env: {},
    state: `${process.cwd()}/state-${process.pid}`,
    schedule: { first: due, jitter: 0 },
  });
  const sent = new Promise((resolve, reject) => {
    usage.subscribe((event) => {
      if (event.type === 'sent') resolve(event);
      if (event.type === 'warning' || event.type === 'retrying') reject(new Error(JSON.stringify(event)));
    });
  });
  await usage.start();
  return { report: () => sent, stop: () => usage.stop() };
}
