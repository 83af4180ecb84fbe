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
