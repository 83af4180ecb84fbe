/** One part of a form: a field, or a file where it has a file's name. */
export interface Part {
  readonly name: string;
  readonly fileName: string | undefined;
  readonly bytes: Buffer;
}

/** The parts of a multipart/form-data body, in order (RFC 7578). */
export function partsOf(body: Buffer, contentType: string): Part[] {
  const boundary = /boundary="?([^";]+)/.exec(contentType)?.[1] ?? '';
  // Latin-1 keeps every byte as one character.
  const sections = body.toString('latin1').split(`--${boundary}`).slice(1, -1);
  return sections.map((section) => {
    const end = section.indexOf('\r\n\r\n');
    const head = Buffer.from(section.slice(0, end), 'latin1').toString();
    return {
      name: / name="([^"]*)"/.exec(head)?.[1] ?? '',
      fileName: / filename="([^"]*)"/.exec(head)?.[1],
      bytes: Buffer.from(section.slice(end + 4, -2), 'latin1'),
    };
  });
}
