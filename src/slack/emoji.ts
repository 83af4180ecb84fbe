/** Slack's names for emoji: those that the core knows, and what people use most on messages. */
const EMOJI: Readonly<Record<string, string>> = {
  bookmark: '🔖',
  '+1': '👍',
  thumbsup: '👍',
  '-1': '👎',
  thumbsdown: '👎',
  heart: '❤',
  eyes: '👀',
  tada: '🎉',
  rocket: '🚀',
  fire: '🔥',
};

/** The emoji by Slack's name, skin tone left out: `+1::skin-tone-4` is 👍. Undefined if unknown. */
export function toEmoji(name: string): string | undefined {
  const bare = name.replace(/::skin-tone-[2-6]$/, '');
  return Object.hasOwn(EMOJI, bare) ? EMOJI[bare] : undefined;
}
