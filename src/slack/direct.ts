/**
 * Whether a channel is the direct messages of the bot and a person: Slack's ids tell, and to ask
 * about one would take a scope (`im:read`) of its own.
 */
export function isDirect(channel: string): boolean {
  return channel.startsWith('D');
}
