import { defineCommand } from './command.ts';
import { paperArg, readPaperId } from './input/find-paper.ts';
import { notice, privateReply } from './output/reply.ts';

export const unsave = defineCommand({
  name: 'unsave',
  summary: 'No longer keep a paper',
  private: true,
  keeps: true,
  args: [paperArg],
  example: 'unsave 2405.14906',
  async run({ paper }, { call, services }) {
    const id = readPaperId(paper);
    const wasSaved = await services.unsave(call.reader, id);
    return privateReply(
      wasSaved
        ? notice(`Removed ${id} from your saved papers.`)
        : notice(`You had not saved ${id}. /papers saved lists what you keep.`),
    );
  },
});
