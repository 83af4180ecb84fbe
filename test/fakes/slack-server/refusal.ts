/** Slack answers `ok: false` with this error name. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly error: string,
    readonly details: readonly string[] = [],
  ) {
    super(error);
  }
}
