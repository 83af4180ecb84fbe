import type { ArgValues, CallProblem, CommandCall } from '../../command-call.ts';
import { UserError } from '../../errors.ts';
import type { Command, CommandArg } from '../command.ts';
import { checkArg } from './check.ts';
import { mayManage } from './rights.ts';

/** Tells what is wrong with a call whose arguments are given one by one; never throws for it. */
export type Check = (call: CommandCall) => readonly CallProblem[];

/** Checks calls of these commands. A line of text is not read: its command answers for it. */
export function createChecker(commands: readonly Command[]): Check {
  return (call) => {
    const command = commands.find(({ name }) => name === call.name);
    if (command === undefined || !('args' in call.input)) return [];
    const { args: values } = call.input;
    const refused =
      command.manages === true
        ? problem(() => {
            mayManage(call, call.name);
          })
        : [];
    return [...refused, ...command.args.flatMap((arg) => problemsOf(command, arg, values))];
  };
}

function problemsOf(command: Command, arg: CommandArg, values: ArgValues): CallProblem[] {
  return problem(() => {
    const value = checkArg(command, arg, values);
    if (value !== undefined) arg.check?.(String(value));
  }, arg.name);
}

function problem(work: () => void, arg?: string): CallProblem[] {
  try {
    work();
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [{ message: error.message, ...(arg !== undefined && { arg }) }];
  }
}
