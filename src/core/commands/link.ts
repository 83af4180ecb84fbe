import { UserError } from '../errors.ts';
import { CODE_MINUTES, type Joining } from '../library.ts';
import { code, paragraph, type Message } from '../message.ts';
import type { ReaderRef } from '../platform.ts';
import { defineCommand, type CommandContext } from './command.ts';
import { said } from './input/words.ts';
import { companions } from './output/companions.ts';
import { counted, notice, privateReply } from './output/reply.ts';

/** In place of a code: ends what codes began. */
const OFF = 'off';

const NEW_CODE = 'Write /papers link, as your other account, to get a new one.';

export const link = defineCommand({
  name: 'link',
  summary: 'Join what you saved here and as your other accounts, on any platform',
  private: true,
  args: [
    {
      name: 'code',
      summary: 'what /papers link gave your other account, or off to part again',
      kind: 'text',
      required: false,
      rest: true,
    },
  ],
  example: 'link ABCD-EFGH',
  async run({ code: written }, context) {
    if (written === undefined) return privateReply(await invitation(context));
    if (written.trim().toLowerCase() === OFF) return privateReply(await part(context));
    return privateReply(await join(written, context));
  },
});

async function invitation(context: CommandContext): Promise<Message> {
  const { call, services } = context;
  const invited = await services.libraries.invite(call.reader);
  const others = await services.libraries.others(call.reader);
  const line = `/papers link ${invited}`;
  return {
    summary: `Write ${line} as your other account, within ${CODE_MINUTES} minutes`,
    blocks: [
      paragraph('Write this as your other account, on another platform, or in another workspace:'),
      paragraph(code(line)),
      paragraph(
        `It works once, within ${CODE_MINUTES} minutes, and joins what you saved there and here ` +
          'into one library. Whoever writes it sees what you keep, so show it to nobody.',
      ),
      ...(others.length === 0 ? [] : [paragraph(`${joinedWith(others, context)} ${PARTING}`)]),
    ],
  };
}

async function join(written: string, context: CommandContext): Promise<Message> {
  const { call, services } = context;
  const joining = await services.libraries.join(call.reader, written);
  const { outcome } = joining;
  if (outcome !== 'joined' && outcome !== 'joined-before') {
    throw new UserError(refusal(joining, written, context.now));
  }
  const papers = await services.bookmarks(call.reader);
  const others = await services.libraries.others(call.reader);
  return notice(
    `${outcome === 'joined' ? 'Done' : 'They were joined before'}: ` +
      `your library now holds ${counted(papers.length, 'paper')}.`,
    `${joinedWith(others, context)} What you save or remove in one, you save or remove in all. ${PARTING}`,
  );
}

async function part({ call, services }: CommandContext): Promise<Message> {
  if (!(await services.libraries.part(call.reader))) {
    return notice('Your library here is joined with no other. /papers link joins it.');
  }
  const papers = await services.bookmarks(call.reader);
  return notice(
    `Parted: here you keep the ${counted(papers.length, 'paper')} that you saved here, ` +
      'and your other accounts keep what you saved there.',
  );
}

const PARTING =
  '/papers link off parts this account again: it keeps what you saved with it, and the others keep theirs.';

function joinedWith(others: readonly ReaderRef[], { services }: CommandContext): string {
  return `Your library here is joined with ${companions(others, services)}.`;
}

function refusal(joining: Joining, written: string, now: Date): string {
  switch (joining.outcome) {
    case 'own':
      return 'This code is your own. Write it as your other account, on another platform or in another workspace.';
    case 'old':
      return `This code is old: each is good for ${CODE_MINUTES} minutes, and only until the next. ${NEW_CODE}`;
    case 'used':
      return `This code was used already, and each works once. ${NEW_CODE}`;
    case 'too-many': {
      const minutes = Math.ceil((joining.until.getTime() - now.getTime()) / 60_000);
      return `Those were too many wrong codes. Try again in ${counted(minutes, 'minute')}.`;
    }
    case 'malformed':
      return `${said(written)} is no code. Codes look like ABCD-EFGH. ${NEW_CODE}`;
    default:
      return `There is no code ${said(written)}. Look whether each character is right. ${NEW_CODE}`;
  }
}
