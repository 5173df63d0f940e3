// app/admin/usage/route.ts of a Next.js application. Ask who it is first: the page shows and changes what is reported.
import { usage } from '../usage.js';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return usage.fetch(request);
}

export function POST(request: Request): Promise<Response> {
  return usage.fetch(request);
}
