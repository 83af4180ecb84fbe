import { DeliveryError, messageOf } from '../core/index.ts';

/** Why the page can't be served, and what to do about it. */
export function toStartError(error: unknown, port: number): DeliveryError {
  const explained: Readonly<Record<string, string>> = {
    EADDRINUSE:
      `Port ${port} is already in use, perhaps by another Paperboy. ` +
      `Stop that program, or choose another port: paperboy preview --port ${port + 1}`,
    EACCES: `This user may not use port ${port}. Choose one above 1023: paperboy preview --port 7717`,
  };
  const message = explained[codeOf(error)] ?? `The preview can’t start: ${messageOf(error)}`;
  return new DeliveryError('unavailable', message, { cause: error });
}

/** A message that could not be kept was not posted either: the page shows only what is safe. */
export function toWriteError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  const message = `The preview can’t keep the message: ${messageOf(error)}`;
  return new DeliveryError('unavailable', message, { cause: error });
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? '';
}
