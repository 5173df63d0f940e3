export async function start({ endpoint, configuration }) {
  const { Analytics } = await import('@segment/analytics-node');
  const client = new Analytics({
    writeKey: 'bench',
    host: endpoint,
    flushAt: 1000,
    flushInterval: 3_600_000,
  });
  return {
    async report() {
      client.track({ anonymousId: 'bench', event: 'usage', properties: configuration });
      await client.flush();
    },
    stop: () => client.closeAndFlush(),
  };
}
