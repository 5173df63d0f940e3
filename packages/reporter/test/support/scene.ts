import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startCollector, temporaryDirectory, type TestCollector } from '@candor/testing';
import { createReporter, type Reporter, type ReporterEvent, type ReporterOptions } from '../../src/index.js';
import { sendRequest } from '../../src/transport/send-request.js';
import { reporterOptions, testTime, type TestTime } from './harness.js';

/** One installation: what it talks to, and the reporters of its processes. */
export interface Scene {
  readonly collector: TestCollector;
  readonly directory: string;
  readonly time: TestTime;
  readonly events: ReporterEvent[];
  /** Another process of the same installation, or the same after a restart. */
  open(more?: Partial<ReporterOptions>): Reporter;
}

/** A collector, a state directory and a clock that stands still; jitter is in the middle. */
export async function scene(shared: Partial<ReporterOptions> = {}): Promise<Scene> {
  const collector = await startCollector();
  const directory = join(await temporaryDirectory(), 'usage');
  const time = testTime(Date.UTC(2026, 10, 24, 12));
  const events: ReporterEvent[] = [];
  const common = {
    clock: time.clock,
    timers: time.timers,
    random: () => 0.5,
    transport: sendRequest,
    ...shared,
  };
  return {
    collector,
    directory,
    time,
    events,
    open(more): Reporter {
      const reporter = createReporter(reporterOptions(collector.url, directory, { ...common, ...more }));
      reporter.subscribe((event) => events.push(event));
      onTestFinished(() => reporter.stop());
      return reporter;
    },
  };
}

/** The types of events, in order. */
export function typesOf(events: readonly ReporterEvent[]): string[] {
  return events.map((event) => event.type);
}
