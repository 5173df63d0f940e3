// A test of a CommonJS host, run by jest.
const { createUsageReporting } = require('candor');

test('a report is made', async () => {
  const usage = createUsageReporting({
    product: 'notes',
    version: '1.4.0',
    schema: { type: 'object', export: true, properties: { note: { type: 'string', export: 'text' } } },
    config: () => ({ note: 'see db.example.com' }),
    endpoint: 'https://usage.example.org/v1/reports',
    consent: 'local',
    state: { read: async () => undefined, compareAndSet: async () => false },
    env: {},
  });
  expect(JSON.parse(Buffer.from(await usage.preview()).toString()).configuration).toEqual({
    note: 'see xxxx',
  });
  expect((await usage.command(['status'])).code).toBe(0);
});
