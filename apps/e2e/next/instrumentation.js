export async function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { usage } = await import('./lib/usage.js');
  await usage.start();
}
