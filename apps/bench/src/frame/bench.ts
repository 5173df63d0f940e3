/** One line of a result's table: its label, and a text for each column. */
export interface Row {
  readonly label: string;
  readonly cells: readonly string[];
}

/** What one part of Candor was measured at, in one run. */
export interface Result {
  /** Heads of the columns beside the label's. */
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** What the table leaves out: aims, and what was seen to hold. Markdown. */
  readonly remarks: readonly string[];
  /** Names and versions of what Candor was measured beside. */
  readonly versions: Readonly<Record<string, string>>;
  /** Every single value, in the order taken. */
  readonly raw: unknown;
}

/** What a benchmark may know of its run. */
export interface RunContext {
  /** How often each variant is measured, in a process of its own each time. */
  readonly rounds: number;
  /** How many installations are simulated. */
  readonly installations: number;
  /** Says how far the run is, on standard error. */
  readonly progress: (text: string) => void;
}

/** One benchmark: `npm run bench -- <name>`. */
export interface Bench {
  readonly name: string;
  readonly title: string;
  /** The page that has the table, from the root of the repository; the README beside the sources where it is left out. */
  readonly page?: string;
  run(context: RunContext): Promise<Result>;
}
