import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const DIST = new URL('../../dist/', import.meta.url);

/**
 * Runs before the program: shifts its wall clock, and loads its code ahead, so that one process can
 * get ready while another is being killed. What the program does of its own accord begins with the
 * first message. Threads of the program run it as well, and need no leave. What its libraries do
 * every hour, such as clearing their caches, they do every 2.5 s: in a long run a day takes a minute.
 */
const DOOR = `data:text/javascript,${encodeURIComponent(`
  import timers from 'node:timers';
  const every = timers.setInterval;
  timers.setInterval = globalThis.setInterval = (work, ms, ...rest) =>
    every(work, ms < 3_600_000 ? ms : ms / 1_440, ...rest);
  const Real = Date;
  let ahead = 0;
  globalThis.Date = new Proxy(Real, {
    construct: (target, args, type) =>
      Reflect.construct(target, args.length > 0 ? args : [Real.now() + ahead], type),
    get: (target, key) => (key === 'now' ? () => Real.now() + ahead : Reflect.get(target, key)),
  });
  const { isMainThread } = await import('node:worker_threads');
  if (isMainThread) {
    for (const part of ['cli/start', 'cli/serve', 'discord/index', 'slack/index']) {
      await import(${JSON.stringify(DIST.href)} + part + '.js');
    }
    process.on('disconnect', () => process.exit());
    await new Promise((resolve) =>
      process.on('message', (ms) => {
        if (ms === 'collect') return gc();
        ahead = ms;
        resolve();
      }),
    );
    process.channel.unref();
  }
`)}`;

/** One process of the built program, from its start to its end. */
export interface Bot {
  readonly pid: number;
  /** Lets the program begin, its clock ahead by this many milliseconds. */
  go(aheadMs: number): void;
  /** Moves its clock while it runs. */
  setClock(aheadMs: number): void;
  /** Has it collect what nothing holds any more. */
  collect(): void;
  /** What it wrote to stderr. */
  readonly said: () => string;
  /** Its exit status, or the signal that ended it; undefined while it lives. */
  readonly ended: () => number | string | undefined;
  /** Sends the signal, and resolves once the process is gone. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

/** Starts the process of `paperboy start`; it waits for `go`. */
export function startBot(env: Readonly<Record<string, string>>): Bot {
  const child = fork(new URL('main.js', DIST), ['start'], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    execArgv: ['--expose-gc', '--import', DOOR],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // In a group of its own, which Ctrl-C does not reach.
    detached: true,
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const closed = once(child, 'close');
  const tell = (message: number | 'collect') => {
    if (child.connected) child.send(message, () => undefined);
  };
  return {
    pid: child.pid ?? 0,
    go: tell,
    setClock: tell,
    collect: () => {
      tell('collect');
    },
    said: () => said,
    ended: () => endOf(child),
    async end(signal) {
      child.kill(signal);
      await closed;
    },
  };
}

function endOf({ exitCode, signalCode }: ChildProcess): number | string | undefined {
  return exitCode ?? signalCode ?? undefined;
}
