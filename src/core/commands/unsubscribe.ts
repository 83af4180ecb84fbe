import { defineCommand } from './command.ts';
import { notice, privateReply, publicReply } from './output/reply.ts';

export const unsubscribe = defineCommand({
  name: 'unsubscribe',
  summary: 'Stop the digests in this channel',
  manages: true,
  args: [],
  example: 'unsubscribe',
  async run(_args, { call, services }) {
    const stopped = await services.unsubscribe(call.channel);
    return stopped
      ? publicReply(notice('No more digests in this channel. /papers subscribe starts them again.'))
      : privateReply(notice('This channel gets no digests. /papers subscribe starts them.'));
  },
});
