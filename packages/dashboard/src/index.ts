export { createDashboard } from './create-dashboard.js';
export type { DashboardOptions } from './create-dashboard.js';
export { DashboardError } from './dashboard-error.js';
export type { DashboardErrorCode } from './dashboard-error.js';
export type { Highlight } from './highlight.js';
export type { Query } from './numbers/read-numbers.js';
