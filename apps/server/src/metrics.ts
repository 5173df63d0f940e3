import type { Collector } from '@candor/collector';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';

/** Creates the registry of a process's metrics, for Prometheus. No label contains text that a sender chose. */
export function createMetrics(collector: Pick<Collector, 'stats' | 'refusals'>): Registry {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = (name: string, help: string, read: () => number): void => {
    const metric = new Counter({
      name,
      help,
      registers,
      collect() {
        metric.reset();
        metric.inc(read());
      },
    });
  };
  const stats = (): ReturnType<Collector['stats']> => collector.stats();
  counter('candor_reports_accepted_total', 'Reports that were accepted.', () => stats().accepted);
  counter('candor_values_removed_total', 'Values that a field list does not allow.', () => stats().removed);
  counter('candor_batches_total', 'Batches given to the store.', () => stats().queue.batches);
  counter('candor_batch_reports_total', 'Reports in batches that were written.', () => stats().queue.written);
  counter('candor_batch_failures_total', 'Batches that were not written.', () => stats().queue.failed);
  counter('candor_batch_seconds_total', 'Seconds that the store took.', () => stats().queue.seconds);
  const queue: Gauge = new Gauge({
    name: 'candor_queue_reports',
    help: 'Reports that wait for the store.',
    registers,
    collect(): void {
      queue.set(stats().queue.waiting);
    },
  });
  const problems = new Counter({
    name: 'candor_problems_total',
    help: 'Requests that ended in a problem, by its type.',
    labelNames: ['type'],
    registers,
    collect() {
      problems.reset();
      for (const [type, count] of Object.entries(stats().refused)) problems.inc({ type }, count);
    },
  });
  const refusals = new Counter({
    name: 'candor_refusals_total',
    help: 'Reports that were refused, and values that were removed, by reason and registered product.',
    labelNames: ['reason', 'product'],
    registers,
    collect() {
      refusals.reset();
      for (const { reason, product = '', count } of collector.refusals()) {
        refusals.inc({ reason, product }, count);
      }
    },
  });
  return registry;
}
