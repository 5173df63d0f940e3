// instrumentation.ts of a Next.js application: begins reporting once in each server process.
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { usage } = await import('../usage.js');
  await usage.start();
}
