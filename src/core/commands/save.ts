import { defineCommand } from './command.ts';
import { findPaper, paperArg } from './input/find-paper.ts';
import { notice, privateReply } from './output/reply.ts';

export const save = defineCommand({
  name: 'save',
  summary: 'Keep a paper for yourself',
  args: [paperArg],
  example: 'save 2405.14906',
  async run({ paper: wanted }, { call, services }) {
    const paper = await findPaper(services, wanted);
    const isNew = await services.save(call.reader, paper.id);
    return privateReply(
      isNew
        ? notice(`Saved “${paper.title}”. /papers saved lists what you keep; only you see it.`)
        : notice(`You had already saved “${paper.title}”.`),
    );
  },
});
