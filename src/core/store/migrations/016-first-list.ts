/** The oldest list that a digest draws from: what came before a channel's first was never its own. */
export const firstList = `
  ALTER TABLE digests ADD COLUMN first_list TEXT;
  `;
