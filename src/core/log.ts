/** Where the core says what happened: a fixed message plus fields, never a token or message body. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

function ignore(): void {
  // Nobody listens.
}

/** Takes every line and keeps none. */
export const silentLog: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
