import { defineCommand } from './command.ts';
import { NO_DIGESTS } from './output/describe.ts';
import { notice, privateReply, publicReply } from './output/reply.ts';

export const unsubscribe = defineCommand({
  name: 'unsubscribe',
  summary: 'Stop the digests in this channel',
  manages: true,
  args: [],
  example: 'unsubscribe',
  async run(_args, { call, services }) {
    const stopped = await services.unsubscribe(call.channel);
    return stopped ? publicReply(notice(STOPPED)) : privateReply(notice(NO_DIGESTS));
  },
});

const STOPPED =
  'No more digests come here, and their settings are forgotten. /papers subscribe sets them up anew.';
