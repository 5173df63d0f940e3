import { usage } from '../../../lib/usage.js';
export const dynamic = 'force-dynamic';
export function GET(request) {
  return usage.fetch(request);
}
export function POST(request) {
  return usage.fetch(request);
}
