/** Whether `parse` takes a text. */
export function fitting(parse: (text: string) => unknown): (text: string) => boolean {
  return (text) => {
    try {
      parse(text);
      return true;
    } catch {
      return false; // The question is only whether it parses.
    }
  };
}

/** How an argument is read: by a parser that throws `UserError` for what can't be meant. */
export function readBy(parse: (text: string) => unknown) {
  return { fits: fitting(parse), check: parse };
}
