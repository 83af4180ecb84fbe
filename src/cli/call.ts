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
  /** One sentence. */
  readonly summary: string;
  /** What may follow the name, as it is written and what it means: `--port N`, `<query>`. */
  readonly options: readonly (readonly [form: string, meaning: string])[];
  /** Resolves when the work is done. Rejects with `UsageError` for exit status 2. */
  run(argv: readonly string[], terminal: Terminal): Promise<void>;
}

/** The call was written wrongly; the message says how to write it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
