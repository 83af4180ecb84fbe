import type { Paper } from '../paper.ts';
import { defineCommand } from './command.ts';
import { findPapers, paperArg } from './input/find-paper.ts';
import { counted, notice, privateReply } from './output/reply.ts';

export const save = defineCommand({
  name: 'save',
  summary: 'Keep a paper for yourself',
  private: true,
  keeps: true,
  menu: 'Save paper',
  args: [paperArg],
  example: 'save 2405.14906',
  async run({ paper: wanted }, { call, services }) {
    const papers = await findPapers(services, wanted);
    const saved: Paper[] = [];
    for (const paper of papers) {
      if (await services.save(call.reader, paper.id)) saved.push(paper);
    }
    return privateReply(notice(answer(papers, saved)));
  },
});

function answer(papers: readonly Paper[], saved: readonly Paper[]): string {
  const [only] = papers;
  const title = papers.length === 1 && only !== undefined ? `“${only.title}”` : undefined;
  if (saved.length === 0)
    return `You had already saved ${title ?? counted(papers.length, 'paper')}.`;
  const what = title ?? counted(saved.length, 'paper');
  return `Saved ${what}. /papers saved lists what you keep; only you see it.`;
}
