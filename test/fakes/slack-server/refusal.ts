/** Slack answers `ok: false` with this error name. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly error: string,
    readonly details: readonly string[] = [],
    /** What stands beside the name, such as the scope that a call needed. */
    readonly beside: Readonly<Record<string, string>> = {},
  ) {
    super(error);
  }
}
