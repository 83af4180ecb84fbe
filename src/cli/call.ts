/** What a call may use of the process. Tests hand in their own. */
export interface Terminal {
  readonly env: NodeJS.ProcessEnv;
  /** Results. */
  out(text: string): void;
  /** Progress and errors. */
  err(text: string): void;
  readonly color: boolean;
  /** Columns to wrap at. */
  readonly width: number;
}

/** One call of the command line: `paperboy <name> …`. */
export interface Call {
  /** What follows the name in the help: `[--port N]`. */
  readonly usage: string;
  readonly summary: string;
  /** Resolves when the work is done. Rejects with `UsageError` for exit status 2. */
  run(argv: readonly string[], terminal: Terminal): Promise<void>;
}

/** The call was written wrongly; the message says how to write it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
