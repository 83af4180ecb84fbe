/**
 * What the bot may do in a workspace: the scopes of config/slack-manifest.yaml, which says what each
 * is for, with what is missing without it.
 */
export const SCOPES: Readonly<Record<string, string>> = {
  commands: '/papers is not offered',
  'chat:write': 'nothing can be posted',
  'reactions:read': 'nobody can bookmark by a reaction',
  'channels:read': 'only workspace admins may manage a public channel’s digest',
  'groups:read': 'only workspace admins may manage a private channel’s digest',
  'users:read': 'people’s time zones and workspace admins are unknown',
  'im:write': 'nobody is answered where Paperboy is no member',
  'links:read': 'links to papers that people paste are not seen',
  'links:write': 'links to papers that people paste stay without a card',
  'channels:history': 'a page that may stand in a public channel already waits for a person',
  'groups:history': 'a page that may stand in a private channel already waits for a person',
  'im:history': 'a page that may stand in a direct message already waits for a person',
};
