import { describe, expect, it, onTestFinished } from 'vitest';
import { createReporter } from '../src/index.js';
import { nextEvent, reporterOptions, startCollector, temporaryDirectory } from './support/harness.js';

const soon = { first: 5, interval: 3_600_000 };

describe('a reporter', () => {
  it('sends the report that it previewed, once', async () => {
    const collector = await startCollector();
    const reporter = createReporter(
      reporterOptions(collector.url, await temporaryDirectory(), { schedule: soon }),
    );
    onTestFinished(() => reporter.stop());
    const preview = JSON.parse(new TextDecoder().decode(await reporter.preview())) as unknown;
    const sent = nextEvent(reporter, 'sent');
    await reporter.start();
    await sent;
    expect(collector.received.map(({ report }) => report)).toEqual([preview]);
    const status = await reporter.status();
    expect(status).toMatchObject({ mode: 'on', decidedBy: 'configuration', pending: false, requests: 1 });
    expect((await reporter.log()).map(({ event }) => event)).toEqual(['sending', 'accepted']);
  });
});
